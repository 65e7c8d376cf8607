"""Traders, connections, invitations and mailing lists over HTTP (§2, §3)."""
