"""Tests of the crowd: that it says what the protocol says, counts what comes, and reckons time from when it was due."""
