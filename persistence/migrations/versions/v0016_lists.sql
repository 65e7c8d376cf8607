-- What lists of a full house are found and counted by (docs/decisions/0020-counting-lists.md).

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The pattern of what holds a text, whatever its case and accents.
CREATE FUNCTION holding(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN '%' || regexp_replace(folded(given), '([\\%_])', '\\\1', 'g') || '%';

-- What a trader is shown of a vehicle, and so may look for: `search_text` without the dealer's own numbers (§5.5.3).
ALTER TABLE vehicles ADD COLUMN shown_text text NOT NULL GENERATED ALWAYS AS (left(folded(
    translate(coalesce(plate, ''), ' -', '') || ' ' || make || ' ' || model || ' ' || version || ' ' || vehicles.trim), 400)) STORED;

-- Words with three letters in a row are found by their trigrams; others by reading a narrow index through, in the order
-- in which lists show vehicles.
DROP INDEX vehicles_search;
CREATE INDEX vehicles_search ON vehicles (entity_id, make, model, id) INCLUDE (search_text) WHERE status <> 'released';
CREATE INDEX vehicles_searched ON vehicles USING gin (search_text gin_trgm_ops);
CREATE INDEX vehicles_shown ON vehicles USING gin (shown_text gin_trgm_ops);
-- A buyer by its name, whatever its case and accents.
CREATE INDEX trader_companies_named ON trader_companies USING gin (folded(legal_name) gin_trgm_ops);

-- What a stock is usually filtered and sorted by, read through without the rows themselves.
CREATE INDEX vehicles_by_field ON vehicles (entity_id, make, model, id) INCLUDE (
    site_id, status, destination, kind, body, energy, gearbox, colour, first_registration, mileage_km, entered_at, vat,
    market_value_cents, sale_price_cents, trade_price_cents, trade_sale_authorised, matched, photos_count,
    reserved_for_trader_id, reserved_for_client) WHERE status <> 'released';
-- The orders in which it is usually read besides.
CREATE INDEX vehicles_by_trade_price ON vehicles (entity_id, trade_price_cents, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_sale_price ON vehicles (entity_id, sale_price_cents, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_market_value ON vehicles (entity_id, market_value_cents, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_mileage ON vehicles (entity_id, mileage_km, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_registration ON vehicles (entity_id, first_registration, id) WHERE status <> 'released';
