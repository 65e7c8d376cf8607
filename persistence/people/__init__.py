"""Who sells: groups, entities, users, their rights, sessions and passwords (§1)."""
