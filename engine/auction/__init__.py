"""One auction, from its terms to its last decision.

commands → decide → events → apply → state → views. `decide` reads, `apply` writes, and the clock
enters by one door: the `at` of a command.
"""
