"""Signing in, one's account, users, rights, entities and sites over HTTP (§1)."""
