-- Domains that the mail shows as services and of which the user said that they are none of theirs.

CREATE TABLE dismissed (
    domain_id INTEGER PRIMARY KEY           -- an organisational domain
) STRICT;
