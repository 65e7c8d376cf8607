"""What the house is measured beside: the usual design, and the floor below which no fan-out with one send a reader
goes.
"""
