-- Tries to be known by the number of an order and something else, that were not right: by the key of the call. What is old is
-- deleted with the next one.
CREATE TABLE books_guess (
    id       TEXT PRIMARY KEY,
    order_id TEXT NOT NULL,
    guest    TEXT NOT NULL,
    at       INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_guess_order ON books_guess (order_id);
CREATE INDEX books_guess_guest ON books_guess (guest);
CREATE INDEX books_guess_at ON books_guess (at);
