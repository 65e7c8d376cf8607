-- Auctions that change before their start (domain §5.1.4), and one table for all that people are told.

-- One more with every change of the terms: of two dealers who change the same version, the second is told.
ALTER TABLE auctions ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);

-- §3.4: taken out of the audience of a scheduled auction. Only who has said something by then keeps a row, for its name.
ALTER TABLE auction_audience ADD COLUMN uninvited boolean NOT NULL DEFAULT false;

-- What auctions tell stands in `notices`, like everything else that people are told; nothing was ever delivered from here.
DROP TABLE messages;

-- How an ended auction came out, in the dealer's word (§5.5.1): projection, written in the transaction of the decisions.
ALTER TABLE auctions ADD COLUMN result text CHECK (result IN ('won', 'partly_won', 'not_won', 'sale_cancelled'));
UPDATE auctions SET result = (
    SELECT CASE WHEN bool_and(outcome = 'won') THEN 'won' WHEN bool_or(outcome = 'won') THEN 'partly_won'
                WHEN bool_or(outcome = 'sale_cancelled') THEN 'sale_cancelled' ELSE 'not_won' END
    FROM auction_lots WHERE auction_id = auctions.id)
WHERE status = 'ended';

-- What lists of a trader's auctions ask of all of them. Bids are in neither index.
CREATE INDEX auction_lots_winner ON auction_lots (winner_trader_id, auction_id) WHERE winner_trader_id IS NOT NULL;
CREATE INDEX auction_events_declined ON auction_events (trader_id, auction_id, seq) WHERE kind = 'declined';
