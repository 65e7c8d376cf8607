"""The crowd: load on a running house, from outside, over the wire alone. Imports nothing of ours.

Every scenario is bounded in count and in time, speaks only to 127.0.0.1, and is an open loop: latency is counted from
the moment at which a bid was meant to be sent, whether or not the house was ready for it. What is compared is measured
in the same run, in turns, on the same machine and the same PostgreSQL: absolute figures drift, ratios do not.
"""
