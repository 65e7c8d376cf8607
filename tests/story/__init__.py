"""One story, told through the public API and the live protocol alone."""
