-- What was imported from other programs, and which rows it made, so that an import can be undone.

CREATE TABLE import (
    id         INTEGER PRIMARY KEY,
    made_at    INTEGER NOT NULL,
    format     TEXT NOT NULL,               -- word of intake::Format
    sha256     TEXT NOT NULL,               -- of the file, hexadecimal
    added      INTEGER NOT NULL,            -- rows of the preview
    merged     INTEGER NOT NULL,
    left_alone INTEGER NOT NULL
) STRICT;

CREATE TABLE import_made (                  -- rows that an import made
    import_id INTEGER NOT NULL,
    what      INTEGER NOT NULL,             -- 1 service, 2 service_domain, 3 address, 4 disclosure
    first     INTEGER NOT NULL,             -- service.id, service_id, address.id, address_id
    second    INTEGER NOT NULL,             -- 0, domain_id, 0, service_id
    PRIMARY KEY (import_id, what, first, second)
) STRICT, WITHOUT ROWID;
