-- Which mail can be unsubscribed from, and what the user said about domains that write like a
-- service.

ALTER TABLE message ADD COLUMN subscribed INTEGER NOT NULL DEFAULT 0; -- 1: List-Unsubscribe

CREATE TABLE refused_domain (               -- not of this service, by the user's word
    service_id INTEGER NOT NULL,
    domain_id  INTEGER NOT NULL,            -- an organisational domain
    PRIMARY KEY (service_id, domain_id)
) STRICT, WITHOUT ROWID;
