"""Who is told what: notices, notifications and the queue of mails (§5.4.4)."""
