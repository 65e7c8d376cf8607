"""Real processes killed under load: what was said stands in the book."""
