-- The same tables as for SQLite.
-- Sessions of agents. One row says who may write (the lease: holder, epoch, until), where the journal ends, and when the
-- timer goes off, so that an append checks and sets all of it at once. Times are milliseconds since 1970.
CREATE TABLE session (
    id          TEXT COLLATE "C" PRIMARY KEY,
    owner       TEXT COLLATE "C",
    last_seq    BIGINT NOT NULL,
    epoch       BIGINT NOT NULL,
    holder      TEXT COLLATE "C" NOT NULL,
    lease_until BIGINT NOT NULL,
    due         BIGINT
);
CREATE INDEX session_due ON session (due) WHERE due IS NOT NULL;
CREATE INDEX session_owner ON session (owner);

-- The journal: one line of JSON for each entry, never changed.
CREATE TABLE session_entry (
    session TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL,
    line    TEXT NOT NULL,
    PRIMARY KEY (session, seq)
);

-- The words that the journal refers to. Deleting a row erases them.
CREATE TABLE session_content (
    session TEXT COLLATE "C" NOT NULL,
    id      TEXT COLLATE "C" NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (session, id)
);

-- Erasing goes by the name alone, since a fact that was recalled is held by several sessions of its owner.
CREATE INDEX session_content_id ON session_content (id);

-- The newest snapshot of each session.
CREATE TABLE session_snapshot (
    session TEXT COLLATE "C" PRIMARY KEY,
    seq     BIGINT NOT NULL,
    line    TEXT NOT NULL
);

-- Effects that any node may act on and that nobody has yet.
CREATE TABLE session_outbox (
    session TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL,
    PRIMARY KEY (session, seq)
);
