"""Who buys: companies, connections, invitations and mailing lists (§2, §3)."""
