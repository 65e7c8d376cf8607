-- Stock (domain §4): the vehicles of an entity, as their card shows them. Money is integer cents; HT where the name says so.

CREATE TABLE vehicles (
    id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity_id              bigint NOT NULL REFERENCES entities,
    site_id                bigint NOT NULL,           -- the owning site
    physical_site_id       bigint REFERENCES sites,   -- where it stands, if elsewhere
    -- What it is (§4.1).
    make                   text NOT NULL CHECK (make <> ''),
    model                  text NOT NULL CHECK (model <> ''),
    version                text NOT NULL DEFAULT '',
    trim                   text NOT NULL DEFAULT '',
    kind                   text NOT NULL DEFAULT 'passenger'
                           CHECK (kind IN ('passenger', 'van', '4x4', 'motorcycle', 'scooter', 'quad', 'other')),
    body                   text NOT NULL DEFAULT '',
    energy                 text NOT NULL DEFAULT '',
    fiscal_power_cv        smallint CHECK (fiscal_power_cv >= 0),
    power_ch               smallint CHECK (power_ch >= 0),
    doors                  smallint CHECK (doors BETWEEN 0 AND 9),
    gearbox                text NOT NULL DEFAULT '',
    co2_g_per_km           smallint CHECK (co2_g_per_km >= 0),
    crit_air               text NOT NULL DEFAULT '',
    colour                 text NOT NULL DEFAULT '',
    interior_colour        text NOT NULL DEFAULT '',
    -- Which one it is.
    plate                  text CHECK (plate <> ''),
    vin                    text CHECK (vin ~ '^[A-HJ-NPR-Z0-9]{17}$'),
    internal_number        text CHECK (internal_number <> ''),
    police_book_number     text CHECK (police_book_number <> ''),
    first_registration     date,
    mileage_km             integer CHECK (mileage_km >= 0),
    mileage_guaranteed     boolean NOT NULL DEFAULT false,
    origin                 text NOT NULL DEFAULT '',
    entered_at             date,
    -- Where it is going (§4.2).
    status                 text NOT NULL DEFAULT 'pre_arrival'
                           CHECK (status IN ('pre_arrival', 'physical_entry', 'price_destination', 'sales_stock', 'delivery', 'released')),
    destination            text CHECK (destination IN ('private', 'trade', 'scrap', 'moved')),
    -- Prices.
    vat                    text NOT NULL DEFAULT 'margin' CHECK (vat IN ('margin', 'recoverable', 'unknown')),
    market_value_cents     bigint CHECK (market_value_cents > 0),
    sale_price_cents       bigint CHECK (sale_price_cents > 0),
    trade_price_cents      bigint CHECK (trade_price_cents > 0),
    staff_price_cents      bigint CHECK (staff_price_cents > 0),
    purchase_price_cents   bigint NOT NULL DEFAULT 0 CHECK (purchase_price_cents >= 0),
    planned_costs_ht_cents bigint NOT NULL DEFAULT 0 CHECK (planned_costs_ht_cents >= 0),
    actual_costs_ht_cents  bigint NOT NULL DEFAULT 0 CHECK (actual_costs_ht_cents >= 0),
    -- What must be so before it may be sold to traders (§4.3).
    trade_sale_authorised  boolean NOT NULL DEFAULT false,
    matched                boolean NOT NULL DEFAULT false,
    -- Its condition.
    accident_damaged       boolean NOT NULL DEFAULT false,
    running                boolean NOT NULL DEFAULT true,
    imported               boolean NOT NULL DEFAULT false,
    first_owner            boolean NOT NULL DEFAULT false,
    service_book           boolean NOT NULL DEFAULT false,
    battery_health_percent smallint CHECK (battery_health_percent BETWEEN 0 AND 100),
    battery_tested_on      date,
    battery_expires_on     date CHECK (battery_expires_on >= battery_tested_on),
    last_inspection_on     date,
    next_inspection_on     date,
    comments               text NOT NULL DEFAULT '',
    -- For whom it is kept (§4.2, §5.4.2).
    reserved_for_trader_id bigint REFERENCES trader_companies,
    reserved_at            timestamptz,
    created_at             timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (site_id, entity_id) REFERENCES sites (id, entity_id),
    CHECK ((reserved_for_trader_id IS NULL) = (reserved_at IS NULL))
);
CREATE INDEX vehicles_entity ON vehicles (entity_id, id);
-- A released vehicle may come back into the same stock one day.
CREATE UNIQUE INDEX vehicles_plate ON vehicles (entity_id, plate) WHERE status <> 'released';
