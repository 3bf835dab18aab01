-- Sessions of agents. One row says who may write (the lease: holder, epoch, until), where the journal ends, and when the
-- timer goes off, so that an append checks and sets all of it at once. Times are milliseconds since 1970.
CREATE TABLE session (
    id          TEXT PRIMARY KEY,
    owner       TEXT,
    last_seq    INTEGER NOT NULL,
    epoch       INTEGER NOT NULL,
    holder      TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    due         INTEGER
);
CREATE INDEX session_due ON session (due) WHERE due IS NOT NULL;
CREATE INDEX session_owner ON session (owner);

-- The journal: one line of JSON for each entry, never changed.
CREATE TABLE session_entry (
    session TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    line    TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) WITHOUT ROWID;

-- The words that the journal refers to. Deleting a row erases them.
CREATE TABLE session_content (
    session TEXT NOT NULL,
    id      TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (session, id)
);

-- Erasing goes by the name alone, since a fact that was recalled is held by several sessions of its owner.
CREATE INDEX session_content_id ON session_content (id);

-- The newest snapshot of each session.
CREATE TABLE session_snapshot (
    session TEXT PRIMARY KEY,
    seq     INTEGER NOT NULL,
    line    TEXT NOT NULL
);

-- Effects that any node may act on and that nobody has yet.
CREATE TABLE session_outbox (
    session TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (session, seq)
) WITHOUT ROWID;
