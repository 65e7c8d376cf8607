"""Papers that people print and sign: offers, order forms, delivery notes, as PDF in the reader's language (§6.1)."""
