"""The reference catalogue, for a form's choice of make and model: `GET /api/catalogue/…` (§4.3, §4.7)."""

from typing import Annotated

from msgspec import Meta, Struct

from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.words import VehicleKindWord


class CatalogueMake(Struct, frozen=True):
    """A make, and how many models of it there are."""

    name: str
    models: int


class CatalogueMakes(Struct, frozen=True):
    """By name."""

    items: tuple[CatalogueMake, ...]


class CatalogueModel(Struct, frozen=True):
    """A model, and its kind."""

    name: str
    kind: VehicleKindWord


class CatalogueModels(Struct, frozen=True):
    """The models of a make, as the catalogue names it."""

    make: str
    items: tuple[CatalogueModel, ...]


class MakeQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """A make as somebody types it."""

    make: Annotated[str, Meta(min_length=1, max_length=60)]


async def list_makes(asking: Asking[Nothing, Nothing]) -> CatalogueMakes:
    """Every make."""
    return CatalogueMakes(tuple(CatalogueMake(make.name, len(make.models)) for make in asking.doors.catalogue.makes))


async def list_models(asking: Asking[Nothing, MakeQuery]) -> CatalogueModels | Refusal:
    """The models of a make."""
    make = asking.doors.catalogue.make(asking.query.make)
    if make is None:
        return Refusal(DoorCode.INVALID, "make: is not in the catalogue.", "make")
    models = sorted(make.models, key=lambda model: model.name)
    return CatalogueModels(make.name, tuple(CatalogueModel(model.name, model.kind) for model in models))


ROUTES = (
    Route(
        method="GET",
        path="/api/catalogue/makes",
        who=Who.DEALER,
        says="The makes of the reference catalogue.",
        answer=list_makes,
        gives=CatalogueMakes,
    ),
    Route(
        method="GET",
        path="/api/catalogue/models",
        who=Who.DEALER,
        says="The models of a make, each with its kind.",
        answer=list_models,
        query=MakeQuery,
        gives=CatalogueModels,
    ),
)
