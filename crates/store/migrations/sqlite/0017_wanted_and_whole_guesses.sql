-- Nodes that wait for a session which another one holds, so that it is given back as soon as nothing is under way in it.
CREATE TABLE session_wanted (
    session TEXT NOT NULL,
    node    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (session, node)
) WITHOUT ROWID;

-- A try with one detail of an order (0), or with all of them of which some were right (1); each has a count of its own. Where only its
-- guest is counted, the order is empty.
ALTER TABLE books_guess ADD COLUMN is_whole INTEGER NOT NULL DEFAULT 0;
