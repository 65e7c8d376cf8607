"""Motorcycles and scooters, seen from their right side: lines and circles, in the same showroom as the cars.

Pure, like picture.py, whose showroom and paints it uses. Numbers are hundredths of the picture's height.
"""

import math
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from server.demo.photos.picture import CANVAS, Colour, jpeg, mixed, showroom

_UNIT: Final = CANVAS[1] / 100
_GROUND: Final = 84.0
_BLACK: Final[Colour] = (28, 29, 31)
_STEEL: Final[Colour] = (150, 155, 161)
Place = tuple[float, float]


def draw_two_wheels(paint: Colour, *, scooter: bool) -> bytes:
    """A JPEG of the picture's size."""
    image = showroom(CANVAS[1] * 0.6)
    shadow = Image.new("L", (CANVAS[0] // 8, CANVAS[1] // 8), 0)
    ImageDraw.Draw(shadow).ellipse([c * _UNIT / 8 for c in (30, _GROUND - 3, 105, _GROUND + 3)], fill=190)
    soft = shadow.filter(ImageFilter.GaussianBlur(6)).resize(CANVAS, Image.Resampling.BILINEAR)
    image.paste(Image.new("RGB", CANVAS, (24, 26, 29)), (0, 0), soft)
    pen = _Pen(ImageDraw.Draw(image))
    if scooter:
        _scooter(pen, paint)
    else:
        _motorcycle(pen, paint)
    return jpeg(image)


class _Pen:
    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self._draw.ellipse([c * _UNIT for c in (x - radius, y - radius, x + radius, y + radius)], fill=colour)

    def line(self, places: list[Place], width: float, colour: Colour) -> None:
        pixels = [(x * _UNIT, y * _UNIT) for x, y in places]
        self._draw.line(pixels, fill=colour, width=round(width * _UNIT), joint="curve")
        for x, y in (places[0], places[-1]):
            self.disc(x, y, width / 2, colour)

    def shape(self, places: list[Place], colour: Colour) -> None:
        """A filled outline through the places, rounded."""
        self._draw.polygon([(x * _UNIT, y * _UNIT) for x, y in _round(places)], fill=colour)

    def wheel(self, x: float, radius: float, tyre: float) -> None:
        y = _GROUND - radius
        self.disc(x, y, radius, _BLACK)
        self.disc(x, y, radius - tyre, (196, 200, 204))
        self.disc(x, y, radius - tyre - 1, (206, 209, 212))
        for spoke in range(7):
            turn = math.tau * spoke / 7
            end = radius - tyre
            self.line([(x, y), (x + end * math.cos(turn), y + end * math.sin(turn))], 1.1, (74, 78, 83))
        self.disc(x, y, radius * 0.42, (120, 125, 130))
        self.disc(x, y, radius * 0.36, (206, 209, 212))
        self.disc(x, y, radius * 0.12, _BLACK)


def _round(places: list[Place]) -> list[Place]:
    """A closed Catmull-Rom line."""
    count, found = len(places), []
    for index in range(count):
        before, start, end, after = (places[(index + step) % count] for step in (-1, 0, 1, 2))
        for part in range(12):
            t = part / 12
            found.append(tuple(
                0.5 * (2 * s + (e - b) * t + (2 * b - 5 * s + 4 * e - a) * t * t + (3 * s - b - 3 * e + a) * t**3)
                for b, s, e, a in zip(before, start, end, after, strict=True)
            ))  # fmt: skip
    return [(x, y) for x, y in found]


def _motorcycle(pen: _Pen, paint: Colour) -> None:
    light, dark = mixed(paint, 1.25), mixed(paint, 0.62)
    pen.wheel(42, 13.5, 4.2)
    pen.wheel(96, 13.5, 3.8)
    pen.line([(42, 70.5), (62, 66)], 2.6, (66, 70, 75))
    pen.line([(96, 70.5), (87, 43)], 2.6, _STEEL)
    pen.line([(94, 70.5), (85.4, 43)], 1.2, (96, 100, 105))
    pen.shape([(87, 57), (96, 55), (106, 60), (98, 58)], dark)
    pen.line([(62, 66), (52, 50), (84, 46), (72, 68), (62, 66)], 2.4, (58, 61, 65))
    pen.shape([(60, 58), (76, 54), (81, 62), (76, 72), (62, 72), (57, 66)], (92, 96, 101))
    pen.shape([(64, 58), (75, 56), (76, 62), (65, 64)], (122, 127, 132))
    pen.disc(68, 67, 4.6, (70, 74, 78))
    pen.disc(68, 67, 3.2, (128, 132, 137))
    pen.line([(76, 70), (62, 76), (46, 75)], 3.2, (104, 108, 113))
    pen.line([(58, 76), (44, 74)], 4.4, (60, 63, 67))
    pen.shape([(62, 49), (66, 40), (76, 37.5), (85, 42), (83, 50), (72, 53)], paint)
    pen.shape([(66, 42.5), (74, 39.3), (82, 42), (74, 42)], light)
    pen.shape([(38, 42), (50, 43), (64, 47), (62, 51), (48, 49)], (26, 27, 29))
    pen.shape([(34, 42), (42, 44), (52, 50), (44, 51)], dark)
    pen.shape([(33, 42), (37, 43), (37, 46), (33, 45)], (176, 26, 30))
    pen.line([(86, 42), (82, 34), (77, 33)], 1.7, _BLACK)
    pen.line([(77, 33), (73, 33.5)], 2.6, _BLACK)
    pen.disc(90, 42.5, 4.6, _BLACK)
    pen.disc(91, 42.5, 3.6, (220, 226, 231))
    pen.line([(84, 34), (88, 30)], 0.8, _BLACK)
    pen.disc(89, 29, 2.2, _BLACK)


def _scooter(pen: _Pen, paint: Colour) -> None:
    light, dark = mixed(paint, 1.5), mixed(paint, 0.6)
    pen.wheel(43, 11, 4)
    pen.wheel(94, 11, 4)
    pen.line([(94, 73), (84, 38)], 2.8, (70, 74, 79))
    pen.shape([(36, 62), (40, 54), (60, 52), (68, 62), (66, 74), (54, 76), (46, 66)], paint)
    pen.shape([(62, 72), (84, 72), (86, 77), (62, 77)], dark)
    pen.shape([(84, 76), (80, 56), (82, 40), (88, 38), (93, 50), (94, 62), (90, 74)], paint)
    pen.shape([(87, 41), (91, 50), (92, 58), (88, 50)], light)
    pen.shape([(86, 64), (94, 59), (104, 66), (96, 64)], dark)
    pen.shape([(38, 54), (42, 47), (56, 46), (68, 52), (66, 56), (48, 56)], (26, 27, 29))
    pen.shape([(40, 57), (54, 55), (62, 60), (52, 60)], light)
    pen.shape([(33, 56), (38, 55), (38, 60), (34, 60)], (176, 26, 30))
    pen.line([(52, 74), (38, 72)], 4.2, (66, 70, 75))
    pen.shape([(84, 38), (88, 22), (91, 21), (91, 38)], (150, 162, 172))
    pen.shape([(80, 38), (84, 33), (92, 36), (94, 43), (86, 43)], dark)
    pen.disc(92, 40, 2.6, (220, 226, 231))
    pen.line([(84, 34), (78, 33)], 2.2, _BLACK)
    pen.line([(85, 34), (84, 27)], 0.8, _BLACK)
    pen.disc(83.4, 26, 2.2, _BLACK)
