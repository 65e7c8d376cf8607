-- Words among the vehicles that were sold (docs/decisions/0020-counting-lists.md).

-- What a dealer looks for among vehicles that auctions or offers hold: those are many, and go through in the order of
-- their ids. Beside vehicles_shown_by_id, which is a trader's.
CREATE INDEX vehicles_searched_by_id ON vehicles (id) INCLUDE (entity_id, search_text);

-- In which auctions a vehicle was, read from the index alone.
DROP INDEX auction_lot_vehicles_vehicle;
CREATE INDEX auction_lot_vehicles_vehicle ON auction_lot_vehicles (vehicle_id) INCLUDE (auction_id);
