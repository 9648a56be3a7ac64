-- The first ledger. Facts only: what was seen, or what the user said. Instants are UTC seconds,
-- civil days are days since 1970-01-01 in the zone of `setting.zone`. Numbers of enums are those
-- of `exposure::vocab`.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,            -- zone, lang, hide_addresses, psl, campaign_rule, notified_on
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE domain (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,         -- lower case
    org  INTEGER NOT NULL              -- the domain row of its organisational domain (itself where equal)
) STRICT;

CREATE TABLE message (
    id              INTEGER PRIMARY KEY,
    identity        BLOB NOT NULL UNIQUE,   -- 16 bytes, exposure::mail
    arrived_at      INTEGER NOT NULL,       -- earliest ever seen; 0: no believable date, not counted by day
    size            INTEGER NOT NULL,       -- bytes
    from_domain     INTEGER NOT NULL,       -- domain.id, 0: none
    envelope_domain INTEGER NOT NULL,       -- domain.id, 0: none
    list            TEXT NOT NULL,          -- List-Id, empty: none
    relay           TEXT NOT NULL,          -- alias provider, empty: none
    auth            INTEGER NOT NULL,
    by_keyword      INTEGER NOT NULL,       -- 0 unjudged 1 wanted 2 junk; the verdict is the first
    by_folder       INTEGER NOT NULL,       -- that is not 0 of: correction, keyword, folder, header
    by_header       INTEGER NOT NULL,
    oddities        INTEGER NOT NULL,       -- bit set of exposure::mail::Oddity
    campaign        INTEGER NOT NULL        -- derived key, by setting.campaign_rule
) STRICT;

CREATE TABLE header (
    message_id INTEGER PRIMARY KEY,
    subject    TEXT NOT NULL,               -- at most 120 characters; empty when forgotten or between people
    from_local TEXT NOT NULL,
    from_name  TEXT NOT NULL,
    to_name    TEXT NOT NULL
) STRICT;

CREATE TABLE evidence (
    message_id INTEGER PRIMARY KEY,
    raw        BLOB NOT NULL,               -- header lines as fetched, at most 8 KiB
    kept_until INTEGER                      -- null: pinned by a flag
) STRICT;

CREATE TABLE address (
    id        INTEGER PRIMARY KEY,
    spec      TEXT NOT NULL UNIQUE,
    kind      INTEGER NOT NULL,
    status    INTEGER NOT NULL,
    purpose   INTEGER,                      -- null: not said
    dedicated INTEGER NOT NULL,             -- 1: the user said "only for this service"
    first_at  INTEGER NOT NULL              -- recorded in the ledger
) STRICT;

CREATE TABLE own_domain (
    domain_id INTEGER PRIMARY KEY           -- every local part there is the user's
) STRICT;

CREATE TABLE never_given (                  -- a local part or tag only ever seen in mail
    domain_id  INTEGER NOT NULL,
    local      TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (domain_id, local, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE unclaimed (                    -- best guess at the recipient where none of the user's matched
    domain_id  INTEGER NOT NULL,
    local      TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (domain_id, local, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE refused (                      -- addresses of which the user said "not mine"
    spec TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (                     -- an address's history is one range
    address_id INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (address_id, arrived_at, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_message ON delivery (message_id);

CREATE TABLE account (
    id               INTEGER PRIMARY KEY,
    name             TEXT NOT NULL UNIQUE,  -- the address, or the path of mail on this PC
    host             TEXT,                  -- null: mail on this PC
    port             INTEGER,
    security         INTEGER,
    login            TEXT,
    ca_file          TEXT,
    password_command TEXT,                  -- run by sh -c; null: keychain or memory
    path             TEXT,                  -- null: IMAP
    separator        TEXT NOT NULL,         -- subaddress separator
    added_at         INTEGER NOT NULL,
    backfilled_at    INTEGER,               -- the first reading ended; null: not yet
    scanned_at       INTEGER,               -- the last complete scan of all mailboxes
    fault            TEXT                   -- the last fault as JSON {code, params}; null: none
) STRICT;

CREATE TABLE mailbox (
    id             INTEGER PRIMARY KEY,
    account_id     INTEGER NOT NULL,
    name           TEXT NOT NULL,
    role           INTEGER NOT NULL,        -- by the server or the name
    role_by_user   INTEGER,                 -- null: not said
    uidvalidity    INTEGER NOT NULL,
    oldest_uid     INTEGER NOT NULL,
    newest_uid     INTEGER NOT NULL,
    modseq         INTEGER NOT NULL,
    retention_days INTEGER,                 -- by the user or the provider; null: learned from scans
    complete_at    INTEGER,                 -- the first reading of this mailbox ended; null: not yet
    listed         INTEGER NOT NULL,        -- 0: the server does not list it any more
    UNIQUE (account_id, name)
) STRICT;

CREATE TABLE sighting (                     -- vanishes with the UID; the message does not
    mailbox_id INTEGER NOT NULL,
    uid        INTEGER NOT NULL,
    message_id INTEGER NOT NULL,            -- 0: read, nothing kept (Sent)
    PRIMARY KEY (mailbox_id, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_message ON sighting (message_id);

CREATE TABLE scan (                         -- complete scans only: the source of observed days
    mailbox_id  INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    oldest_at   INTEGER,                    -- arrival of the oldest message that lay there; null: empty
    newest_at   INTEGER,
    messages    INTEGER NOT NULL,
    PRIMARY KEY (mailbox_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE reached (                      -- which accounts ever brought mail for which address
    address_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    PRIMARY KEY (address_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE correspondent (                -- people and parties written to, from Sent
    address_id INTEGER NOT NULL,            -- the own address written from
    spec       TEXT NOT NULL,
    last_at    INTEGER NOT NULL,
    PRIMARY KEY (address_id, spec)
) STRICT, WITHOUT ROWID;

CREATE TABLE correction (
    message_id INTEGER PRIMARY KEY,
    made_at    INTEGER NOT NULL,
    verdict    INTEGER NOT NULL
) STRICT;

CREATE TABLE service (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    first_at INTEGER NOT NULL
) STRICT;

CREATE TABLE service_domain (
    service_id   INTEGER NOT NULL,
    domain_id    INTEGER NOT NULL,          -- an organisational domain
    as_processor INTEGER NOT NULL,
    basis        INTEGER NOT NULL,
    PRIMARY KEY (service_id, domain_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE disclosure (
    address_id   INTEGER NOT NULL,
    service_id   INTEGER NOT NULL,
    given_from   INTEGER,                   -- civil day; null: unknown
    given_to     INTEGER,
    basis        INTEGER NOT NULL,
    also         TEXT NOT NULL,             -- name,phone,postal
    dismissed_at INTEGER,
    PRIMARY KEY (address_id, service_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE settled (                      -- "this is fine", or the junk folders changed: a new segment
    address_id INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    why        TEXT NOT NULL,
    PRIMARY KEY (address_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (                    -- what was said is a fact
    id          INTEGER PRIMARY KEY,
    said_at     INTEGER NOT NULL,
    address_id  INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    segment     INTEGER NOT NULL,           -- first civil day of the segment
    level       INTEGER NOT NULL,
    state       INTEGER,
    words       INTEGER,                    -- confidence
    service_id  INTEGER,
    probability REAL,
    earliest    INTEGER,
    estimate    INTEGER,
    latest      INTEGER
) STRICT;
CREATE INDEX statement_of ON statement (address_id, kind, segment);

CREATE TABLE incident (
    id          INTEGER PRIMARY KEY,
    address_id  INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    segment     INTEGER NOT NULL,
    status      INTEGER NOT NULL,
    opened_at   INTEGER NOT NULL,
    notified_at INTEGER,                    -- null: not yet
    UNIQUE (address_id, kind, segment)
) STRICT;
