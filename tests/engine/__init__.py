"""Rules of the auction, one test a sentence; no database, no clock, no network."""
