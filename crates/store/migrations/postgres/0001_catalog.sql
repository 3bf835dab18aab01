-- The same tables as for SQLite. Texts compare by bytes, whatever language the server was set up with.
-- Where the catalog stands: 'generation' rises with every commit that changed something.
CREATE TABLE state (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO state (name, value) VALUES ('generation', 0), ('documents_generation', 0), ('last_product_key', 0);

CREATE TABLE shop (
    number   BIGINT PRIMARY KEY CHECK (number = 1),
    name     TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C",
    url      TEXT COLLATE "C" NOT NULL
);

-- `doc` is the product as JSON without its offers, see `variant`. `generation` is when the listing last changed: the
-- product, its variants, or anything said about it.
CREATE TABLE product (
    key         BIGINT PRIMARY KEY,
    id          TEXT COLLATE "C" NOT NULL UNIQUE,
    source_id   TEXT COLLATE "C" NOT NULL,
    fingerprint BYTEA NOT NULL,
    generation  BIGINT NOT NULL,
    doc         BYTEA NOT NULL
);
CREATE INDEX product_generation ON product (generation);

-- The one place of prices and stock. Times are microseconds since 1970.
CREATE TABLE variant (
    product_key  BIGINT NOT NULL,
    place        BIGINT NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    source_id    TEXT COLLATE "C" NOT NULL,
    price_minor  BIGINT,
    sale_minor   BIGINT,
    currency     TEXT COLLATE "C",
    sale_from    BIGINT,
    sale_until   BIGINT,
    availability TEXT COLLATE "C" NOT NULL,
    stock        BIGINT,
    condition    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (product_key, place)
);

-- Every name that a review may call a product by, as a hash of its kind and its text.
CREATE TABLE product_name (
    product_key BIGINT NOT NULL,
    hash        BIGINT NOT NULL,
    PRIMARY KEY (product_key, hash)
);
CREATE INDEX product_name_hash ON product_name (hash);

-- The names that a review, question or document uses, best first.
CREATE TABLE product_reference (
    subject        TEXT COLLATE "C" NOT NULL,
    place          BIGINT NOT NULL,
    is_part_number BIGINT NOT NULL,
    hash           BIGINT NOT NULL,
    PRIMARY KEY (subject, place)
);

CREATE TABLE review (
    id          TEXT COLLATE "C" PRIMARY KEY,
    product_key BIGINT,
    fingerprint BYTEA NOT NULL,
    generation  BIGINT NOT NULL,
    doc         BYTEA NOT NULL
);
CREATE INDEX review_product ON review (product_key);
CREATE INDEX review_generation ON review (generation);

CREATE TABLE question (
    id          TEXT COLLATE "C" PRIMARY KEY,
    product_key BIGINT,
    fingerprint BYTEA NOT NULL,
    generation  BIGINT NOT NULL,
    doc         BYTEA NOT NULL
);
CREATE INDEX question_product ON question (product_key);
CREATE INDEX question_generation ON question (generation);

CREATE TABLE document (
    id          TEXT COLLATE "C" PRIMARY KEY,
    fingerprint BYTEA NOT NULL,
    generation  BIGINT NOT NULL,
    doc         BYTEA NOT NULL
);

CREATE TABLE document_product (
    product_key BIGINT NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    generation  BIGINT NOT NULL,
    PRIMARY KEY (product_key, document_id)
);
CREATE INDEX document_product_document ON document_product (document_id);
CREATE INDEX document_product_generation ON document_product (generation);

CREATE TABLE removal (
    generation BIGINT NOT NULL,
    product_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (generation, product_id)
);

CREATE TABLE import_journal (
    number     BIGINT PRIMARY KEY,
    mode       TEXT COLLATE "C" NOT NULL,
    started    TEXT COLLATE "C" NOT NULL,
    finished   TEXT COLLATE "C" NOT NULL,
    generation BIGINT NOT NULL,
    summary    TEXT COLLATE "C" NOT NULL
);

-- Vectors of texts; `key` is a hash of the model and the text.
CREATE TABLE embedding (
    key    BYTEA PRIMARY KEY,
    model  TEXT COLLATE "C" NOT NULL,
    vector BYTEA NOT NULL
);
