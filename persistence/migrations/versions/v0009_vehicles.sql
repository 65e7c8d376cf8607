-- The vehicle's card and its life line (domain §4.
SELECT 1;
