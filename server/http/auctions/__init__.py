"""Auctions over HTTP: lists, descriptions, creation, changes, history."""
