-- Calls of which nobody could say what became of them, until somebody of the shop does. Written with the entries that say so.
CREATE TABLE session_handover (
    session TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (session, seq)
);

-- What a courier has tried to deliver, by the name of the notice. `due` is when to try (again), `sent_at` when it was taken.
CREATE TABLE books_delivery (
    id       TEXT COLLATE "C" PRIMARY KEY,
    attempts BIGINT NOT NULL,
    due      BIGINT NOT NULL,
    sent_at  BIGINT,
    fault    TEXT NOT NULL
);
CREATE INDEX books_delivery_sent ON books_delivery (sent_at);
