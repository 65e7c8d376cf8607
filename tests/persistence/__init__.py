"""The book: one contract for PostgreSQL and memory, and what only PostgreSQL does."""
