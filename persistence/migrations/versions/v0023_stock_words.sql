-- Words are looked for mostly among what stands in stock: what has left is not fetched to be thrown away. The index of all
-- vehicles remains for what was sold.
CREATE INDEX vehicles_in_stock_searched ON vehicles USING gin (search_text gin_trgm_ops) WHERE status <> 'released';
