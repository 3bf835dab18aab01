-- The same tables as for SQLite.
-- The books: carts, orders, money and stock. A record is JSON in `doc`; the columns beside it are what it is found by. Every
-- change goes through a request, and every request that was carried out has its line in the ledger. Times are microseconds
-- since 1970.
CREATE TABLE books_cart (
    id         TEXT COLLATE "C" PRIMARY KEY,
    held_until BIGINT,
    doc        TEXT NOT NULL
);
CREATE INDEX books_cart_held ON books_cart (held_until) WHERE held_until IS NOT NULL;

-- `unpaid_since` stands where an order waits for its payment.
CREATE TABLE books_order (
    id           TEXT COLLATE "C" PRIMARY KEY,
    owner        TEXT COLLATE "C" NOT NULL,
    status       TEXT COLLATE "C" NOT NULL,
    placed_at    BIGINT,
    unpaid_since BIGINT,
    doc          TEXT NOT NULL
);
CREATE INDEX books_order_owner ON books_order (owner);
CREATE INDEX books_order_placed ON books_order (placed_at);
CREATE INDEX books_order_unpaid ON books_order (unpaid_since) WHERE unpaid_since IS NOT NULL;

CREATE TABLE books_return (
    id       TEXT COLLATE "C" PRIMARY KEY,
    order_id TEXT COLLATE "C" NOT NULL,
    doc      TEXT NOT NULL
);
CREATE INDEX books_return_order ON books_return (order_id);

CREATE TABLE books_shopper (
    id  TEXT COLLATE "C" PRIMARY KEY,
    doc TEXT NOT NULL
);

-- What people may say to be known by, in a form that case and accents do not change.
CREATE TABLE books_person (
    lookup  TEXT COLLATE "C" NOT NULL,
    shopper TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (lookup, shopper)
);
CREATE INDEX books_person_shopper ON books_person (shopper);

-- `waits_for` is the variant until the alert or the standing order has gone off or was taken back.
CREATE TABLE books_alert (
    id        TEXT COLLATE "C" PRIMARY KEY,
    owner     TEXT COLLATE "C" NOT NULL,
    waits_for TEXT COLLATE "C",
    doc       TEXT NOT NULL
);
CREATE INDEX books_alert_owner ON books_alert (owner);
CREATE INDEX books_alert_waits ON books_alert (waits_for) WHERE waits_for IS NOT NULL;

CREATE TABLE books_mandate (
    id        TEXT COLLATE "C" PRIMARY KEY,
    shopper   TEXT COLLATE "C" NOT NULL,
    waits_for TEXT COLLATE "C",
    doc       TEXT NOT NULL
);
CREATE INDEX books_mandate_shopper ON books_mandate (shopper);
CREATE INDEX books_mandate_waits ON books_mandate (waits_for) WHERE waits_for IS NOT NULL;

CREATE TABLE books_price (
    id  TEXT COLLATE "C" PRIMARY KEY,
    doc TEXT NOT NULL
);

-- `promised` is the sum of the holds without an end. `fed` is the number that the feed gave last.
CREATE TABLE books_stock (
    variant  TEXT COLLATE "C" PRIMARY KEY,
    on_hand  BIGINT NOT NULL,
    promised BIGINT NOT NULL,
    fed      BIGINT
);

CREATE TABLE books_hold (
    variant  TEXT COLLATE "C" NOT NULL,
    holder   TEXT COLLATE "C" NOT NULL,
    quantity BIGINT NOT NULL,
    until    BIGINT,
    PRIMARY KEY (variant, holder)
);
CREATE INDEX books_hold_holder ON books_hold (holder);
CREATE INDEX books_hold_passing ON books_hold (variant) WHERE until IS NOT NULL;

-- The row of an empty owner is the sum.
CREATE TABLE books_rule_use (
    rule  TEXT COLLATE "C" NOT NULL,
    owner TEXT COLLATE "C" NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (rule, owner)
);

-- What was done, by whom, when and under which key; lines are never changed. `fed` is what the feed had said about the
-- stock of what was touched, `changes` what followed from the request.
CREATE TABLE books_ledger (
    number  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key     TEXT COLLATE "C" NOT NULL UNIQUE,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    tool    TEXT NOT NULL,
    digest  TEXT NOT NULL,
    fed     TEXT NOT NULL,
    changes TEXT NOT NULL
);

-- What a payment provider is to be asked. `due` is when to ask (again).
CREATE TABLE books_payment (
    key      TEXT COLLATE "C" PRIMARY KEY,
    order_id TEXT COLLATE "C" NOT NULL,
    command  TEXT NOT NULL,
    due      BIGINT NOT NULL,
    attempts BIGINT NOT NULL
);
CREATE INDEX books_payment_order ON books_payment (order_id);
CREATE INDEX books_payment_due ON books_payment (due);

-- Carts name variants.
CREATE INDEX variant_id ON variant (id);
