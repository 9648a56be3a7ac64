-- Names that services had before they were renamed, merged or split by the user, so that what is
-- read under an old name finds the service.

CREATE TABLE former_name (
    name       TEXT PRIMARY KEY COLLATE NOCASE,
    service_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
