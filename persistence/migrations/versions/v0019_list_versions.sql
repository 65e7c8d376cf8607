-- Of two dealers who change one mailing list, the second is told (domain §3.1): a change names the version that it has read.
ALTER TABLE mailing_lists ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);
