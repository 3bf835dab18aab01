-- Calls of which nobody could say what became of them, until somebody of the shop does. Written with the entries that say so.
CREATE TABLE session_handover (
    session TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (session, seq)
) WITHOUT ROWID;

-- What a courier has tried to deliver, by the name of the notice. `due` is when to try (again), `sent_at` when it was taken.
CREATE TABLE books_delivery (
    id       TEXT PRIMARY KEY,
    attempts INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    sent_at  INTEGER,
    fault    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_delivery_sent ON books_delivery (sent_at);
