-- The books: carts, orders, money and stock. A record is JSON in `doc`; the columns beside it are what it is found by. Every
-- change goes through a request, and every request that was carried out has its line in the ledger. Times are microseconds
-- since 1970.
CREATE TABLE books_cart (
    id         TEXT PRIMARY KEY,
    held_until INTEGER,
    doc        TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_cart_held ON books_cart (held_until) WHERE held_until IS NOT NULL;

-- `unpaid_since` stands where an order waits for its payment.
CREATE TABLE books_order (
    id           TEXT PRIMARY KEY,
    owner        TEXT NOT NULL,
    status       TEXT NOT NULL,
    placed_at    INTEGER,
    unpaid_since INTEGER,
    doc          TEXT NOT NULL
);
CREATE INDEX books_order_owner ON books_order (owner);
CREATE INDEX books_order_placed ON books_order (placed_at);
CREATE INDEX books_order_unpaid ON books_order (unpaid_since) WHERE unpaid_since IS NOT NULL;

CREATE TABLE books_return (
    id       TEXT PRIMARY KEY,
    order_id TEXT NOT NULL,
    doc      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_return_order ON books_return (order_id);

CREATE TABLE books_shopper (
    id  TEXT PRIMARY KEY,
    doc TEXT NOT NULL
) WITHOUT ROWID;

-- What people may say to be known by, in a form that case and accents do not change.
CREATE TABLE books_person (
    lookup  TEXT NOT NULL,
    shopper TEXT NOT NULL,
    PRIMARY KEY (lookup, shopper)
) WITHOUT ROWID;
CREATE INDEX books_person_shopper ON books_person (shopper);

-- `waits_for` is the variant until the alert or the standing order has gone off or was taken back.
CREATE TABLE books_alert (
    id        TEXT PRIMARY KEY,
    owner     TEXT NOT NULL,
    waits_for TEXT,
    doc       TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_alert_owner ON books_alert (owner);
CREATE INDEX books_alert_waits ON books_alert (waits_for) WHERE waits_for IS NOT NULL;

CREATE TABLE books_mandate (
    id        TEXT PRIMARY KEY,
    shopper   TEXT NOT NULL,
    waits_for TEXT,
    doc       TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_mandate_shopper ON books_mandate (shopper);
CREATE INDEX books_mandate_waits ON books_mandate (waits_for) WHERE waits_for IS NOT NULL;

CREATE TABLE books_price (
    id  TEXT PRIMARY KEY,
    doc TEXT NOT NULL
) WITHOUT ROWID;

-- `promised` is the sum of the holds without an end. `fed` is the number that the feed gave last.
CREATE TABLE books_stock (
    variant  TEXT PRIMARY KEY,
    on_hand  INTEGER NOT NULL,
    promised INTEGER NOT NULL,
    fed      INTEGER
) WITHOUT ROWID;

CREATE TABLE books_hold (
    variant  TEXT NOT NULL,
    holder   TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    until    INTEGER,
    PRIMARY KEY (variant, holder)
) WITHOUT ROWID;
CREATE INDEX books_hold_holder ON books_hold (holder);
CREATE INDEX books_hold_passing ON books_hold (variant) WHERE until IS NOT NULL;

-- The row of an empty owner is the sum.
CREATE TABLE books_rule_use (
    rule  TEXT NOT NULL,
    owner TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (rule, owner)
) WITHOUT ROWID;

-- What was done, by whom, when and under which key; lines are never changed. `fed` is what the feed had said about the
-- stock of what was touched, `changes` what followed from the request.
CREATE TABLE books_ledger (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    key     TEXT NOT NULL UNIQUE,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    tool    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    fed     TEXT NOT NULL,
    changes TEXT NOT NULL
);

-- What a payment provider is to be asked. `due` is when to ask (again).
CREATE TABLE books_payment (
    key      TEXT PRIMARY KEY,
    order_id TEXT NOT NULL,
    command  TEXT NOT NULL,
    due      INTEGER NOT NULL,
    attempts INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX books_payment_order ON books_payment (order_id);
CREATE INDEX books_payment_due ON books_payment (due);

-- Carts name variants.
CREATE INDEX variant_id ON variant (id);
