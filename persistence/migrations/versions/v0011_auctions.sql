-- Auctions that change before their start (domain §5.
SELECT 1;
