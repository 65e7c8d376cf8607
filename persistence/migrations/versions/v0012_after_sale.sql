-- Offers, orders, deliveries, invoices (domain §6). An offer's `price_cents` is its price as it was made, and stays; what it
-- comes to now is the sum of its lines and extras. Papers freeze what they show: `orders.paper` is what was agreed, for ever.

ALTER TABLE offers
    ADD COLUMN made_by      bigint REFERENCES users,
    ADD COLUMN validated_at timestamptz,   -- an auction's offer is validated when it is made
    ADD COLUMN sent_at      timestamptz,
    ADD COLUMN times_sent   integer NOT NULL DEFAULT 0 CHECK (times_sent >= 0),
    ADD COLUMN copied_from  bigint REFERENCES offers;
CREATE INDEX offers_buyer ON offers (entity_id, trader_id) WHERE status IN ('in_progress', 'validated');

-- §6.2: a vehicle that another offer to the same buyer held before; taken out, it goes home. `was_reserved`: it was kept
-- for the buyer before any offer, and stays kept when the line goes.
ALTER TABLE offer_lines
    ADD COLUMN home_offer_id bigint REFERENCES offers,
    ADD COLUMN was_reserved  boolean NOT NULL DEFAULT false;
CREATE INDEX offer_lines_home ON offer_lines (home_offer_id) WHERE home_offer_id IS NOT NULL;

-- Offers are found by their vehicles too, without reading every vehicle's row.
DROP INDEX vehicles_search;
CREATE INDEX vehicles_search ON vehicles (entity_id, search_text, status) INCLUDE (id);

CREATE TABLE offer_extras (
    offer_id     bigint  NOT NULL REFERENCES offers,
    position     integer NOT NULL CHECK (position > 0),
    kind         text    NOT NULL CHECK (kind IN (
        'accessories', 'delivery_pack', 'fees', 'services', 'warranty', 'trade_in_aid', 'amount_owed')),
    label        text    NOT NULL DEFAULT '',
    amount_cents bigint  NOT NULL CHECK (amount_cents >= 0),   -- TTC; its kind says which way it counts
    PRIMARY KEY (offer_id, position)
);

ALTER TABLE groups ADD COLUMN next_order_number integer NOT NULL DEFAULT 1 CHECK (next_order_number > 0);

CREATE TABLE orders (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id             bigint  NOT NULL REFERENCES groups,
    number               integer NOT NULL CHECK (number > 0),   -- drawn from the group, without gaps
    offer_id             bigint  NOT NULL REFERENCES offers,
    entity_id            bigint  NOT NULL REFERENCES entities,
    trader_id            bigint  NOT NULL REFERENCES trader_companies,
    status               text    NOT NULL DEFAULT 'placed' CHECK (status IN ('placed', 'cancelled')),
    placed_at            timestamptz NOT NULL,
    placed_by            bigint  REFERENCES users,
    legal_representative text    NOT NULL CHECK (legal_representative <> ''),
    delivery_on          date    NOT NULL,
    delivery_site_id     bigint  NOT NULL,
    payment_method       text    NOT NULL CHECK (payment_method IN ('transfer', 'bank_cheque', 'card', 'cash', 'financing')),
    documents            text[]  NOT NULL CHECK (cardinality(documents) > 0),
    deposit_cents        bigint  NOT NULL DEFAULT 0 CHECK (deposit_cents >= 0),
    paper                jsonb   NOT NULL,   -- names, vehicles and prices as they were
    cancelled_at         timestamptz,
    reason               text,
    UNIQUE (group_id, number),
    FOREIGN KEY (delivery_site_id, entity_id) REFERENCES sites (id, entity_id),
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL))
);
-- An offer is ordered once, until that order is cancelled.
CREATE UNIQUE INDEX orders_placed ON orders (offer_id) WHERE status = 'placed';
CREATE INDEX orders_offer ON orders (offer_id, id DESC);

CREATE TABLE order_vehicles (
    order_id      bigint  NOT NULL REFERENCES orders,
    position      integer NOT NULL,
    vehicle_id    bigint  NOT NULL REFERENCES vehicles,
    status_before text    NOT NULL CHECK (status_before <> ''),   -- what it returns to if the order is cancelled
    PRIMARY KEY (order_id, vehicle_id)
);
CREATE INDEX order_vehicles_vehicle ON order_vehicles (vehicle_id);

-- Of an order, or by hand (§6.3), which says who sells to whom and where the vehicle stands.
CREATE TABLE deliveries (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity_id        bigint NOT NULL REFERENCES entities,
    trader_id        bigint REFERENCES trader_companies,   -- NULL: by hand, for a client who is no trader
    order_id         bigint REFERENCES orders,
    site_id          bigint NOT NULL,
    physical_site_id bigint,
    seller           text,
    client           text,
    scheduled_at     timestamptz NOT NULL,
    status           text   NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'honoured', 'not_honoured', 'cancelled')),
    report           text,
    declared_at      timestamptz,   -- when the vehicles were handed over, or were not
    declared_by      bigint REFERENCES users,
    made_at          timestamptz NOT NULL,
    made_by          bigint REFERENCES users,
    FOREIGN KEY (site_id, entity_id) REFERENCES sites (id, entity_id),
    FOREIGN KEY (physical_site_id, entity_id) REFERENCES sites (id, entity_id),
    CHECK (order_id IS NULL OR trader_id IS NOT NULL),
    CHECK ((order_id IS NULL) = (seller IS NOT NULL AND client IS NOT NULL)),
    CHECK ((status IN ('honoured', 'not_honoured')) = (declared_at IS NOT NULL AND report IS NOT NULL))
);
CREATE INDEX deliveries_entity ON deliveries (entity_id, scheduled_at DESC, id DESC);
CREATE INDEX deliveries_order ON deliveries (order_id, id) WHERE order_id IS NOT NULL;

CREATE TABLE delivery_vehicles (
    delivery_id bigint  NOT NULL REFERENCES deliveries,
    vehicle_id  bigint  NOT NULL REFERENCES vehicles,
    order_id    bigint  REFERENCES orders,
    standing    boolean NOT NULL DEFAULT true,   -- scheduled or honoured: the vehicle needs no other
    PRIMARY KEY (delivery_id, vehicle_id)
);
CREATE UNIQUE INDEX delivery_vehicles_standing ON delivery_vehicles (order_id, vehicle_id) WHERE standing;
CREATE INDEX delivery_vehicles_vehicle ON delivery_vehicles (vehicle_id);

-- §6.1: of an order, or of a delivery by hand; one each.
CREATE TABLE invoices (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity_id    bigint NOT NULL REFERENCES entities,
    order_id     bigint UNIQUE REFERENCES orders,
    delivery_id  bigint UNIQUE REFERENCES deliveries,
    number       text   NOT NULL CHECK (number <> ''),
    invoiced_on  date   NOT NULL,
    amount_cents bigint CHECK (amount_cents >= 0),   -- the order's total; of a delivery by hand what was said, if anything
    declared_at  timestamptz NOT NULL,
    declared_by  bigint REFERENCES users,
    UNIQUE (entity_id, number),
    CHECK (num_nonnulls(order_id, delivery_id) = 1)
);

-- The same key with the same body gets the first answer for ever; with another body it contradicts.
CREATE TABLE idempotent_answers (
    user_id     bigint NOT NULL REFERENCES users,
    key         text   NOT NULL CHECK (key <> '' AND length(key) <= 255),
    body_sha256 bytea  NOT NULL CHECK (length(body_sha256) = 32),
    answer      text,    -- NULL only while its own transaction runs
    at          timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
);
