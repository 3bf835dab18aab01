-- What is remembered of shoppers across their sessions: one line of JSON for each fact, which refers to words.
CREATE TABLE memory_fact (
    owner TEXT COLLATE "C" NOT NULL,
    id    TEXT COLLATE "C" NOT NULL,
    line  TEXT NOT NULL,
    PRIMARY KEY (owner, id)
);

-- Sessions whose node has died with something under way.
CREATE INDEX session_lease ON session (lease_until) WHERE due IS NOT NULL;
