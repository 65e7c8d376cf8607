"""After the sale: offers, orders, deliveries, invoices, and what their papers say (§6)."""
