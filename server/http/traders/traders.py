"""Traders' cards: `/api/traders` for dealers, `/api/company` for the trader itself, `/api/companies` for the register.

A card is seen by the groups that made it, or have or had a connection with it, and by an entity while it invites the
trader; to others it does not exist. By its exact SIRET anybody who manages connections learns what the public register
says, and no more.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct, structs

from engine.companies import is_siret, open_fields, siret_of
from engine.instants import format_instant
from persistence.audit import By
from persistence.traders.companies import (
    FieldsClosed,
    SiretTaken,
    StoredCompany,
    change_company,
    company_of,
    create_company,
    groups_of,
    known_company,
    trader_with,
    writer_of,
)
from persistence.traders.connections import connections_with
from server.caller import Caller
from server.directory import Registered, Unavailable
from server.errors import DoorCode, Reason, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.reading import Nothing
from server.http.traders.company_forms import (
    CompanyCard,
    CompanyChange,
    CompanyForm,
    card_of,
    read_company,
    read_fields,
)
from server.http.values import Id
from server.http.words import ConnectionStateWord

RIGHT: Final = "manage_connections"


class ConnectionOfTrader(Struct, frozen=True):
    """What an entity has, or had, with the trader."""

    id: int
    entity: int
    state: ConnectionStateWord
    since: str
    removed_at: str | None


class TraderCard(CompanyCard, frozen=True, kw_only=True):
    """A trader's card, with what the reader's entities have with it, the latest first; `open`: the fields that the
    reader may change.
    """

    id: int
    has_account: bool
    open: tuple[str, ...]
    connections: tuple[ConnectionOfTrader, ...]


class NewTrader(CompanyForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A card made by a dealer, for one of its entities."""

    entity: Id | None = None


class SiretQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """An exact SIRET."""

    siret: Annotated[str, Meta(min_length=14, max_length=30)]


class RegisteredCompany(Struct, frozen=True, kw_only=True):
    """What the register says; `open`: whether the establishment still is."""

    legal_name: str
    vat_number: str
    ape_code: str
    street: str
    postcode: str
    city: str
    open: bool


class CompanyFound(Struct, frozen=True):
    """`available`: whether the register answers; then no `company` means that it has none of this SIRET.

    `trader` is who has this SIRET here already, to be invited.
    """

    siret: str
    available: bool
    company: RegisteredCompany | None
    trader: int | None


class KnownBidder(Struct, frozen=True):
    """A bidder that buys through the API, and where its invitations go."""

    name: str
    email: str


class KnownBidders(Struct, frozen=True):
    """As the operator has set them."""

    items: tuple[KnownBidder, ...]


# ------------------------------------------------------------------------------------------------------ for dealers


def managed(caller: Caller) -> tuple[int, ...]:
    """The entities whose connections the caller manages."""
    return tuple(sorted(entity_id for entity_id in caller.entities if caller.may(RIGHT, entity_id)))


async def read_trader(asking: Asking[Nothing, Nothing]) -> TraderCard | Refusal:
    """A trader's card."""
    doors, caller = asking.doors, asking.caller
    stored = await known_company(doors.database, caller.entities, asking.ids["id"], doors.clock.now())
    return Refusal(DoorCode.NOT_FOUND) if stored is None else await _card(doors, caller, stored)


async def _card(doors: HttpDoors, caller: Caller, stored: StoredCompany) -> TraderCard:
    held = await connections_with(doors.database, stored.id, caller.entities)
    return TraderCard(
        **structs.asdict(stored.company),
        id=stored.id,
        has_account=stored.has_account,
        open=await _open(doors, caller, stored),
        connections=tuple(
            ConnectionOfTrader(
                each.id,
                each.entity_id,
                "active" if each.removed_at is None else "removed",
                format_instant(each.activated_at),
                None if each.removed_at is None else format_instant(each.removed_at),
            )
            for each in held
        ),
    )


async def _open(doors: HttpDoors, caller: Caller, stored: StoredCompany) -> tuple[str, ...]:
    makers = await _makers(doors, caller, stored)
    if makers is None:
        return ()
    return tuple(sorted(open_fields(structs.asdict(stored.company), writer_of(stored, makers))))


async def _makers(doors: HttpDoors, caller: Caller, stored: StoredCompany) -> tuple[int, ...] | None:
    """The groups whose connections the caller manages; `None`: of those, none may write on the card."""
    writers = managed(caller)
    held = await connections_with(doors.database, stored.id, writers)
    makers = await groups_of(doors.database, writers)
    is_closed = all(each.removed_at for each in held) and stored.created_by_group_id not in makers
    return None if is_closed else makers


async def create_trader(asking: Asking[NewTrader, Nothing]) -> TraderCard | Refusal:
    """Make a card; it is this group's to keep until somebody of the trader has an account."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    entities = managed(caller) if form.entity is None else (form.entity,)
    if not entities or not caller.may(RIGHT, entities[0]):
        return Refusal(DoorCode.NOT_ALLOWED, field=None if form.entity is None else "entity")
    company = read_company(CompanyForm(**{name: getattr(form, name) for name in CompanyForm.__struct_fields__}))
    if isinstance(company, Refusal):
        return company
    groups = await groups_of(doors.database, entities[:1])
    made = await create_company(doors.database, groups[0], company, By(caller.user_id, doors.clock.now()))
    if isinstance(made, SiretTaken):
        return Refusal(DoorCode.CONFLICT, "siret: this trader has a card already: invite it.", "siret")
    return await _card(
        doors, caller, StoredCompany(id=made, company=company, has_account=False, created_by_group_id=groups[0])
    )


async def change_trader(asking: Asking[CompanyChange, Nothing]) -> TraderCard | Refusal:
    """Change a card that the dealer's group made, or fill in what is empty on a connected trader's."""
    doors, caller = asking.doors, asking.caller
    stored = await known_company(doors.database, caller.entities, asking.ids["id"], doors.clock.now())
    if stored is None:
        return Refusal(DoorCode.NOT_FOUND)
    makers = await _makers(doors, caller, stored)
    if makers is None:
        return Refusal(DoorCode.NOT_ALLOWED)
    changed = await _changed(asking, stored.id, makers)
    return changed if isinstance(changed, Refusal) else await _card(doors, caller, changed)


async def _changed(
    asking: Asking[CompanyChange, Nothing], trader_id: int, group_ids: tuple[int, ...] | None
) -> StoredCompany | Refusal:
    fields = read_fields(asking.body)
    if isinstance(fields, Refusal):
        return fields
    by = By(asking.caller.user_id, asking.doors.clock.now())
    changed = await change_company(asking.doors.database, trader_id, fields, by, group_ids=group_ids)
    if isinstance(changed, FieldsClosed):
        return Refusal(
            DoorCode.NOT_ALLOWED,
            f"{', '.join(changed.fields)}: not yours to change.",
            changed.fields[0],
            reasons=tuple(Reason("not_allowed", field) for field in changed.fields),
        )
    return changed


async def find_company(asking: Asking[Nothing, SiretQuery]) -> CompanyFound | Refusal:
    """Ask the register; without one, or if it does not answer, the form is filled in by hand."""
    doors = asking.doors
    if not managed(asking.caller):
        return Refusal(DoorCode.NOT_ALLOWED)
    siret = siret_of(asking.query.siret)
    if not is_siret(siret):
        return Refusal(DoorCode.INVALID, "siret: must be 14 digits that pass their check.", "siret")
    trader_id = await trader_with(doors.database, siret)
    found = await doors.directory.find(siret)
    company = None
    if isinstance(found, Registered):
        company = RegisteredCompany(**{name: getattr(found, name) for name in RegisteredCompany.__struct_fields__})
    return CompanyFound(siret, not isinstance(found, Unavailable), company, trader_id)


async def list_bidders(asking: Asking[Nothing, Nothing]) -> KnownBidders:
    """The known bidders."""
    return KnownBidders(tuple(KnownBidder(name, email) for name, email in asking.doors.settings.bidders))


# ------------------------------------------------------------------------------------------------------ for traders


async def read_company_card(asking: Asking[Nothing, Nothing]) -> CompanyCard | Refusal:
    """The trader's own card."""
    assert asking.caller.trader is not None
    stored = await company_of(asking.doors.database, int(asking.caller.trader))
    return Refusal(DoorCode.NOT_FOUND) if stored is None else card_of(stored.company)


async def change_company_card(asking: Asking[CompanyChange, Nothing]) -> CompanyCard | Refusal:
    """Change one's own contact data and legal representative."""
    assert asking.caller.trader is not None
    changed = await _changed(asking, int(asking.caller.trader), None)
    return changed if isinstance(changed, Refusal) else card_of(changed.company)


ROUTES = (
    Route(
        method="POST",
        path="/api/traders",
        who=Who.DEALER,
        says="Make a trader's card.",
        answer=create_trader,
        body=NewTrader,
        gives=TraderCard,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="GET",
        path="/api/traders/{id}",
        who=Who.DEALER,
        says="A trader's card, and its connections with the dealer's entities.",
        answer=read_trader,
        gives=TraderCard,
    ),
    Route(
        method="PATCH",
        path="/api/traders/{id}",
        who=Who.DEALER,
        says="Change the card that one's group made, or fill in what is empty on a connected trader's.",
        answer=change_trader,
        body=CompanyChange,
        gives=TraderCard,
    ),
    Route(
        method="GET",
        path="/api/companies",
        who=Who.DEALER,
        says="What the public register says of a SIRET, to fill a form in.",
        answer=find_company,
        query=SiretQuery,
        gives=CompanyFound,
    ),
    Route(
        method="GET",
        path="/api/bidders",
        who=Who.DEALER,
        says="The known bidders and where their invitations go.",
        answer=list_bidders,
        gives=KnownBidders,
    ),
    Route(
        method="GET",
        path="/api/company",
        who=Who.TRADER,
        says="The trader's own card.",
        answer=read_company_card,
        gives=CompanyCard,
    ),
    Route(
        method="PATCH",
        path="/api/company",
        who=Who.TRADER,
        says="Change the trader's contact data and legal representative.",
        answer=change_company_card,
        body=CompanyChange,
        gives=CompanyCard,
    ),
)
