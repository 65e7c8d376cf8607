"""How what somebody is to be told reaches people: notifications, and mail in their language (§5.1.5, §5.4.4, §6)."""
