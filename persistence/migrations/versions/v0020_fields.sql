-- The fields of a stock, in an index that looks for them itself (docs/decisions/0020-counting-lists.md).

-- What is asked of a key column is asked inside the index, before its entry is taken apart: those that do not match cost
-- little, and they are most. Of one length first: what stands in front of a column is walked over each time it is read.
-- Flags are included only: a key that half the stock has, PostgreSQL would skip by, from entry to entry.
-- `vehicles_by_field` stays for what many match and is read in the order of makes.
CREATE INDEX vehicles_filtered ON vehicles (
    entity_id, id, photos_count, mileage_km, first_registration, entered_at, trade_price_cents, sale_price_cents,
    market_value_cents, energy, status, destination, gearbox, vat, kind, body, colour, site_id)
    INCLUDE (trade_sale_authorised, matched, make, model, reserved_for_trader_id, reserved_for_client)
    WHERE status <> 'released';
