-- Of two dealers who price one offer, the second is told (domain §6.1): a change names the version that it has read.
ALTER TABLE offers ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);

-- What a search of traders looks into, without accents and case: names and cities, which nobody finds across both.
ALTER TABLE trader_companies ADD COLUMN search_text text NOT NULL
    GENERATED ALWAYS AS (folded(legal_name || E'\n' || city)) STORED;
