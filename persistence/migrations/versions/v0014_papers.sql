-- What papers say and nothing else did keep (domain §6.1): who sells, by its numbers, and the VAT that each vehicle of an
-- offer was offered or sold under, whatever its card says afterwards.

ALTER TABLE entities
    ADD COLUMN siret      text CHECK (siret ~ '^[0-9]{14}$'),
    ADD COLUMN vat_number text CHECK (vat_number <> '');

ALTER TABLE offer_lines ADD COLUMN vat text CHECK (vat IN ('margin', 'recoverable', 'unknown'));
UPDATE offer_lines AS line SET vat = vehicles.vat FROM vehicles WHERE vehicles.id = line.vehicle_id;
UPDATE offer_lines AS line SET vat = sold.vat
FROM offers AS home
JOIN auction_lot_vehicles AS sold ON sold.auction_id = home.auction_id AND sold.lot = home.lot
WHERE home.id = coalesce(line.home_offer_id, line.offer_id) AND sold.vehicle_id = line.vehicle_id;
ALTER TABLE offer_lines ALTER COLUMN vat SET NOT NULL;
