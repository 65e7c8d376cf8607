"""A body of shapes.py as surfaces in space, and a camera that looks at them.

Pure geometry: points are (x, y, z) in metres, y to the car's left; pixels have their origin in the upper left corner.
"""

import math
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Final

from msgspec import Struct

from server.demo.photos.shapes import Point, Shape

Vector = tuple[float, float, float]
Pixel = tuple[float, float]
_FINE: Final = 9
"""Into how many parts each stretch of the line is cut."""
_ACROSS: Final = 14
_HARDLY_AWAY: Final = -0.16
_ROUND: Final = 0.07
"""How far the edges between roof and sides are rounded."""


class Cell(Struct, frozen=True):
    """A small four-sided piece of the body, and where it looks."""

    corners: tuple[Vector, Vector, Vector, Vector]
    normal: Vector


def minus(a: Vector, b: Vector) -> Vector:
    """From b to a."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Vector, b: Vector) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def unit(a: Vector) -> Vector:
    """Of length one."""
    length = math.sqrt(dot(a, a)) or 1.0
    return a[0] / length, a[1] / length, a[2] / length


def _cross(a: Vector, b: Vector) -> Vector:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


class Camera:
    """Looks at the middle of the car from `azimuth` (0: from the front, 90: its left side), in degrees."""

    def __init__(self, azimuth: float, height: float, distance: float, target: Vector, scale: float) -> None:
        angle = math.radians(azimuth)
        self.place: Vector = (distance * math.cos(angle), distance * math.sin(angle), height)
        self._forward = unit(minus(target, self.place))
        self._right = unit(_cross(self._forward, (0.0, 0.0, 1.0)))
        self._up = _cross(self._right, self._forward)
        self._scale = scale * distance

    def depth(self, point: Vector) -> float:
        """How far before the camera."""
        return dot(minus(point, self.place), self._forward)

    def project(self, point: Vector, centre: Pixel) -> Pixel:
        """Where on the picture, whose middle of view is `centre`."""
        seen = minus(point, self.place)
        factor = self._scale / dot(seen, self._forward)
        return centre[0] + dot(seen, self._right) * factor, centre[1] - dot(seen, self._up) * factor

    def sees(self, point: Vector, normal: Vector) -> bool:
        """Whether a surface there looks this way, or hardly away."""
        return dot(unit(minus(self.place, point)), normal) > _HARDLY_AWAY


def smooth(points: tuple[Point, ...], parts: int = _FINE) -> list[Point]:
    """A round line through the points (Catmull-Rom, of even weights)."""
    padded = (points[0], *points, points[-1])
    found: list[Point] = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for part in range(parts):
            t = part / parts
            found.append((_between(before[0], start[0], end[0], after[0], t),
                          _between(before[1], start[1], end[1], after[1], t)))  # fmt: skip
    return [*found, points[-1]]


def _between(before: float, start: float, end: float, after: float, t: float) -> float:
    bend = 2 * before - 5 * start + 4 * end - after
    return 0.5 * (2 * start + (end - before) * t + bend * t * t + (3 * start - before - 3 * end + after) * t**3)


class Body:
    """The surfaces of a shape: the band from bumper to bumper, and the two sides."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.line = smooth(shape.line)
        self._half_length = shape.length / 2
        self._middle = (max(x for x, _ in shape.line) + min(x for x, _ in shape.line)) / 2

    def side(self, x: float, z: float) -> float:
        """How far out the left side stands at this place."""
        shape = self.shape
        along = min(1.0, abs(x - self._middle) / self._half_length)
        plan = 1 - 0.13 * along**4
        if z > shape.belt:
            up = (z - shape.belt) / (shape.height - shape.belt)
            return shape.half_width * plan * (1 - shape.lean * math.pow(up, 1.15))
        down = (shape.belt - z) / (shape.belt - shape.sill)
        bulge = 0.014 * math.sin(math.pi * min(1.0, down))
        return shape.half_width * plan * (1 + bulge - 0.012 * down**3)

    def on_side(self, point: Point, out: float = 0.004) -> Vector:
        """A place of the left side, a little before its paint."""
        x, z = point
        return x, self.side(x, z) + out, z

    def on_band(self, place: float, across: float, out: float = 0.0) -> Vector:
        """A place of the band: `place` in the points of the line, `across` from -1 (right) to 1 (left)."""
        at = min(len(self.line) - 1.001, max(0.0, place * _FINE))
        whole, part = int(at), at % 1
        (x0, z0), (x1, z1) = self.line[whole], self.line[whole + 1]
        x, z = x0 + (x1 - x0) * part, z0 + (z1 - z0) * part
        width = self.side(x, z) - _ROUND * 0.6
        steep = abs(z1 - z0) / (math.hypot(x1 - x0, z1 - z0) or 1.0)
        curve = 0.16 * steep**2 * across**4 * (1 if x > self._middle else -1)
        crown = 0.03 * (1 - steep) * across**2
        length = math.hypot(x1 - x0, z1 - z0) or 1.0
        lift = out / length
        return x - curve - (z1 - z0) * lift, across * width, z - crown + abs(x1 - x0) * lift

    @cached_property
    def cells(self) -> list[Cell]:
        """Everything that is painted, from wherever it is looked at."""
        return [*self._band(), *self._sides()]

    def _band(self) -> list[Cell]:
        places = [index / _FINE for index in range(len(self.line))]
        sides = [2 * step / _ACROSS - 1 for step in range(_ACROSS + 1)]
        found = _grid(places, sides, self.on_band, turned=False)
        return found + [cell for left in (True, False) for cell in self._edges(places, left=left)]

    def _edges(self, places: list[float], *, left: bool) -> list[Cell]:
        """The round edges between the band and a side."""
        sign = 1 if left else -1

        def point(place: float, turn: float) -> Vector:
            x, y, z = self.on_band(place, float(sign))
            angle = turn * math.pi / 2
            inwards = 0.05 * (1 - math.cos(angle)) * (-1 if x > self._middle else 1)
            out = abs(y) + _ROUND * 0.6 * math.sin(angle)
            return x + inwards, sign * out, z - _ROUND * (1 - math.cos(angle)) * 0.9

        turns = [step / 5 for step in range(6)]
        return _grid(places, turns, point, turned=not left)

    def _sides(self) -> list[Cell]:
        shape = self.shape
        first, last = max(x for x, _ in self.line) - 0.03, min(x for x, _ in self.line) + 0.03
        columns = [first + (last - first) * step / 110 for step in range(111)]
        tops = {x: self._top(x) - 0.05 for x in columns}
        rows = [step / 34 for step in range(35)]

        def left(x: float, up: float) -> Vector:
            z = shape.sill + (max(tops[x], shape.sill + 0.05) - shape.sill) * (1 - up)
            return x, self.side(x, z), z

        found = _grid(columns, rows, left, turned=False)
        mirrored = _grid(columns, rows, lambda x, up: _mirror(left(x, up)), turned=True)
        return [*found, *mirrored]

    def _top(self, x: float) -> float:
        return max(
            (
                z0 + (z1 - z0) * ((x - x0) / (x1 - x0) if x1 != x0 else 0)
                for (x0, z0), (x1, z1) in zip(self.line, self.line[1:], strict=False)
                if min(x0, x1) <= x <= max(x0, x1)
            ),
            default=self.shape.sill,
        )


def _mirror(point: Vector) -> Vector:
    return point[0], -point[1], point[2]


def _grid(
    firsts: list[float], seconds: list[float], point: Callable[[float, float], Vector], *, turned: bool
) -> list[Cell]:
    """The surface in cells; `turned`: what is outside lies on the other side."""
    rows = [[point(first, second) for second in seconds] for first in firsts]
    found = []
    for here, there in pairwise(rows):
        for place in range(len(seconds) - 1):
            corners = (here[place], there[place], there[place + 1], here[place + 1])
            normal = unit(_cross(minus(corners[3], corners[1]), minus(corners[2], corners[0])))
            found.append(Cell(corners, (-normal[0], -normal[1], -normal[2]) if turned else normal))
    return found
