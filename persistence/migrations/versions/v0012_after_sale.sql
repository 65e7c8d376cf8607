-- Offers, orders, deliveries (domain §6).
SELECT 1;
