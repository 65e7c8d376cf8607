"""The live book: the journal of running auctions, its batches, and how an auction is read back."""
