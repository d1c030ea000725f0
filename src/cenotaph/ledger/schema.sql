-- The ledger: what people did, appended and never changed. Only words (and the salt that hides them) can go, and only
-- through an erasure entry. The triggers stop mistakes; the hash chain finds whoever drops the triggers.

CREATE TABLE secret (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    secret  BLOB NOT NULL CHECK (length(secret) = 32),
    genesis TEXT NOT NULL
);

CREATE TABLE entry (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    version      INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN
                 ('source', 'reading', 'record', 'judgement', 'choice', 'consent', 'erasure', 'release')),
    facts        TEXT NOT NULL,
    facts_digest TEXT NOT NULL,
    words_digest TEXT NOT NULL,
    author       TEXT NOT NULL,
    at           TEXT NOT NULL,
    previous     TEXT NOT NULL,
    hash         TEXT NOT NULL
);

CREATE TABLE words (
    sequence INTEGER PRIMARY KEY,
    salt     BLOB NOT NULL,
    words    TEXT NOT NULL
);

CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
  OR NEW.previous IS NOT coalesce((SELECT hash FROM entry ORDER BY sequence DESC LIMIT 1), (SELECT genesis FROM secret))
BEGIN SELECT raise(ABORT, 'an entry must follow the last one'); END;

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'entries are never changed; append one that supersedes'); END;

CREATE TRIGGER entry_remains BEFORE DELETE ON entry
BEGIN SELECT raise(ABORT, 'entries are never deleted; append one that supersedes'); END;

CREATE TRIGGER words_follow BEFORE INSERT ON words
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM entry)
  OR EXISTS (SELECT 1 FROM words WHERE sequence = NEW.sequence)
BEGIN SELECT raise(ABORT, 'words are written with their entry'); END;

CREATE TRIGGER words_stay BEFORE UPDATE ON words
BEGIN SELECT raise(ABORT, 'words are never changed; append an entry that supersedes'); END;

CREATE TRIGGER words_go_by_erasure BEFORE DELETE ON words
WHEN NOT EXISTS (
    SELECT 1 FROM (SELECT kind, facts FROM entry ORDER BY sequence DESC LIMIT 1) AS last,
                  json_each(last.facts, '$.erases') AS erased
    WHERE last.kind = 'erasure' AND erased.value = OLD.sequence)
BEGIN SELECT raise(ABORT, 'words go only through an erasure entry'); END;

CREATE TRIGGER secret_is_one BEFORE INSERT ON secret
WHEN EXISTS (SELECT 1 FROM secret)
BEGIN SELECT raise(ABORT, 'a ledger has one secret'); END;

CREATE TRIGGER secret_stays BEFORE UPDATE ON secret
BEGIN SELECT raise(ABORT, 'the secret is never changed: public ids hang on it'); END;

CREATE TRIGGER secret_remains BEFORE DELETE ON secret
BEGIN SELECT raise(ABORT, 'the secret is never deleted: public ids hang on it'); END;
