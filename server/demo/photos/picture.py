"""A picture of a body: its paint with the light of a showroom, glass, lamps, wheels, floor and shadow.

Drawn twice as large as it is kept, so that its edges are smooth. Pure: the same body, colour and view give the same
picture. Uses Pillow alone.
"""

import io
import math
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from server.demo.photos.model import Body, Camera, Cell, Vector, dot, minus, unit
from server.demo.photos.shapes import Point

Colour = tuple[int, int, int]
SIZE: Final = (1200, 900)
_LARGER: Final = 2
CANVAS: Final = (SIZE[0] * _LARGER, SIZE[1] * _LARGER)
_QUALITY: Final = 86
_CIRCLE: Final = 72
_LIGHT: Final = unit((0.55, 0.65, 1.15))
_GLASS: Final[Colour] = (24, 30, 37)
_PLASTIC: Final[Colour] = (38, 40, 43)
_TYRE: Final[Colour] = (25, 26, 28)
_RIM: Final[Colour] = (178, 183, 189)

PAINTS: Final[dict[str, Colour]] = {
    "Blanc": (226, 229, 231),
    "Ivoire": (224, 217, 198),
    "Beige": (188, 174, 148),
    "Gris": (126, 132, 139),
    "Noir": (34, 36, 40),
    "Bleu": (34, 78, 138),
    "Rouge": (168, 30, 34),
    "Vert": (52, 108, 72),
    "Kaki": (94, 98, 70),
    "Jaune": (226, 178, 34),
    "Orange": (206, 94, 30),
    "Cuivre": (150, 88, 56),
}
VIEWS: Final = {"front": 42.0, "side": 90.0, "rear": 138.0}
"""From where each photo is taken, in degrees around the car."""


def draw(body: Body, paint: Colour, view: str) -> bytes:
    """A JPEG of SIZE: what VIEWS name."""
    azimuth = VIEWS[view]
    shape = body.shape
    span = shape.length * abs(math.sin(math.radians(azimuth))) + 2 * shape.half_width * abs(
        math.cos(math.radians(azimuth))
    )
    wanted = min(CANVAS[0] * 0.88 / span, CANVAS[1] * 0.56 / shape.height)
    camera = Camera(azimuth, 1.5, 9.0, (0.0, 0.0, shape.height * 0.47), wanted)
    return _Picture(body, paint, camera).jpeg()


class _Picture:
    def __init__(self, body: Body, paint: Colour, camera: Camera) -> None:
        self._body, self._paint, self._camera = body, paint, camera
        self._centre = (CANVAS[0] / 2, CANVAS[1] * 0.56)
        self._image = showroom(self._floor_line())
        self._draw = ImageDraw.Draw(self._image)

    def jpeg(self) -> bytes:
        self._shadow()
        for x in self._body.shape.axles:
            self._tyre(x, left=False)
        cells = [cell for cell in self._body.cells if self._camera.sees(cell.corners[0], cell.normal)]
        for cell in sorted(cells, key=lambda cell: -self._camera.depth(cell.corners[0])):
            colour = self._lit(cell)
            self._draw.polygon([self._at(corner) for corner in cell.corners], fill=colour, outline=colour)
        self._ends()
        self._left()
        return jpeg(self._image)

    def _at(self, point: Vector) -> tuple[float, float]:
        return self._camera.project(point, self._centre)

    def _floor_line(self) -> float:
        return self._centre[1] + CANVAS[1] * 0.02

    # ------------------------------------------------------------------------------------------------------- surfaces

    def _lit(self, cell: Cell) -> Colour:
        """Paint under a clear coat: its own colour by the light, and above it the room that it mirrors."""
        normal, corner = cell.normal, cell.corners[0]
        looks = unit(minus(self._camera.place, corner))
        facing = max(0.0, dot(normal, looks))
        light = 0.66 + 0.5 * max(0.0, dot(normal, _LIGHT)) + 0.1 * normal[2]
        mirrored = 2 * facing * normal[2] - looks[2]
        room = _room(mirrored)
        share = 0.13 + 0.45 * (1 - facing) ** 4
        half = unit((looks[0] + _LIGHT[0], looks[1] + _LIGHT[1], looks[2] + _LIGHT[2]))
        shine = 70 * max(0.0, dot(normal, half)) ** 50
        low = 1 - 0.3 * max(0.0, min(1.0, (0.55 - corner[2]) / 0.4))
        return mixed(self._paint, light * low, room * low, share, shine)

    def _patch(self, points: list[Vector], colour: Colour) -> None:
        pixels = [self._at(point) for point in points]
        self._draw.polygon(pixels, fill=colour)

    def _stroke(self, points: list[Vector], colour: Colour, width: int) -> None:
        self._draw.line([self._at(point) for point in points], fill=colour, width=width, joint="curve")

    def _shade_of_paint(self, factor: float) -> Colour:
        return mixed(self._paint, factor)

    # -------------------------------------------------------------------------------------------------- the left side

    def _left(self) -> None:
        body, shape = self._body, self._body.shape
        if shape.clad:
            ends = shape.axles[0] + 0.75, shape.axles[1] - 0.78
            along = [ends[0] + (ends[1] - ends[0]) * step / 60 for step in range(61)]
            edge = [(x, shape.sill + 0.13) for x in along] + [(x, shape.sill) for x in reversed(along)]
            self._patch([body.on_side(point) for point in edge], _PLASTIC)
        for window in shape.windows:
            rim = [body.on_side(point, 0.004) for point in _grown(window, 0.028)]
            self._patch(rim, (18, 20, 23))
            self._pane([body.on_side(point, 0.006) for point in _rounded(window)])
        top = shape.belt - 0.03
        for x in shape.doors:
            line = [(x - 0.03 * (step / 12) ** 2, shape.sill + 0.1 + (top - shape.sill - 0.1) * step / 12)
                    for step in range(13)]  # fmt: skip
            self._stroke([body.on_side(point) for point in line], self._shade_of_paint(0.36), 4)
        crease = [(shape.axles[0] + 0.35 - step * 0.1, shape.belt - 0.2) for step in range(int(shape.length * 7))]
        kept = [point for point in crease if point[0] > shape.axles[1] - 0.35]
        self._stroke([body.on_side(point) for point in kept], self._shade_of_paint(0.62), 5)
        for x in shape.doors[1:]:
            handle = [(x + 0.12, top - 0.07), (x + 0.3, top - 0.06)]
            self._stroke([body.on_side(point, 0.02) for point in handle], self._shade_of_paint(0.45), 13)
            self._stroke([body.on_side((px, pz + 0.008), 0.02) for px, pz in handle], self._shade_of_paint(1.05), 5)
        for x in shape.axles:
            self._arch(x)
            self._tyre(x, left=True)
        self._mirror()

    def _pane(self, points: list[Vector]) -> None:
        """Glass, darker below, with the room's light across its upper part."""
        pixels = [self._at(point) for point in points]
        left, right = min(x for x, _ in pixels), max(x for x, _ in pixels)
        top, bottom = min(y for _, y in pixels), max(y for _, y in pixels)
        box = (int(left), int(top), int(right) + 2, int(bottom) + 2)
        size = (max(1, box[2] - box[0]), max(1, box[3] - box[1]))
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon([(x - box[0], y - box[1]) for x, y in pixels], fill=255)
        light = Image.linear_gradient("L").resize(size).point(lambda level: 150 - level // 2)
        glass = Image.composite(Image.new("RGB", size, (120, 136, 150)), Image.new("RGB", size, _GLASS), light.point(
            lambda level: max(0, level - 20)))  # fmt: skip
        glow = Image.new("L", size, 0)
        width = size[0]
        ImageDraw.Draw(glow).polygon(
            [(width * 0.3, 0), (width * 0.52, 0), (width * 0.22, size[1]), (0, size[1])], fill=34
        )
        glass.paste(Image.new("RGB", size, (235, 242, 248)), (0, 0), glow)
        self._image.paste(glass, box[:2], mask)

    def _arch(self, x: float) -> None:
        shape, body = self._body.shape, self._body
        out = shape.wheel * (1.3 if shape.clad else 1.14)
        for radius, colour in ((out, _PLASTIC if shape.clad else self._shade_of_paint(0.5)),
                               (shape.wheel * 1.11, (9, 10, 11))):  # fmt: skip
            ring = [(x + radius * math.cos(turn), max(shape.sill * 0.72, shape.wheel + radius * math.sin(turn)))
                    for turn in _turns()]  # fmt: skip
            self._patch([body.on_side(point, 0.008) for point in ring], colour)

    def _tyre(self, x: float, *, left: bool) -> None:
        shape = self._body.shape
        face = (shape.half_width * 0.965) * (1 if left else -1)
        depth = -0.22 if left else 0.22
        for step in range(6):
            self._disc(x, face + depth * (1 - step / 5), shape.wheel, _TYRE)
        if left:
            self._disc(x, face, shape.wheel * 0.97, (36, 38, 40))
            self._rim(x, face + 0.004)

    def _rim(self, x: float, y: float) -> None:
        wheel = self._body.shape.wheel
        self._disc(x, y, wheel * 0.74, (92, 97, 103))
        self._disc(x, y, wheel * 0.7, (30, 32, 34))
        for spoke in range(5):
            middle = math.tau * spoke / 5 + math.pi / 2
            fan = [(wheel * 0.12, -0.5), (wheel * 0.69, -0.2), (wheel * 0.69, 0.2), (wheel * 0.12, 0.5)]
            self._patch([(x + radius * math.cos(middle + turn), y, wheel + radius * math.sin(middle + turn))
                         for radius, turn in fan], _RIM)  # fmt: skip
        self._disc(x, y, wheel * 0.15, (205, 209, 213))

    def _disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        height = self._body.shape.wheel
        self._patch([(x + radius * math.cos(turn), y, height + radius * math.sin(turn)) for turn in _turns()], colour)

    def _mirror(self) -> None:
        shape, body = self._body.shape, self._body
        x = shape.doors[0] - 0.1
        base = body.side(x, shape.belt + 0.04)
        middle = shape.belt + 0.1
        ring = [(x + 0.1 * math.cos(turn), base + 0.12 + 0.02 * math.sin(turn), middle + 0.075 * math.sin(turn))
                for turn in _turns()]  # fmt: skip
        self._patch(ring, self._shade_of_paint(0.58))
        upper = [(px, py + 0.004, pz + 0.014) for px, py, pz in ring if pz > shape.belt + 0.09]
        self._patch(upper, self._shade_of_paint(0.86))

    # ----------------------------------------------------------------------------------------------------- front, rear

    def _band_patch(self, places: tuple[float, float], across: tuple[float, float], colour: Colour | None) -> None:
        """A piece of the band; without a colour, of glass."""
        steps = [step / 10 for step in range(11)]
        low, high = places
        start, end = across
        ring = (
            [self._body.on_band(low, start + (end - start) * step, 0.006) for step in steps]
            + [self._body.on_band(low + (high - low) * step, end, 0.006) for step in steps]
            + [self._body.on_band(high, end + (start - end) * step, 0.006) for step in steps]
            + [self._body.on_band(high + (low - high) * step, start, 0.006) for step in steps]
        )
        if colour is None:
            self._pane(ring)
        else:
            self._patch(ring, colour)

    def _ends(self) -> None:
        shape, place = self._body.shape, self._camera.place
        low, high = shape.screen
        if place[0] > 1:
            self._front(low, high)
        elif place[0] < -1:
            self._rear()

    def _front(self, low: int, high: int) -> None:
        self._band_patch((low - 0.12, high + 0.03), (-0.93, 0.93), (17, 19, 22))
        self._band_patch((low, high), (-0.89, 0.89), None)
        for sign in (-1, 1):
            self._lamp((2.15, 2.85), (0.5 * sign, 0.99 * sign), (214, 221, 227), (96, 104, 112))
            self._band_patch((0.55, 0.95), (0.66 * sign, 0.9 * sign), (30, 32, 35))
        self._band_patch((1.95, 2.55), (-0.42, 0.42), (22, 24, 27))
        for bar in range(4):
            at = 2.03 + bar * 0.14
            self._band_patch((at, at + 0.05), (-0.4, 0.4), (98, 103, 109))
        self._band_patch((0.35, 0.95), (-0.55, 0.55), (26, 28, 31))
        self._plate(1.2, 1.6)

    def _rear(self) -> None:
        shape, last = self._body.shape, len(self._body.shape.line) - 1
        if shape.rear is None:
            self._band_patch((last - 4.1, last - 3.3), (-0.84, -0.06), None)
            self._band_patch((last - 4.1, last - 3.3), (0.06, 0.84), None)
            self._stroke([self._body.on_band(last - 4.4 + step * 0.25, 0.0, 0.008) for step in range(14)],
                         self._shade_of_paint(0.34), 5)  # fmt: skip
            lamps = (last - 3.2, last - 1.9)
        else:
            low, high = shape.rear
            self._band_patch((low + 0.02, high - 0.02), (-0.88, 0.88), (17, 19, 22))
            self._band_patch((low + 0.1, high - 0.1), (-0.83, 0.83), None)
            lamps = shape.lamps or (high + 0.15, high + 1.05)
        for sign in (-1, 1):
            self._lamp(lamps, (0.66 * sign, 1.0 * sign), (176, 26, 30), (112, 12, 16))
        self._plate(last - 1.75, last - 1.3)
        self._band_patch((last - 0.6, last - 0.05), (-0.8, 0.8), (34, 36, 39))

    def _lamp(self, places: tuple[float, float], across: tuple[float, float], light: Colour, edge: Colour) -> None:
        self._band_patch(places, across, edge)
        low, high = places
        start, end = across
        inset = (end - start) * 0.07
        self._band_patch((low + 0.07, high - 0.07), (start + inset, end - inset), light)
        middle = (low + high) / 2
        self._band_patch((middle, high - 0.1), (start + inset * 2, end - inset * 2), mixed(light, 1.18))

    def _plate(self, low: float, high: float) -> None:
        self._band_patch((low, high), (-0.31, 0.31), (238, 240, 240))
        self._band_patch((low, high), (-0.31, -0.275), (32, 66, 150))
        self._band_patch((low, high), (0.275, 0.31), (32, 66, 150))

    def _shadow(self) -> None:
        shape = self._body.shape
        half, wide = shape.length / 2 + 0.08, shape.half_width + 0.06
        size = (CANVAS[0] // 8, CANVAS[1] // 8)
        mask = Image.new("L", size, 0)
        ground = [(half * math.copysign(abs(math.cos(turn)) ** 0.35, math.cos(turn)),
                   wide * math.copysign(abs(math.sin(turn)) ** 0.35, math.sin(turn)), 0.0)
                  for turn in _turns()]  # fmt: skip
        ImageDraw.Draw(mask).polygon([(x / 8, y / 8) for x, y in map(self._at, ground)], fill=225)
        soft = mask.filter(ImageFilter.GaussianBlur(7)).resize(CANVAS, Image.Resampling.BILINEAR)
        self._image.paste(Image.new("RGB", CANVAS, (22, 24, 27)), (0, 0), soft)


def _turns() -> list[float]:
    return [math.tau * step / _CIRCLE for step in range(_CIRCLE)]


def _room(up: float) -> float:
    """How bright the showroom is in that direction: lamps above, a dark wall at the horizon, a grey floor below."""
    if up > 0:
        return 46 + 190 * math.pow(min(1.0, up * 1.35), 0.8)
    return 46 + 84 * min(1.0, -up * 1.6)


def mixed(paint: Colour, light: float, room: float = 0.0, share: float = 0.0, shine: float = 0.0) -> Colour:
    """Paint in so much light, under a share of the room that it mirrors, and what shines."""
    red, green, blue = (max(0, min(255, round(part * light * (1 - share) + room * share + shine))) for part in paint)
    return red, green, blue


def jpeg(canvas: Image.Image) -> bytes:
    """A canvas in the size in which it is kept."""
    out = io.BytesIO()
    canvas.reduce(_LARGER).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def showroom(horizon: float) -> Image.Image:
    """A grey wall, lit from above, and a floor that comes nearer."""
    shades = Image.new("RGB", (1, 256))
    for row in range(256):
        at = row / 255 * CANVAS[1]
        if at < horizon:
            level = 214 + 22 * (at / horizon) ** 1.5
            colour = (round(level * 0.985), round(level * 0.995), round(level))
        else:
            level = 176 + 36 * ((at - horizon) / (CANVAS[1] - horizon)) ** 0.7
            colour = (round(level), round(level), round(level * 1.005))
        shades.putpixel((0, row), colour)
    return shades.resize((1, CANVAS[1]), Image.Resampling.BICUBIC).resize(CANVAS, Image.Resampling.NEAREST)


def _rounded(points: tuple[Point, ...]) -> list[Point]:
    """The outline with its corners cut round."""
    found: list[Point] = []
    for index, (x, z) in enumerate(points):
        (bx, bz), (ax, az) = points[index - 1], points[(index + 1) % len(points)]
        found += [(x + (bx - x) * share, z + (bz - z) * share) for share in (0.12, 0.05, 0.015)]
        found += [(x + (ax - x) * share, z + (az - z) * share) for share in (0.015, 0.05, 0.12)]
    return found


def _grown(points: tuple[Point, ...], by: float) -> list[Point]:
    middle = (sum(x for x, _ in points) / len(points), sum(z for _, z in points) / len(points))
    grown = tuple((x + math.copysign(by, x - middle[0]), z + math.copysign(by, z - middle[1])) for x, z in points)
    return _rounded(grown)
