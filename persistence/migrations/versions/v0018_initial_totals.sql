-- What an offer's vehicles came to without VAT when it was made (domain §6.2), beside `price_cents`, the same with it.

-- Domain §0: a price TTC without VAT, half up; the same under the margin scheme. As `without_vat` of the engine has it.
CREATE FUNCTION price_ht_cents(price_cents bigint, vat text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT
    RETURN CASE vat WHEN 'recoverable' THEN round(price_cents * 5 / 6.0)::bigint ELSE price_cents END;

ALTER TABLE offers ADD COLUMN price_ht_cents bigint CHECK (price_ht_cents >= 0);

-- Offers made before: exact where no price and no vehicle was changed since, else in the proportion of what they hold now.
UPDATE offers SET price_ht_cents = coalesce(
    (SELECT CASE sum(line.price_cents)
                WHEN offers.price_cents THEN sum(price_ht_cents(line.price_cents, line.vat))
                ELSE round(offers.price_cents * sum(price_ht_cents(line.price_cents, line.vat))
                           / nullif(sum(line.price_cents), 0))
            END
     FROM offer_lines AS line WHERE line.offer_id = offers.id),
    offers.price_cents);
ALTER TABLE offers ALTER COLUMN price_ht_cents SET NOT NULL;
