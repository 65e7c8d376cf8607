"""The scenarios of a run: each takes a running house, loads it, says what it saw and answers its comparisons."""
