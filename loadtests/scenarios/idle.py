"""Idle: what one more signed-in connection that follows an auction costs the server in memory, when nothing happens.

The first connections warm the server up and are not counted: pools, caches and code are paid once.
"""

from typing import Final

from loadtests.figures import heading, said
from loadtests.houses import House
from loadtests.processes import resident_bytes

MOST_KILOBYTES: Final = 20.0

_WARMING: Final = 250


def idle(house: House, *, connections: int) -> bool:
    """Measure; answer whether the target is kept."""
    heading(f"idle, {connections} more connections")
    auction = house.hold_auction()
    with house.readers(_WARMING, auction):
        before = resident_bytes(house.pid)
        with house.readers(connections, auction) as readers:
            readers.call("listen", 1.0)
            each = (resident_bytes(house.pid) - before) / connections / 1024
    kept = each <= MOST_KILOBYTES
    verdict = "kept" if kept else "MISSED"
    said(f"  idle: {each:.1f} KB a connection of the server's own memory; target ≤ {MOST_KILOBYTES:g} KB: {verdict}")
    return kept
