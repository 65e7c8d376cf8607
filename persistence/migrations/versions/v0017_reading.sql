-- What lists are read by besides (docs/decisions/0020-counting-lists.md).

-- An auction sold it, in its home offer's lot: true from the ending on, wherever the line is brought (§5.4.3, §6.2).
ALTER TABLE offer_lines ADD COLUMN fixed boolean NOT NULL DEFAULT false;
UPDATE offer_lines AS line SET fixed = true
FROM offers AS home JOIN auction_lot_vehicles AS sold ON sold.auction_id = home.auction_id AND sold.lot = home.lot
WHERE home.id = coalesce(line.home_offer_id, line.offer_id) AND sold.vehicle_id = line.vehicle_id;

-- What was handed to a trader without an order.
CREATE INDEX deliveries_by_hand ON deliveries (trader_id) WHERE order_id IS NULL;

-- The stock in further orders of the columns that its list usually shows.
CREATE INDEX vehicles_by_model ON vehicles (entity_id, model, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_version ON vehicles (entity_id, version, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_energy ON vehicles (entity_id, energy, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_colour ON vehicles (entity_id, colour, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_plate ON vehicles (entity_id, plate, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_vin ON vehicles (entity_id, vin, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_internal_number ON vehicles (entity_id, internal_number, id) WHERE status <> 'released';

-- What a trader looks for among the vehicles that auctions sold: those are many, and go through in the order of their ids.
CREATE INDEX vehicles_shown_by_id ON vehicles (id) INCLUDE (shown_text);

-- The history between two instants.
CREATE INDEX audit_entity_at ON audit (entity_id, at);
CREATE INDEX audit_group_at ON audit (group_id, at) WHERE entity_id IS NULL;
