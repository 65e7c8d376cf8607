"""The reference catalogue of makes and models, and how a typed name finds its own there (§4.3, §4.7).

Plain values. Where the catalogue is read from is nobody's business here; a custom make is never added to it.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from msgspec import Struct

_LONGEST_REMEMBERED: Final = 4_096
_GENERATIONS: Final = frozenset({"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"})


class Model(Struct, frozen=True):
    """A model, and the kind of vehicle that it is."""

    name: str
    kind: str


class Make(Struct, frozen=True):
    """A make with its models; `also` are other names that it is typed by."""

    name: str
    models: tuple[Model, ...]
    also: tuple[str, ...] = ()


@lru_cache(maxsize=_LONGEST_REMEMBERED)
def folded(name: str) -> str:
    """A name without what people type differently: case, accents, spaces, hyphens, points."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", name).upper() if letter.isalnum() or letter in "+#"
    )


class Catalogue:
    """Makes by name, models by make. Raises ValueError if a name means two things, or nothing."""

    def __init__(self, makes: Iterable[Make]) -> None:
        self.makes: Final = tuple(sorted(makes, key=lambda make: folded(make.name)))
        self._makes: dict[str, Make] = {}
        self._models: dict[tuple[str, str], Model] = {}
        for make in self.makes:
            for name in (make.name, *make.also):
                self._add_make(name, make)
            for model in make.models:
                place = (folded(make.name), folded(model.name))
                if not place[1] or place in self._models:
                    raise ValueError(f"{make.name}: {model.name!r} is empty or stands there twice")
                self._models[place] = model

    def _add_make(self, name: str, make: Make) -> None:
        if not folded(name) or folded(name) in self._makes:
            raise ValueError(f"{name!r} is empty or stands there twice")
        self._makes[folded(name)] = make

    def make(self, name: str) -> Make | None:
        """The make that is typed like this."""
        return self._makes.get(folded(name))

    def model(self, make: str, model: str) -> Model | None:
        """The model typed like this, with or without its generation (`CLIO IV`); found: it is matched (§4.3)."""
        known = self.make(make)
        if known is None:
            return None
        without, _, generation = model.strip().rpartition(" ")
        names = (model, without) if generation.upper() in _GENERATIONS else (model,)
        return next((found for name in names if (found := self._models.get((folded(known.name), folded(name))))), None)
