-- Events that revealed addresses: mail that says that data got out, that shows the address to its
-- other recipients, or that carries a list of people. What is kept of a body is a few facts; the
-- body itself never is.

CREATE TABLE wanted (                       -- messages of which a part is still to be read
    message_id INTEGER NOT NULL,
    what       INTEGER NOT NULL,            -- exposure::Wanted
    tried      INTEGER NOT NULL,            -- how often it was
    PRIMARY KEY (message_id, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE exposure (
    id          INTEGER PRIMARY KEY,
    message_id  INTEGER NOT NULL,
    way         INTEGER NOT NULL,           -- exposure::ExposureWay
    people      INTEGER,                    -- others who saw it, or who stand on the list; null: not known
    facts       TEXT NOT NULL,              -- what the notice says, or what the list holds, as JSON
    notified_at INTEGER,                    -- null: not yet
    UNIQUE (message_id, way)
) STRICT;

CREATE TABLE exposed (                      -- own addresses that the mail itself shows or carries
    exposure_id INTEGER NOT NULL,
    address_id  INTEGER NOT NULL,
    PRIMARY KEY (exposure_id, address_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE own_name (                     -- names under which the user writes, to find them in a list
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
