-- Tries to be known by the number of an order and something else, that were not right: by the key of the call. What is old is
-- deleted with the next one.
CREATE TABLE books_guess (
    id       TEXT COLLATE "C" PRIMARY KEY,
    order_id TEXT COLLATE "C" NOT NULL,
    guest    TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX books_guess_order ON books_guess (order_id);
CREATE INDEX books_guess_guest ON books_guess (guest);
CREATE INDEX books_guess_at ON books_guess (at);
