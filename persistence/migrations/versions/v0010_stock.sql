-- Files of vehicles, and searches of the stock (domain §4.
SELECT 1;
