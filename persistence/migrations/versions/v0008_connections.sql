-- Who is invited, and how (domain §2, §3).
SELECT 1;
