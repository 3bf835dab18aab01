-- What is remembered of shoppers across their sessions: one line of JSON for each fact, which refers to words.
CREATE TABLE memory_fact (
    owner TEXT NOT NULL,
    id    TEXT NOT NULL,
    line  TEXT NOT NULL,
    PRIMARY KEY (owner, id)
) WITHOUT ROWID;

-- Sessions whose node has died with something under way.
CREATE INDEX session_lease ON session (lease_until) WHERE due IS NOT NULL;
