"""How often this process looks for reference cycles: seldom, and never among what stands since it opened.

A storm of bids makes objects faster than the interpreter expects of a program, and as it comes it looks through the
whole house for cycles every few hundred bids: a fifth of the processor's time, and pauses on every screen. What bids
make is freed by reference counts alone; cycles come from faults and closed connections, which are few.
"""

import gc
from typing import Final

YOUNG_OBJECTS: Final = 10_000
"""New containers after which the youngest are looked through; the interpreter's own figure is 700."""
YOUNG_ROUNDS: Final = 20
MIDDLE_ROUNDS: Final = 20
"""After how many rounds of the younger generation the next older one is looked through."""


def collect_seldom() -> None:
    """To be called once, when the house stands: what is there by then is not looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, YOUNG_ROUNDS, MIDDLE_ROUNDS)
