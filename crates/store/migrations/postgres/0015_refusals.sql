-- What ended a key without its request: a refusal of the books, as JSON. A line of a request that was carried out has none.
ALTER TABLE books_ledger ADD COLUMN refused TEXT;
