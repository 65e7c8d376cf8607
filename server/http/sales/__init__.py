"""Offers, orders, deliveries, invoices, purchases and papers over HTTP (§6)."""
