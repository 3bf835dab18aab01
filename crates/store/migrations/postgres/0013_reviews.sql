-- Calls that somebody of the shop is asked about (`is_open`), and those whose answer nobody has mailed to its shopper yet. Written
-- with the entries that say so.
CREATE TABLE session_review (
    session TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL,
    until   BIGINT NOT NULL,
    is_open BIGINT NOT NULL,
    PRIMARY KEY (session, seq)
);
CREATE INDEX session_review_until ON session_review (is_open, until);
