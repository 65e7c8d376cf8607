"""THE BOOK: what happened, kept so that it cannot be lost.

Knows the engine's types and stores them; never decides anything about an auction.
Imports engine, asyncpg and the migration tool; never server, web or a clock of its own.
"""
