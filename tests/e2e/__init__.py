"""Real browsers against the real house."""
