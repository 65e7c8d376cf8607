-- Who may do what (domain §1).
SELECT 1;
