-- What names a vehicle in an entity's books names one (domain §4.1). Where two have the same number already, this step is
-- refused and says which: nobody but the entity knows whose it is.

-- A line of the police book is one vehicle's for ever, also when it has left.
CREATE UNIQUE INDEX vehicles_police_book ON vehicles (entity_id, police_book_number)
    WHERE police_book_number IS NOT NULL;

-- A released vehicle may come back into the same stock one day.
CREATE UNIQUE INDEX vehicles_vin ON vehicles (entity_id, vin) WHERE status <> 'released';
