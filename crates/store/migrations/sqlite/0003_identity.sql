-- What tells this store from every other, wherever it is moved: what is derived from it notes the id.
CREATE TABLE identity (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    id     TEXT NOT NULL
);
INSERT INTO identity (number, id) VALUES (1, lower(hex(randomblob(16))));

-- Removals up to this generation are forgotten; what is older has to be made anew.
INSERT INTO state (name, value) VALUES ('forgotten_generation', 0);
