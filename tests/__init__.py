"""The tests mirror the rooms; `simulation/` and `e2e/` stand above them.

A test reads as a sentence about auctions and cites the rule it proves (`§5.3.1`). No sleeps, no network but loopback,
no mock where a fake or the real thing will do.
"""
