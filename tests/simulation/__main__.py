"""`python -m tests.simulation --seeds N --from S`: more worlds than the build has time for.

Prints every seed that breaks a law, and how; such a seed becomes a test of its own in test_simulation.py.
"""

import argparse
import sys

from tests.simulation.world import play


def main() -> int:
    """The exit code: 1 if any law was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000, metavar="N", help="how many worlds (default: 1,000)")
    parser.add_argument("--from", type=int, default=0, metavar="S", dest="first", help="the first seed (default: 0)")
    asked = parser.parse_args()
    failing = 0
    for seed in range(asked.first, asked.first + asked.seeds):
        broken = play(seed)
        if broken:
            failing += 1
            sys.stdout.write(f"seed {seed}: {len(broken)} times, first {broken[0]}\n")
    sys.stdout.write(f"{asked.seeds} worlds from seed {asked.first}: {failing} broke a law\n")
    return min(failing, 1)


if __name__ == "__main__":
    sys.exit(main())
