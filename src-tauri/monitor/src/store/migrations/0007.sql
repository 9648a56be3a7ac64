-- By what an answer to the user's own mail is recognised where it lies in Junk: the first 8 bytes
-- of SHA-256 of a Message-ID and no more, for as long as an answer may come.

CREATE TABLE sent (                         -- mail that the user wrote
    id_hash INTEGER PRIMARY KEY,            -- of its Message-ID
    sent_at INTEGER NOT NULL                -- forgotten 90 days later
) STRICT;

CREATE TABLE answer (                       -- mail in Junk, its sender verified, that answers something
    message_id INTEGER PRIMARY KEY,         -- forgotten 30 days after it came
    id_hash    INTEGER NOT NULL             -- of the Message-ID that it answers
) STRICT;

-- Up to which message the user was told of mail in Junk that is perhaps none. What lies there now
-- was there before.
INSERT INTO setting (key, value) SELECT 'misfiled_told', CAST(coalesce(max(id), 0) AS TEXT) FROM message;
