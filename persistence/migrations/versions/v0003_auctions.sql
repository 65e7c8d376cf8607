-- Auctions (domain §5). The terms are rows that never change after the start; what happens is auction_events, the truth.
-- Columns called "projection" repeat what the events say, for lists; they are written in the transaction of those events.

CREATE TABLE auctions (
    id                           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id                     bigint  NOT NULL,
    entity_id                    bigint  NOT NULL,
    site_id                      bigint  NOT NULL,
    number                       integer NOT NULL CHECK (number > 0),
    kind                         text    NOT NULL CHECK (kind IN ('unit', 'lot')),
    starts_at                    timestamptz NOT NULL,
    first_ends_at                timestamptz NOT NULL,   -- the end as published
    minimum_increment_cents      bigint  NOT NULL CHECK (minimum_increment_cents > 0),
    window_microseconds          bigint  NOT NULL CHECK (window_microseconds >= 0),      -- §5.3.3
    extension_microseconds       bigint  NOT NULL CHECK (extension_microseconds >= 0),
    soft_close_mode              text    NOT NULL CHECK (soft_close_mode IN ('add', 'reset')),
    mailing_list_id              bigint  REFERENCES mailing_lists ON DELETE SET NULL,
    mailing_list_title           text,                   -- as it was called then
    created_by                   bigint  REFERENCES users,
    created_at                   timestamptz NOT NULL,
    status                       text    NOT NULL DEFAULT 'scheduled'   -- projection
                                 CHECK (status IN ('scheduled', 'open', 'ended', 'cancelled')),
    ends_at                      timestamptz NOT NULL,                  -- projection: first_ends_at and its extensions
    UNIQUE (group_id, number),
    FOREIGN KEY (entity_id, group_id) REFERENCES entities (id, group_id),
    FOREIGN KEY (site_id, entity_id) REFERENCES sites (id, entity_id),
    CHECK (first_ends_at > starts_at),
    CHECK (ends_at >= first_ends_at)
);
CREATE INDEX auctions_entity ON auctions (entity_id, starts_at DESC, id DESC);
CREATE INDEX auctions_due ON auctions (id) WHERE status IN ('scheduled', 'open');

-- §3.4: fixed at publication. The name is what the dealer read then.
CREATE TABLE auction_audience (
    auction_id bigint  NOT NULL REFERENCES auctions,
    position   integer NOT NULL,
    trader_id  bigint  NOT NULL REFERENCES trader_companies,
    name       text    NOT NULL,
    PRIMARY KEY (auction_id, trader_id),
    UNIQUE (auction_id, position)
);
CREATE INDEX auction_audience_trader ON auction_audience (trader_id, auction_id);

CREATE TABLE auction_lots (
    auction_id          bigint  NOT NULL REFERENCES auctions,
    number              integer NOT NULL CHECK (number > 0),
    group_id            bigint  NOT NULL REFERENCES groups,
    position            integer NOT NULL,
    reserve_price_cents bigint  CHECK (reserve_price_cents >= 0),
    outcome             text    -- projection
                        CHECK (outcome IN ('won', 'reserve_not_reached', 'no_bids', 'cancelled', 'sale_cancelled')),
    winner_trader_id    bigint  REFERENCES trader_companies,   -- projection
    last_offer_cents    bigint,                                -- projection, once decided
    PRIMARY KEY (auction_id, number),
    UNIQUE (auction_id, position),
    UNIQUE (group_id, number),
    CHECK (winner_trader_id IS NULL OR outcome = 'won')
);

CREATE TABLE auction_lot_vehicles (
    auction_id           bigint  NOT NULL,
    lot                  integer NOT NULL,
    position             integer NOT NULL,
    vehicle_id           bigint  NOT NULL REFERENCES vehicles,
    ref                  text    NOT NULL CHECK (ref <> ''),
    starting_price_cents bigint  NOT NULL CHECK (starting_price_cents > 0),
    initial_margin_cents bigint  NOT NULL,   -- frozen at creation
    vat                  text    NOT NULL CHECK (vat IN ('margin', 'recoverable', 'unknown')),
    held                 boolean NOT NULL DEFAULT true,   -- until the auction is over
    PRIMARY KEY (auction_id, lot, position),
    UNIQUE (auction_id, vehicle_id),
    FOREIGN KEY (auction_id, lot) REFERENCES auction_lots
);
-- §4.4: a vehicle is in at most one scheduled or open auction.
CREATE UNIQUE INDEX auction_lot_vehicles_held ON auction_lot_vehicles (vehicle_id) WHERE held;
CREATE INDEX auction_lot_vehicles_vehicle ON auction_lot_vehicles (vehicle_id);

-- Who may write an auction: a claim adds one to the epoch, and whatever comes with an older one is not written (law 7).
CREATE TABLE auction_leases (
    auction_id bigint PRIMARY KEY REFERENCES auctions,
    epoch      bigint NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    node       text,
    claimed_at timestamptz
);

CREATE TABLE heartbeats (
    node          text PRIMARY KEY,
    last_alive_at timestamptz NOT NULL
);

-- The history. No foreign key to auctions: every insert joins auction_leases, which has one, and a trigger per bid is dear.
CREATE TABLE auction_events (
    auction_id   bigint      NOT NULL,
    seq          integer     NOT NULL CHECK (seq > 0),
    at           timestamptz NOT NULL,
    kind         text        NOT NULL CHECK (kind IN (
        'bid', 'started', 'extended', 'reserve_reached', 'declined', 'connection_removed', 'recovered', 'ended',
        'lot_decided', 'cancelled', 'sale_cancelled')),
    lot          integer,
    trader_id    bigint,
    command_id   text,
    alias        integer,
    amount_cents bigint,
    cause        text,
    from_at      timestamptz,   -- old end of an extension, beginning of an outage
    to_at        timestamptz,   -- new end of an extension, end of an outage
    outcome      text,
    reason       text,
    PRIMARY KEY (auction_id, seq)
);
-- §5.2.4: one command, one entry. Serves "who took part" too.
CREATE UNIQUE INDEX auction_events_command ON auction_events (auction_id, trader_id, command_id)
    WHERE command_id IS NOT NULL;

-- Answers that no event carries: refusals, and a yes that changed nothing. `code` is NULL for that yes.
CREATE TABLE auction_answers (
    auction_id    bigint      NOT NULL,
    trader_id     bigint      NOT NULL,
    command_id    text        NOT NULL,
    ordinal       bigint      GENERATED ALWAYS AS IDENTITY,   -- the order in which they were given
    at            timestamptz NOT NULL,
    after_seq     integer     NOT NULL CHECK (after_seq >= 0),
    code          text,
    minimum_cents bigint,
    lot           bigint,   -- what a refused bid asked for; NULL for a decline
    amount        text,
    PRIMARY KEY (auction_id, trader_id, command_id)
);

-- History and answers are only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER auction_events_stand BEFORE UPDATE OR DELETE ON auction_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER auction_answers_stand BEFORE UPDATE OR DELETE ON auction_answers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
