-- What has happened to people's wishes: an alert that went off, a standing order that bought. `untold` until a conversation has
-- told its owner, `unsent` until a courier has.
CREATE TABLE books_notice (
    id     TEXT PRIMARY KEY,
    owner  TEXT NOT NULL,
    kind   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    untold INTEGER NOT NULL,
    unsent INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_notice_untold ON books_notice (owner) WHERE untold = 1;
CREATE INDEX books_notice_unsent ON books_notice (at) WHERE unsent = 1;
