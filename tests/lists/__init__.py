"""The lists of a full house, timed beside the bare SQL: `make bench-lists`. A measurement, not part of the build."""
