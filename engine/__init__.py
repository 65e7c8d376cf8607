"""The rules of the house. Pure: no clock, no input or output, no log, no chance.

Everything here is a value or a function of values, so the same history always gives the same
auction: live, replayed from a file, or recovered after a crash.
"""
