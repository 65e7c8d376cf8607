"""The crowd: load that speaks only the wire.

Nothing of the house is imported here; what is measured is what a bidder on the other side of a socket would see.
"""
