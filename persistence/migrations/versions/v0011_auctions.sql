-- Auctions that change before their start (domain §5.1.4), and one table for all that people are told.

-- One more with every change of the terms: of two dealers who change the same version, the second is told.
ALTER TABLE auctions ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);

-- §3.4: taken out of the audience of a scheduled auction. Only who has said something by then keeps a row, for its name.
ALTER TABLE auction_audience ADD COLUMN uninvited boolean NOT NULL DEFAULT false;

-- What auctions tell stands in `notices`, like everything else that people are told; nothing was ever delivered from here.
DROP TABLE messages;
