"""Auctions as lists and pages show them: `GET /api/auctions`, `GET /api/auctions/{id}`.

Stored lines and cards, overlaid with the figures of the house where the auction runs. A dealer sees its entities'
auctions, a trader those that invited it; to anyone else they do not exist (§1.4).
"""

import asyncio
from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from engine.auction.state import AuctionState
from engine.auction.synthesis import synthesis
from engine.instants import format_instant
from engine.money import format_amount
from persistence.auctions.lists import (
    DEALER_STATES,
    PER_PAGE,
    TRADER_STATES,
    AuctionLine,
    AuctionsAsked,
    page_for_dealer,
    page_for_trader,
    state_for_trader,
)
from persistence.auctions.pages import AuctionCard, LotCard, card, is_invited
from persistence.stock.files import shown_to
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.pages_of import Paged, pages
from server.http.reading import Nothing
from server.http.stock.vehicle_cards import Vehicle, photo_address, vehicle_of, without_files
from server.http.values import Id, amount, display_number
from server.http.words import (
    AuctionKindWord,
    AuctionStateWord,
    AuctionStatusWord,
    OutcomeWord,
    RoleWord,
    StandingWord,
    TraderOutcomeWord,
)

Part: TypeAlias = Annotated[str, Meta(max_length=100)]


class AuctionsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """`state` is one or several, separated by commas; every word of `q` must be in number, dealer, make, model,
    version, trim or plate; `entity`: one of the dealer's. The others narrow by a part of a name. Case and accents do
    not count (§5.5.3).
    """

    entity: Id | None = None
    state: Annotated[str, Meta(max_length=200)] = ""
    q: Annotated[str, Meta(max_length=200)] = ""
    number: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None
    dealer: Part = ""
    make: Part = ""
    model: Part = ""
    trim: Part = ""
    kind: Literal["unit", "lot"] | None = None
    page: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    limit: Annotated[int, Meta(ge=1, le=200)] = PER_PAGE


class NamedEntity(Struct, frozen=True):
    """Who sells."""

    name: str


class Site(Struct, frozen=True):
    """Where the vehicles are."""

    name: str
    city: str
    postcode: str = ""


class AuctionItem(Struct, frozen=True, kw_only=True):
    """An auction on a list. `state` is the reader's: a dealer's or a trader's word for it; `photo` is the address of a
    small photo of its first vehicle.
    """

    id: int
    number: int
    display_number: str
    kind: AuctionKindWord
    status: AuctionStatusWord
    state: AuctionStateWord
    starts_at: str
    ends_at: str
    entity: NamedEntity
    site: Site
    title: str
    photo: str | None
    lots_count: int
    vehicles_count: int
    starting_total: str
    last_offers_total: str | None
    # The trader's alone: where it stands, how the auction came out for it, what it has won.
    standing: StandingWord | UnsetType = UNSET
    outcome: TraderOutcomeWord | UnsetType | None = UNSET
    won_total: str | UnsetType | None = UNSET
    won_lots: int | UnsetType = UNSET
    # The dealer's alone.
    audience_count: int | UnsetType = UNSET
    gain: str | UnsetType = UNSET


class AuctionList(Paged[AuctionItem], frozen=True):
    """One page."""


class LotOffer(Struct, frozen=True):
    """The offer that a sale made (§5.4.3)."""

    id: int
    number: int
    display_number: str


class Lot(Struct, frozen=True):
    """A lot and what is in it. Its offer is shown to the dealer and to the trader in whose name it is; its reserve to
    the dealer alone.
    """

    number: int
    display_number: str
    vehicles: tuple[Vehicle, ...]
    starting_price: str
    outcome: OutcomeWord | None
    offer: LotOffer | None
    reserve_price: str | UnsetType | None = UNSET


class AuctionDescription(Struct, frozen=True, kw_only=True):
    """What does not move of an auction; what moves comes over the live wire. `state` is the reader's word, as in lists.
    The list's name is the dealer's alone, and `version`, which a change before the start must name (§5.1.4).
    """

    id: int
    number: int
    display_number: str
    kind: AuctionKindWord
    status: AuctionStatusWord
    state: AuctionStateWord
    starts_at: str
    ends_at: str
    role: RoleWord
    entity: NamedEntity
    site: Site
    lots: tuple[Lot, ...]
    list_name: str | None = None
    audience_count: int | None = None
    version: int | None = None


class Live(Struct, frozen=True):
    """What the house knows better than the lines."""

    status: str
    ends_at: str
    last_offers_total: str | None
    gain: str
    standing: str


# ------------------------------------------------------------------------------------------------------------ the list


async def list_auctions(asking: Asking[Nothing, AuctionsQuery]) -> AuctionList | Refusal:
    """One page of the reader's auctions."""
    caller, query, doors = asking.caller, asking.query, asking.doors
    states = tuple(state for state in query.state.split(",") if state)
    known = DEALER_STATES if caller.trader is None else TRADER_STATES
    for state in states:
        if state not in known:
            return Refusal(DoorCode.INVALID, f"state: must be among {', '.join(known)}.", "state")
    asked = AuctionsAsked(
        states=states,
        q=query.q,
        number=query.number,
        dealer=query.dealer,
        make=query.make,
        model=query.model,
        trim=query.trim,
        kind=query.kind,
        page=query.page,
        per_page=query.limit,
    )
    entities = entities_asked(caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    if caller.trader is None:
        total, lines = await page_for_dealer(doors.database, entities, asked)
    else:
        total, lines = await page_for_trader(doors.database, int(caller.trader), asked)
    lines = await _with_what_opens(doors, caller, lines)
    live = await asyncio.gather(*(_live(doors, caller, line) for line in lines))
    items = tuple(_item(caller, line, figures) for line, figures in zip(lines, live, strict=True))
    return AuctionList(items, query.page, pages(total, query.limit), total)


async def _with_what_opens(doors: HttpDoors, caller: Caller, lines: list[AuctionLine]) -> list[AuctionLine]:
    """The lines without the photos that their reader may not read any more (§2.4): no address is told in vain."""
    photographed = {line.vehicle_id for line in lines if line.photo_id is not None}
    if caller.trader is None or not photographed:
        return lines
    shown = await shown_to(doors.database, photographed, int(caller.trader))
    return [line if line.vehicle_id in shown else replace(line, photo_id=None) for line in lines]


async def _live(doors: HttpDoors, caller: Caller, line: AuctionLine) -> Live | None:
    """The house's figures, if the auction is there; it is not read from the book for a list."""
    if doors.house.find(line.id) is None:
        return None
    found = await doors.house.look(line.id, lambda _, state: _figures(caller, state))
    return None if isinstance(found, DoorCode) else found


def _figures(caller: Caller, state: AuctionState) -> Live:
    totals = synthesis(state)
    return Live(
        str(state.status),
        format_instant(state.ends_at),
        amount(totals.last_offers_total_cents) if totals.lots_with_offer else None,
        amount(totals.gain_cents) or "",
        "none" if caller.trader is None else _standing(state, caller.trader),
    )


def _standing(state: AuctionState, trader: str) -> str:
    """Winning if it leads every lot that it bid on."""
    bid_on = [lot for lot in state.lots.values() if trader in lot.offers]
    if not bid_on:
        return "none"
    return "winning" if all(lot.leader == trader for lot in bid_on) else "losing"


def _item(caller: Caller, line: AuctionLine, live: Live | None) -> AuctionItem:
    to_dealer = caller.trader is None
    outcome = line.state if line.state in {"won", "lost", "declined"} else None
    return AuctionItem(
        id=line.id,
        number=line.number,
        display_number=display_number(line.prefix, line.number),
        kind=line.kind,
        status=line.status if live is None else live.status,
        state=line.state,
        starts_at=format_instant(line.starts_at),
        ends_at=format_instant(line.ends_at) if live is None else live.ends_at,
        entity=NamedEntity(line.entity),
        site=Site(line.site, line.city),
        title=line.title,
        photo=None if line.photo_id is None else f"{photo_address(line.vehicle_id, line.photo_id)}/thumbnail",
        lots_count=line.lots_count,
        vehicles_count=line.vehicles_count,
        starting_total=amount(line.starting_total_cents) or "",
        last_offers_total=amount(line.last_offers_total_cents) if live is None else live.last_offers_total,
        standing=UNSET if to_dealer else _settled_standing(outcome) if live is None else live.standing,
        outcome=UNSET if to_dealer else outcome,
        won_total=UNSET if to_dealer else amount(line.won_total_cents),
        won_lots=UNSET if to_dealer else line.won_lots,
        audience_count=line.audience_count if to_dealer else UNSET,
        gain=UNSET if not to_dealer else (amount(line.gain_cents) or "") if live is None else live.gain,
    )


def _settled_standing(outcome: str | None) -> str:
    return {"won": "winning", "lost": "losing"}.get(outcome or "", "none")


# ------------------------------------------------------------------------------------------------------------ one page


async def seen_card(doors: HttpDoors, caller: Caller, auction_id: int) -> AuctionCard | None:
    """The auction's card, if the caller may see it (§1.4)."""
    found = await card(doors.database, auction_id)
    if found is None:
        return None
    if caller.trader is None:
        return found if found.entity_id in caller.entities else None
    return found if await is_invited(doors.database, auction_id, int(caller.trader)) else None


async def describe_auction(asking: Asking[Nothing, Nothing]) -> AuctionDescription | Refusal:
    """What does not move of an auction."""
    doors, caller = asking.doors, asking.caller
    found = await seen_card(doors, caller, asking.ids["id"])
    if found is None:
        return Refusal(DoorCode.UNKNOWN_AUCTION)
    if caller.trader is None:
        return description_of(found, caller)
    trader_id = int(caller.trader)
    vehicles = [sold.vehicle for lot in found.lots for sold in lot.vehicles]
    shown = await shown_to(doors.database, (vehicle.id for vehicle in vehicles), trader_id)
    state = await state_for_trader(doors.database, found.id, trader_id)
    return description_of(found, caller, state, shown=shown)


def description_of(
    found: AuctionCard, caller: Caller, state: str | None = None, *, shown: frozenset[int] = frozenset()
) -> AuctionDescription:
    """A card as its reader may read it; `state` is a trader's word for it, the dealer's stands on the card.

    `shown` are the vehicles whose photos and certificate a trader may read; a dealer reads all of its own.
    """
    to_dealer = caller.trader is None
    return AuctionDescription(
        id=found.id,
        number=found.number,
        display_number=display_number(found.prefix, found.number),
        kind=found.kind,
        status=found.status,
        state=state or found.result or found.status,
        starts_at=format_instant(found.starts_at),
        ends_at=format_instant(found.ends_at),
        role=caller.role,
        entity=NamedEntity(found.entity),
        site=Site(found.site, found.city, found.postcode),
        lots=tuple(_lot(found, lot, caller, shown) for lot in found.lots),
        list_name=found.list_title if to_dealer else None,
        audience_count=found.audience_count if to_dealer else None,
        version=found.version if to_dealer else None,
    )


def _lot(found: AuctionCard, lot: LotCard, caller: Caller, shown: frozenset[int]) -> Lot:
    to_dealer = caller.trader is None
    is_ours = to_dealer or str(lot.offer_trader_id) == caller.trader
    return Lot(
        lot.number,
        display_number(found.prefix, lot.number),
        tuple(
            vehicle_of(
                sold.vehicle if to_dealer or sold.vehicle.id in shown else without_files(sold.vehicle),
                sold.ref,
                for_dealer=to_dealer,
            )
            for sold in lot.vehicles
        ),
        format_amount(sum(sold.starting_price_cents for sold in lot.vehicles)),
        lot.outcome,
        offer_of(found.prefix, lot) if is_ours else None,
        amount(lot.reserve_price_cents) if to_dealer else UNSET,
    )


def offer_of(prefix: str, lot: LotCard) -> LotOffer | None:
    """The offer of a lot that was sold, its sale cancelled or not."""
    if lot.offer_id is None or lot.offer_number is None:
        return None
    return LotOffer(lot.offer_id, lot.offer_number, display_number(prefix, lot.offer_number))


ROUTES = (
    Route(
        method="GET",
        path="/api/auctions",
        who=Who.SIGNED_IN,
        says="The reader's auctions, a page at a time: a dealer's entities', or those that invited the trader.",
        answer=list_auctions,
        query=AuctionsQuery,
        gives=AuctionList,
        refuses=(DoorCode.NOT_ALLOWED,),
    ),
    Route(
        method="GET",
        path="/api/auctions/{id}",
        who=Who.SIGNED_IN,
        says="What does not move of an auction: its lots and vehicles, who sells, where.",
        answer=describe_auction,
        gives=AuctionDescription,
        refuses=(DoorCode.UNKNOWN_AUCTION,),
    ),
)
