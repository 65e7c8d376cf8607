"""Auctions in the book: made, changed before their start, listed, described; and what their events cause."""
