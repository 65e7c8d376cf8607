"""The bodies that the demonstration draws: a line from the front bumper over the roof to the rear one, and its windows.

Numbers only, in metres: x to the front, z up, the middle of the car at x = 0. How they become a picture is the
renderer's business (model.py).
"""

from typing import Final

from msgspec import Struct

Point = tuple[float, float]


class Shape(Struct, frozen=True):
    """A body seen from its side. `line` runs from the lower edge of the front bumper to that of the rear one.

    `screen` and `rear` are the two places in the line between which the front and the rear window lie; `windows` are
    the side windows; `axles` where the wheels stand, `wheel` their radius, `half_width` half the car's width.
    """

    line: tuple[Point, ...]
    screen: tuple[int, int]
    rear: tuple[int, int] | None
    windows: tuple[tuple[Point, ...], ...]
    doors: tuple[float, ...]
    axles: tuple[float, float]
    wheel: float = 0.325
    half_width: float = 0.88
    belt: float = 0.93
    sill: float = 0.21
    lean: float = 0.24
    lamps: tuple[float, float] | None = None
    """Where in the line the tail lamps are, if not right below the rear window."""
    clad: bool = False
    """Whether sills and arches are of black plastic."""

    @property
    def length(self) -> float:
        """From bumper to bumper."""
        return max(x for x, _ in self.line) - min(x for x, _ in self.line)

    @property
    def height(self) -> float:
        """From the ground to the roof."""
        return max(z for _, z in self.line)


HATCHBACK: Final = Shape(
    line=((1.96, 0.22), (2.0, 0.42), (1.96, 0.62), (1.84, 0.8), (1.5, 0.92), (1.04, 1.0), (0.3, 1.4), (-0.3, 1.47),
          (-1.1, 1.46), (-1.58, 1.38), (-1.85, 1.0), (-1.93, 0.8), (-1.98, 0.5), (-1.94, 0.26)),
    screen=(5, 6), rear=(9, 10),
    windows=(((0.88, 0.98), (0.3, 1.33), (-0.36, 1.37), (-0.36, 0.97)),
             ((-0.44, 0.97), (-0.44, 1.37), (-1.08, 1.35), (-1.36, 1.2), (-1.3, 1.0))),
    doors=(0.86, -0.4, -1.22), axles=(1.25, -1.27),
)  # fmt: skip
SALOON: Final = Shape(
    line=((2.22, 0.22), (2.27, 0.42), (2.23, 0.6), (2.1, 0.77), (1.7, 0.89), (1.02, 0.98), (0.22, 1.37), (-0.45, 1.44),
          (-0.95, 1.41), (-1.28, 1.34), (-1.78, 1.06), (-2.14, 1.02), (-2.22, 0.78), (-2.25, 0.5), (-2.2, 0.26)),
    screen=(5, 6), rear=(9, 10),
    windows=(((0.86, 0.96), (0.24, 1.29), (-0.42, 1.33), (-0.42, 0.96)),
             ((-0.5, 0.96), (-0.5, 1.33), (-0.95, 1.3), (-1.4, 1.06), (-1.36, 0.98))),
    doors=(0.84, -0.46, -1.25), axles=(1.38, -1.36), half_width=0.9, lamps=(11.05, 11.85),
)  # fmt: skip
ESTATE: Final = Shape(
    line=((2.22, 0.22), (2.27, 0.42), (2.23, 0.6), (2.1, 0.77), (1.7, 0.89), (1.04, 0.98), (0.26, 1.38), (-0.45, 1.46),
          (-1.4, 1.45), (-1.92, 1.38), (-2.16, 1.0), (-2.22, 0.8), (-2.26, 0.5), (-2.21, 0.26)),
    screen=(5, 6), rear=(9, 10),
    windows=(((0.88, 0.96), (0.28, 1.3), (-0.4, 1.35), (-0.4, 0.96)),
             ((-0.48, 0.96), (-0.48, 1.35), (-1.16, 1.34), (-1.16, 0.97)),
             ((-1.24, 0.98), (-1.24, 1.34), (-1.72, 1.3), (-1.92, 1.06), (-1.88, 1.0))),
    doors=(0.86, -0.44, -1.2), axles=(1.38, -1.36), half_width=0.9,
)  # fmt: skip
TALL: Final = Shape(
    line=((2.13, 0.28), (2.18, 0.5), (2.15, 0.76), (2.02, 0.96), (1.62, 1.06), (1.08, 1.13), (0.38, 1.56), (-0.3, 1.65),
          (-1.2, 1.63), (-1.72, 1.54), (-2.0, 1.14), (-2.09, 0.94), (-2.14, 0.58), (-2.09, 0.32)),
    screen=(5, 6), rear=(9, 10),
    windows=(((0.92, 1.1), (0.38, 1.47), (-0.36, 1.53), (-0.36, 1.1)),
             ((-0.44, 1.1), (-0.44, 1.53), (-1.14, 1.51), (-1.14, 1.11)),
             ((-1.22, 1.13), (-1.22, 1.5), (-1.5, 1.45), (-1.68, 1.2))),
    doors=(0.9, -0.4, -1.18), axles=(1.32, -1.32), wheel=0.375, half_width=0.92, belt=1.07, sill=0.32, clad=True,
)  # fmt: skip
PEOPLE_CARRIER: Final = Shape(
    line=((2.1, 0.22), (2.15, 0.45), (2.1, 0.68), (1.98, 0.86), (1.66, 0.98), (1.36, 1.08), (0.5, 1.54), (-0.2, 1.64),
          (-1.3, 1.62), (-1.86, 1.54), (-2.08, 1.06), (-2.13, 0.84), (-2.16, 0.5), (-2.12, 0.26)),
    screen=(5, 6), rear=(9, 10),
    windows=(((1.16, 1.05), (0.52, 1.44), (-0.14, 1.5), (-0.14, 1.02)),
             ((-0.22, 1.02), (-0.22, 1.5), (-1.0, 1.5), (-1.0, 1.02)),
             ((-1.08, 1.03), (-1.08, 1.5), (-1.68, 1.45), (-1.84, 1.1))),
    doors=(1.0, -0.18, -1.04), axles=(1.36, -1.36), half_width=0.9, belt=1.0,
)  # fmt: skip
SMALL_VAN: Final = Shape(
    line=((2.13, 0.26), (2.18, 0.48), (2.14, 0.74), (2.02, 0.94), (1.7, 1.06), (1.34, 1.16), (0.62, 1.68), (0.1, 1.82),
          (-1.4, 1.84), (-2.02, 1.8), (-2.12, 1.2), (-2.15, 0.9), (-2.17, 0.52), (-2.14, 0.3)),
    screen=(5, 6), rear=None,
    windows=(((1.16, 1.12), (0.62, 1.52), (0.1, 1.56), (0.1, 1.1)),),
    doors=(1.02, 0.04, -0.92), axles=(1.38, -1.34), wheel=0.33, half_width=0.92, belt=1.08, sill=0.3, lean=0.1,
)  # fmt: skip
VAN: Final = Shape(
    line=((2.62, 0.3), (2.68, 0.56), (2.62, 0.9), (2.5, 1.12), (2.24, 1.24), (2.0, 1.34), (1.4, 2.06), (0.9, 2.36),
          (-1.7, 2.42), (-2.6, 2.4), (-2.68, 1.6), (-2.7, 1.1), (-2.72, 0.62), (-2.68, 0.36)),
    screen=(5, 6), rear=None,
    windows=(((1.84, 1.3), (1.36, 1.82), (0.84, 1.86), (0.84, 1.26)),),
    doors=(1.64, 0.78, -0.5), axles=(1.72, -1.66), wheel=0.36, half_width=1.0, belt=1.24, sill=0.36, lean=0.09,
)  # fmt: skip

BODIES: Final = {
    "Citadine": HATCHBACK,
    "Berline": SALOON,
    "Break": ESTATE,
    "SUV": TALL,
    "4x4": TALL,
    "Monospace": PEOPLE_CARRIER,
    "Fourgonnette": SMALL_VAN,
    "Fourgon": VAN,
}
"""By the word on the card; what has none here is drawn as a hatchback."""
