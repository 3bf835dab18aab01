-- Calls that somebody of the shop is asked about (`is_open`), and those whose answer nobody has mailed to its shopper yet. Written
-- with the entries that say so.
CREATE TABLE session_review (
    session TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    PRIMARY KEY (session, seq)
) WITHOUT ROWID;
CREATE INDEX session_review_until ON session_review (is_open, until);
