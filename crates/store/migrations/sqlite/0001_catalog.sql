-- Where the catalog stands: 'generation' rises with every commit that changed something.
CREATE TABLE state (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO state (name, value) VALUES ('generation', 0), ('documents_generation', 0), ('last_product_key', 0);

CREATE TABLE shop (
    number   INTEGER PRIMARY KEY CHECK (number = 1),
    name     TEXT NOT NULL,
    currency TEXT,
    url      TEXT NOT NULL
);

-- `doc` is the product as JSON without its offers, see `variant`. `generation` is when the listing last changed: the
-- product, its variants, or anything said about it.
CREATE TABLE product (
    key         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    source_id   TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    generation  INTEGER NOT NULL,
    doc         BLOB NOT NULL
);
CREATE INDEX product_generation ON product (generation);

-- The one place of prices and stock. Times are microseconds since 1970.
CREATE TABLE variant (
    product_key  INTEGER NOT NULL,
    place        INTEGER NOT NULL,
    id           TEXT NOT NULL,
    source_id    TEXT NOT NULL,
    price_minor  INTEGER,
    sale_minor   INTEGER,
    currency     TEXT,
    sale_from    INTEGER,
    sale_until   INTEGER,
    availability TEXT NOT NULL,
    stock        INTEGER,
    condition    TEXT NOT NULL,
    PRIMARY KEY (product_key, place)
) WITHOUT ROWID;

-- Every name that a review may call a product by, as a hash of its kind and its text.
CREATE TABLE product_name (
    product_key INTEGER NOT NULL,
    hash        INTEGER NOT NULL,
    PRIMARY KEY (product_key, hash)
) WITHOUT ROWID;
CREATE INDEX product_name_hash ON product_name (hash);

-- The names that a review, question or document uses, best first.
CREATE TABLE product_reference (
    subject        TEXT NOT NULL,
    place          INTEGER NOT NULL,
    is_part_number INTEGER NOT NULL,
    hash           INTEGER NOT NULL,
    PRIMARY KEY (subject, place)
) WITHOUT ROWID;

CREATE TABLE review (
    id          TEXT PRIMARY KEY,
    product_key INTEGER,
    fingerprint BLOB NOT NULL,
    generation  INTEGER NOT NULL,
    doc         BLOB NOT NULL
);
CREATE INDEX review_product ON review (product_key);
CREATE INDEX review_generation ON review (generation);

CREATE TABLE question (
    id          TEXT PRIMARY KEY,
    product_key INTEGER,
    fingerprint BLOB NOT NULL,
    generation  INTEGER NOT NULL,
    doc         BLOB NOT NULL
);
CREATE INDEX question_product ON question (product_key);
CREATE INDEX question_generation ON question (generation);

CREATE TABLE document (
    id          TEXT PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    generation  INTEGER NOT NULL,
    doc         BLOB NOT NULL
);

CREATE TABLE document_product (
    product_key INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    generation  INTEGER NOT NULL,
    PRIMARY KEY (product_key, document_id)
) WITHOUT ROWID;
CREATE INDEX document_product_document ON document_product (document_id);
CREATE INDEX document_product_generation ON document_product (generation);

CREATE TABLE removal (
    generation INTEGER NOT NULL,
    product_id TEXT NOT NULL,
    PRIMARY KEY (generation, product_id)
) WITHOUT ROWID;

CREATE TABLE import_journal (
    number     INTEGER PRIMARY KEY,
    mode       TEXT NOT NULL,
    started    TEXT NOT NULL,
    finished   TEXT NOT NULL,
    generation INTEGER NOT NULL,
    summary    TEXT NOT NULL
);

-- Vectors of texts; `key` is a hash of the model and the text.
CREATE TABLE embedding (
    key    BLOB PRIMARY KEY,
    model  TEXT NOT NULL,
    vector BLOB NOT NULL
);
