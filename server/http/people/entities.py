"""The entities that a dealer works for: `/api/entities` (§1.1).

Who works there reads them, who manages the users of one changes it. Their life line is kept elsewhere (§4.2).
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from engine.companies import number_faults, siret_of, vat_number_of
from persistence.audit import By
from persistence.people.holdings import Entity, change_entity, create_entity, entities_of, page_of_entities
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, WholeQuery
from server.http.people.grants import call_back, refusal_of
from server.http.reading import Nothing
from server.http.traders.company_forms import Siret, VatNumber, faults_refused
from server.http.values import LINE, Id
from server.http.words import StandardStatusWord

EntityName: TypeAlias = Annotated[str, Meta(max_length=200, pattern=LINE)]
SaleableFrom: TypeAlias = Literal["pre_arrival", "physical_entry", "price_destination", "sales_stock"]


class EntitySettings(Struct, frozen=True):
    """An entity: whether its vehicles must be matched, and from which status they are saleable (§4.2, §4.3).

    `siret` and `vat_number` stand on its papers, once they are known (§6.1).
    """

    id: int
    group: int
    name: str
    matching_required: bool
    saleable_from: StandardStatusWord
    siret: str | None
    vat_number: str | None


class Entities(Paged[EntitySettings], frozen=True):
    """One page, by name."""


class NewEntity(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new entity in the holding of the entity `beside`, where who asks manages users."""

    beside: Id
    name: EntityName
    matching_required: bool = True
    saleable_from: SaleableFrom = "sales_stock"
    siret: Siret | None = None
    vat_number: VatNumber | None = None


class EntityChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to change of an entity; null takes a number away."""

    name: EntityName | None = None
    matching_required: bool | None = None
    saleable_from: SaleableFrom | None = None
    siret: Siret | UnsetType | None = UNSET
    vat_number: VatNumber | UnsetType | None = UNSET


async def list_entities(asking: Asking[Nothing, WholeQuery]) -> Entities:
    """The entities."""
    query = asking.query
    total, found = await page_of_entities(
        asking.doors.database, asking.caller.entities, page=query.page, per_page=query.limit
    )
    return Entities.of(map(_told, found), query, total)


async def read_entity(asking: Asking[Nothing, Nothing]) -> EntitySettings | Refusal:
    """One of them."""
    if asking.ids["id"] not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return _told((await entities_of(asking.doors.database, (asking.ids["id"],)))[0])


async def make_entity(asking: Asking[NewEntity, Nothing]) -> EntitySettings | Refusal:
    """A new entity; who makes it works there."""
    doors, caller, body = asking.doors, asking.caller, asking.body
    if body.beside not in caller.entities:
        return Refusal(DoorCode.INVALID, "beside: is not one of your entities.", "beside")
    if not caller.may("manage_users", body.beside):
        return Refusal(DoorCode.NOT_ALLOWED, field="beside")
    numbers = _numbers(body)
    if isinstance(numbers, Refusal):
        return numbers
    wanted = {**structs.asdict(body), **numbers}
    made = await create_entity(doors.database, By(caller.user_id, doors.clock.now()), body.beside, wanted)
    if not isinstance(made, Entity):
        return refusal_of(made)
    call_back(doors, (caller.user_id,))
    return _told(made)


async def update_entity(asking: Asking[EntityChange, Nothing]) -> EntitySettings | Refusal:
    """Change an entity."""
    doors, caller, entity_id = asking.doors, asking.caller, asking.ids["id"]
    if entity_id not in caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    if not caller.may("manage_users", entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    numbers = _numbers(asking.body)
    if isinstance(numbers, Refusal):
        return numbers
    wanted = {name: value for name, value in structs.asdict(asking.body).items() if value not in {None, UNSET}}
    wanted |= numbers
    changed = await change_entity(doors.database, By(caller.user_id, doors.clock.now()), entity_id, wanted)
    return _told(changed) if isinstance(changed, Entity) else refusal_of(changed)


def _numbers(form: NewEntity | EntityChange) -> dict[str, str | None] | Refusal:
    """SIRET and VAT number as far as the form names them, normalised and checked."""
    numbers: dict[str, str | None] = {}
    if form.siret is not UNSET:
        numbers["siret"] = None if form.siret is None else siret_of(form.siret)
    if form.vat_number is not UNSET:
        # What is nothing but separators is no number: it is checked as it was typed.
        numbers["vat_number"] = None if form.vat_number is None else vat_number_of(form.vat_number) or form.vat_number
    faults = number_faults(numbers.get("siret"), numbers.get("vat_number") or "", "")
    return faults_refused(faults) if faults else numbers


def _told(entity: Entity) -> EntitySettings:
    return EntitySettings(*structs.astuple(entity))


ROUTES = (
    Route(
        method="GET",
        path="/api/entities",
        who=Who.DEALER,
        says="The entities that the dealer works for.",
        answer=list_entities,
        query=WholeQuery,
        gives=Entities,
    ),
    Route(
        method="POST",
        path="/api/entities",
        who=Who.DEALER,
        says="Make an entity beside one where the dealer manages users; it works there with the same rights.",
        answer=make_entity,
        body=NewEntity,
        gives=EntitySettings,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="GET",
        path="/api/entities/{id}",
        who=Who.DEALER,
        says="An entity.",
        answer=read_entity,
        gives=EntitySettings,
    ),
    Route(
        method="PATCH",
        path="/api/entities/{id}",
        who=Who.DEALER,
        says="Change an entity.",
        answer=update_entity,
        body=EntityChange,
        gives=EntitySettings,
        refuses=(DoorCode.CONFLICT,),
    ),
)
