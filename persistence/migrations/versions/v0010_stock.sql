-- Files of vehicles, and searches of the stock (domain §4.1, §4.5, §4.8).

-- Without accents and case. Marks go before the case does: a collation may know no letters but A to Z.
CREATE FUNCTION folded(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]', '', 'g'));

-- What a search looks into: what names the vehicle first, so that a cut leaves it. An entry of an index is bounded.
ALTER TABLE vehicles ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (left(folded(
    translate(coalesce(plate, ''), ' -', '') || ' ' || coalesce(vin, '') || ' ' || coalesce(internal_number, '') || ' '
    || coalesce(police_book_number, '') || ' ' || make || ' ' || model || ' ' || version || ' ' || vehicles.trim), 400)) STORED;
-- Read whole for an entity, with what its list is sorted by: the rows themselves stay aside.
CREATE INDEX vehicles_search ON vehicles (entity_id, make, model, id) INCLUDE (search_text) WHERE status <> 'released';

-- What lists usually show, in the orders in which they are usually read, and what they are usually narrowed by.
CREATE INDEX vehicles_by_make ON vehicles (entity_id, make, model, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_entry ON vehicles (entity_id, entered_at, id) WHERE status <> 'released';
CREATE INDEX vehicles_by_status ON vehicles (entity_id, status, make, model, id);
CREATE INDEX vehicles_reserved ON vehicles (entity_id, reserved_for_trader_id) WHERE reserved_for_trader_id IS NOT NULL;

-- Photos of a vehicle or of one of its defects. The bytes are in the storage under keys that nobody guesses; they are there
-- before the row is, and may outlive it.
CREATE TABLE vehicle_photos (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vehicle_id    bigint  NOT NULL REFERENCES vehicles ON DELETE CASCADE,
    defect_id     bigint,
    position      integer NOT NULL CHECK (position > 0),
    caption       text    NOT NULL DEFAULT '' CHECK (length(caption) <= 200),
    photo_key     text    NOT NULL UNIQUE CHECK (photo_key <> ''),
    thumbnail_key text    NOT NULL UNIQUE CHECK (thumbnail_key <> ''),
    width         integer NOT NULL CHECK (width > 0),
    height        integer NOT NULL CHECK (height > 0),
    added_by      bigint  REFERENCES users,
    added_at      timestamptz NOT NULL,
    FOREIGN KEY (defect_id, vehicle_id) REFERENCES vehicle_defects (id, vehicle_id) ON DELETE CASCADE,
    UNIQUE (vehicle_id, position) DEFERRABLE INITIALLY DEFERRED
);

-- How many photos a vehicle has, which lists filter by: however a photo comes or goes, also with its defect.
ALTER TABLE vehicles ADD COLUMN photos_count integer NOT NULL DEFAULT 0 CHECK (photos_count >= 0);
CREATE FUNCTION count_photos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE vehicles SET photos_count = photos_count + CASE TG_OP WHEN 'INSERT' THEN changed.count ELSE -changed.count END
    FROM (SELECT vehicle_id, count(*)::int AS count FROM photos GROUP BY vehicle_id) AS changed
    WHERE vehicles.id = changed.vehicle_id;
    RETURN NULL;
END $$;
CREATE TRIGGER vehicle_photos_added AFTER INSERT ON vehicle_photos REFERENCING NEW TABLE AS photos
    FOR EACH STATEMENT EXECUTE FUNCTION count_photos();
CREATE TRIGGER vehicle_photos_removed AFTER DELETE ON vehicle_photos REFERENCING OLD TABLE AS photos
    FOR EACH STATEMENT EXECUTE FUNCTION count_photos();

-- Other files: the certificate of the battery (§4.5), one, which traders see; documents, which they do not.
CREATE TABLE vehicle_files (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vehicle_id  bigint NOT NULL REFERENCES vehicles ON DELETE CASCADE,
    kind        text   NOT NULL CHECK (kind IN ('battery_certificate', 'document')),
    title       text   NOT NULL DEFAULT '' CHECK (length(title) <= 200),
    storage_key text   NOT NULL UNIQUE CHECK (storage_key <> ''),
    bytes       integer NOT NULL CHECK (bytes > 0),
    added_by    bigint REFERENCES users,
    added_at    timestamptz NOT NULL
);
CREATE INDEX vehicle_files_vehicle ON vehicle_files (vehicle_id, id);
CREATE UNIQUE INDEX vehicle_files_certificate ON vehicle_files (vehicle_id) WHERE kind = 'battery_certificate';

-- §4.8: a user's own searches, in one entity or in all of theirs. `filters` is a query's members and their texts.
CREATE TABLE saved_searches (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint  NOT NULL REFERENCES users ON DELETE CASCADE,
    entity_id  bigint  REFERENCES entities,
    name       text    NOT NULL CHECK (name <> '' AND length(name) <= 100),
    filters    jsonb   NOT NULL DEFAULT '{}',
    sort       text    NOT NULL DEFAULT '',
    columns    text[]  NOT NULL DEFAULT '{}',
    pinned     boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (user_id, entity_id, name)
);
