-- What has happened to people's wishes: an alert that went off, a standing order that bought. `untold` until a conversation has
-- told its owner, `unsent` until a courier has.
CREATE TABLE books_notice (
    id     TEXT COLLATE "C" PRIMARY KEY,
    owner  TEXT COLLATE "C" NOT NULL,
    kind   TEXT NOT NULL,
    at     BIGINT NOT NULL,
    untold BIGINT NOT NULL,
    unsent BIGINT NOT NULL
);
CREATE INDEX books_notice_untold ON books_notice (owner) WHERE untold = 1;
CREATE INDEX books_notice_unsent ON books_notice (at) WHERE unsent = 1;
