-- The vehicle's card and its life line (domain §4.1 to §4.7). Money is integer cents; HT where the name says so.

ALTER TABLE vehicles
    -- Whoever changes a card names the revision that it has read.
    ADD COLUMN revision                    integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    ADD COLUMN custom_make                 boolean NOT NULL DEFAULT false,   -- §4.7: unknown to the catalogue, typed in
    ADD COLUMN moved_to_site_id            bigint REFERENCES sites,
    ADD COLUMN proposed_market_value_cents bigint CHECK (proposed_market_value_cents > 0),
    ADD COLUMN proposed_sale_price_cents   bigint CHECK (proposed_sale_price_cents > 0),
    ADD COLUMN proposed_trade_price_cents  bigint CHECK (proposed_trade_price_cents > 0),
    ADD COLUMN sale_price_changed_at       timestamptz,
    ADD COLUMN amount_owed_cents           bigint CHECK (amount_owed_cents >= 0),
    ADD COLUMN warranty                    text NOT NULL DEFAULT '',
    ADD COLUMN warranty_months             smallint CHECK (warranty_months >= 0),
    -- §4.3: shown beside the vehicle, which may be sold to traders nevertheless.
    ADD COLUMN retail_offer                boolean NOT NULL DEFAULT false,
    ADD COLUMN reserved_for_client         text CHECK (reserved_for_client <> ''),
    -- §4.2: why it is in stock for so long, and whether anybody is still asked.
    ADD COLUMN stock_reason                text NOT NULL DEFAULT '',
    ADD COLUMN stock_muted                 boolean NOT NULL DEFAULT false,
    ADD COLUMN released_at                 timestamptz,
    ADD CHECK (custom_make = false OR matched = false),
    ADD CHECK (next_inspection_on >= last_inspection_on) NOT VALID,
    -- A status is a standard one or one that the entity has added to the line of the vehicle's destination.
    DROP CONSTRAINT vehicles_status_check,
    ADD CONSTRAINT vehicles_status_check CHECK (status ~ '^[a-z][a-z0-9_]{0,39}$');

-- However the dashes are typed, a plate is the same plate.
DROP INDEX vehicles_plate;
CREATE UNIQUE INDEX vehicles_plate ON vehicles (entity_id, translate(plate, ' -', '')) WHERE status <> 'released';

-- §4.7: equipment that is the vehicle's own. The VAT is a rate in hundredths of a per cent.
CREATE TABLE vehicle_equipment (
    vehicle_id       bigint  NOT NULL REFERENCES vehicles ON DELETE CASCADE,
    position         integer NOT NULL CHECK (position > 0),
    label            text    NOT NULL CHECK (label <> ''),
    category         text    NOT NULL DEFAULT '',
    price_ht_cents   bigint  NOT NULL CHECK (price_ht_cents >= 0),
    vat_basis_points integer NOT NULL CHECK (vat_basis_points BETWEEN 0 AND 10000),
    price_ttc_cents  bigint  NOT NULL CHECK (price_ttc_cents >= price_ht_cents),
    PRIMARY KEY (vehicle_id, position)
);

CREATE TABLE vehicle_repairs (
    vehicle_id    bigint  NOT NULL REFERENCES vehicles ON DELETE CASCADE,
    position      integer NOT NULL CHECK (position > 0),
    label         text    NOT NULL CHECK (label <> ''),
    cost_ht_cents bigint  CHECK (cost_ht_cents >= 0),
    done_on       date,
    PRIMARY KEY (vehicle_id, position)
);

CREATE TABLE vehicle_contracts (
    vehicle_id  bigint  NOT NULL REFERENCES vehicles ON DELETE CASCADE,
    position    integer NOT NULL CHECK (position > 0),
    label       text    NOT NULL CHECK (label <> ''),
    price_cents bigint  CHECK (price_cents >= 0),
    ends_on     date,
    PRIMARY KEY (vehicle_id, position)
);

-- A defect keeps its id while it is on the card: its photos hang on it.
CREATE TABLE vehicle_defects (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vehicle_id           bigint  NOT NULL REFERENCES vehicles ON DELETE CASCADE,
    position             integer NOT NULL CHECK (position > 0),
    name                 text    NOT NULL CHECK (name <> ''),
    repair_cost_ht_cents bigint  CHECK (repair_cost_ht_cents >= 0),
    UNIQUE (id, vehicle_id),
    UNIQUE (vehicle_id, position) DEFERRABLE INITIALLY DEFERRED
);

-- What an entity has decided about its stock (§4.2).
ALTER TABLE entities
    ADD COLUMN publishable_from          text NOT NULL DEFAULT 'sales_stock'
               CHECK (publishable_from IN ('pre_arrival', 'physical_entry', 'price_destination', 'sales_stock')),
    ADD COLUMN leave_sales_stock_by_hand boolean NOT NULL DEFAULT false,
    ADD COLUMN days_target               smallint CHECK (days_target > 0),
    ADD COLUMN price_destination_for     text[] NOT NULL DEFAULT '{private,trade}'
               CHECK (price_destination_for <@ ARRAY['private', 'trade']);

-- The statuses that an entity has added between two standard ones, on the line of a destination.
CREATE TABLE added_statuses (
    entity_id   bigint  NOT NULL REFERENCES entities,
    destination text    NOT NULL CHECK (destination IN ('private', 'trade')),
    code        text    NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$' AND code NOT IN (
        'pre_arrival', 'physical_entry', 'price_destination', 'sales_stock', 'delivery', 'released')),
    position    integer NOT NULL CHECK (position > 0),   -- among all that the line has
    after       text    NOT NULL
                CHECK (after IN ('pre_arrival', 'physical_entry', 'price_destination', 'sales_stock', 'delivery')),
    label       text    NOT NULL CHECK (label <> ''),
    PRIMARY KEY (entity_id, destination, code),
    UNIQUE (entity_id, destination, position)
);
