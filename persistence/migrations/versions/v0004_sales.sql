-- What an ending causes (domain §5.4): offers and messages, written in the transaction of the ending itself.

CREATE TABLE offers (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id     bigint  NOT NULL REFERENCES groups,
    number       integer NOT NULL CHECK (number > 0),
    entity_id    bigint  NOT NULL REFERENCES entities,
    trader_id    bigint  NOT NULL REFERENCES trader_companies,
    auction_id   bigint,
    lot          integer,
    status       text    NOT NULL CHECK (status IN ('in_progress', 'validated', 'ordered', 'abandoned', 'cancelled')),
    price_cents  bigint  NOT NULL CHECK (price_cents > 0),
    made_at      timestamptz NOT NULL,
    cancelled_at timestamptz,
    reason       text,
    UNIQUE (group_id, number),
    UNIQUE (auction_id, lot),   -- §5.4.3: one offer for each won lot, ever
    FOREIGN KEY (auction_id, lot) REFERENCES auction_lots,
    CHECK ((status IN ('abandoned', 'cancelled')) = (cancelled_at IS NOT NULL))
);
CREATE INDEX offers_entity ON offers (entity_id, id DESC);
CREATE INDEX offers_trader ON offers (trader_id, id DESC);

CREATE TABLE offer_lines (
    offer_id    bigint  NOT NULL REFERENCES offers,
    position    integer NOT NULL,
    vehicle_id  bigint  NOT NULL REFERENCES vehicles,
    price_cents bigint  NOT NULL CHECK (price_cents >= 0),
    PRIMARY KEY (offer_id, position),
    UNIQUE (offer_id, vehicle_id)
);
CREATE INDEX offer_lines_vehicle ON offer_lines (vehicle_id);

-- §5.4.4: exactly once each, whatever crashes: a message is named by the event that caused it, its kind and its addressee.
CREATE TABLE messages (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    auction_id       bigint  NOT NULL REFERENCES auctions,
    seq              integer NOT NULL,
    kind             text    NOT NULL CHECK (kind IN (
        'auction_opened', 'auction_cancelled', 'lot_result', 'lot_won', 'lot_not_won', 'sale_cancelled')),
    lot              integer,
    trader_id        bigint  REFERENCES trader_companies,   -- NULL: to the dealer
    at               timestamptz NOT NULL,
    outcome          text,
    winner_trader_id bigint  REFERENCES trader_companies,   -- to the dealer alone
    price_cents      bigint,
    reason           text,
    sent_at          timestamptz,
    UNIQUE NULLS NOT DISTINCT (auction_id, seq, kind, lot, trader_id),
    CHECK (trader_id IS NULL OR winner_trader_id IS NULL)
);
CREATE INDEX messages_unsent ON messages (id) WHERE sent_at IS NULL;
CREATE INDEX messages_trader ON messages (trader_id, id);
