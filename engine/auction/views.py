"""What each audience may see of an auction: the trader's view and the dealer's.

Pure functions from state to values that go on the wire as they stand (amounts as decimal strings,
times as RFC 3339). A trader's view never holds a reserve amount or another's name (§1.4).
"""

from typing import Any

from msgspec import Struct

from engine.auction.event_views import AnyEventView, dealer_event, trader_event
from engine.auction.events import Outcome
from engine.auction.state import AuctionState, LotState, Status
from engine.auction.synthesis import Synthesis, lot_figures, synthesis
from engine.auction.terms import AuctionTerms, Kind, SoftClose, SoftCloseMode
from engine.instants import SECOND, Microseconds, format_instant
from engine.money import Cents, Vat, format_amount


class SoftCloseView(Struct, frozen=True):
    """§5.3.3, in seconds."""

    window_seconds: int | float
    extension_seconds: int | float
    mode: SoftCloseMode


class TraderVehicle(Struct, frozen=True):
    """A vehicle of a lot; what it is comes from its card, over HTTP."""

    ref: str
    vat: Vat


class DealerVehicle(Struct, frozen=True):
    """A vehicle with its share of the last offer (§5.4.3)."""

    ref: str
    vat: Vat
    starting_price: str
    initial_margin: str
    price: str | None


class TraderLot(Struct, frozen=True):
    """A lot: the standing bid, whose number it is, and what a bid must reach now."""

    number: int
    starting_price: str
    last_offer: str | None
    bidder: int | None
    bids: int
    minimum_next_bid: str | None
    reserve_reached: bool | None
    outcome: Outcome | None
    vehicles: tuple[TraderVehicle, ...]


class DealerLot(Struct, frozen=True):
    """A lot with its reserve, its leader by name and its figures (§5.5.1)."""

    number: int
    starting_price: str
    reserve_price: str | None
    last_offer: str | None
    leader: str | None
    bidder: int | None
    bids: int
    minimum_next_bid: str | None
    reserve_reached: bool | None
    initial_margin: str
    gain: str
    gain_ht: str
    margin: str
    outcome: Outcome | None
    winner: str | None
    vehicles: tuple[DealerVehicle, ...]


class OwnOffer(Struct, frozen=True):
    """The reader's own best offer on a lot."""

    lot: int
    amount: str


class You(Struct, frozen=True):
    """Who the reader is in this auction: its number (`None` before its first bid)."""

    bidder: int | None
    declined: bool
    invited: bool
    offers: tuple[OwnOffer, ...]


class Invitee(Struct, frozen=True):
    """A trader of the audience as the dealer follows it (§5.5.1)."""

    trader: str
    bidder: int | None
    declined: bool
    removed: bool


class SynthesisView(Struct, frozen=True):
    """The totals of an auction, in the words of `Synthesis`."""

    starting_total: str
    initial_margin: str
    last_offers_total: str
    reserve_total: str | None
    gain: str
    gain_ht: str
    margin: str
    lots_with_offer: int
    lots_with_reserve_reached: int


class TraderView(Struct, frozen=True):
    """The whole auction for one trader; `recent` is the end of the history, oldest first."""

    auction: int
    number: int
    kind: Kind
    status: Status
    starts_at: str
    ends_at: str
    minimum_increment: str
    soft_close: SoftCloseView
    lots: tuple[TraderLot, ...]
    recent: tuple[AnyEventView, ...]
    you: You


class DealerView(Struct, frozen=True):
    """The whole auction for its dealer: the synthesis, the lots and the audience by name."""

    auction: int
    number: int
    kind: Kind
    status: Status
    starts_at: str
    ends_at: str
    minimum_increment: str
    soft_close: SoftCloseView
    synthesis: SynthesisView
    lots: tuple[DealerLot, ...]
    recent: tuple[AnyEventView, ...]
    audience: tuple[Invitee, ...]


def trader_view(auction: int, state: AuctionState, trader: str) -> TraderView:
    """What `trader` may see; `auction` is the auction's id, which the rules do not know."""
    offers = [
        OwnOffer(lot.terms.number, format_amount(lot.offers[trader]))
        for lot in state.lots.values()
        if trader in lot.offers
    ]
    return TraderView(
        **_heading(auction, state),
        lots=tuple(_trader_lot(state, lot) for lot in state.lots.values()),
        recent=tuple(trader_event(state, event) for event in state.recent),
        you=You(
            state.aliases.get(trader),
            trader in state.declined,
            state.may_bid(trader),
            tuple(offers),
        ),
    )


def dealer_view(auction: int, state: AuctionState) -> DealerView:
    """What the auction's dealer may see: everything."""
    return DealerView(
        **_heading(auction, state),
        synthesis=synthesis_view(synthesis(state)),
        lots=tuple(dealer_lot(state, lot) for lot in state.lots.values()),
        recent=tuple(dealer_event(state, event) for event in state.recent),
        audience=tuple(
            Invitee(name, state.aliases.get(trader), trader in state.declined, trader in state.removed)
            for trader, name in state.names.items()
        ),
    )


def _heading(auction: int, state: AuctionState) -> dict[str, Any]:
    terms: AuctionTerms = state.terms
    return {
        "auction": auction,
        "number": terms.number,
        "kind": terms.kind,
        "status": state.status,
        "starts_at": format_instant(terms.starts_at),
        "ends_at": format_instant(state.ends_at),
        "minimum_increment": format_amount(terms.minimum_increment_cents),
        "soft_close": _soft_close(terms.soft_close),
    }


def _soft_close(soft_close: SoftClose) -> SoftCloseView:
    return SoftCloseView(
        _seconds(soft_close.window_microseconds),
        _seconds(soft_close.extension_microseconds),
        soft_close.mode,
    )


def _seconds(duration: Microseconds) -> int | float:
    whole, fraction = divmod(duration, SECOND)
    return whole if fraction == 0 else duration / SECOND


def _trader_lot(state: AuctionState, lot: LotState) -> TraderLot:
    return TraderLot(
        number=lot.terms.number,
        starting_price=format_amount(lot.starting_price_cents),
        last_offer=optional_amount(lot.last_offer_cents),
        bidder=None if lot.leader is None else state.aliases[lot.leader],
        bids=lot.bids,
        minimum_next_bid=minimum_next_bid(state, lot),
        reserve_reached=lot.reserve_reached,
        outcome=lot.outcome,
        vehicles=tuple(TraderVehicle(vehicle.ref, vehicle.vat) for vehicle in lot.terms.vehicles),
    )


def dealer_lot(state: AuctionState, lot: LotState) -> DealerLot:
    """One lot of the synthesis (§5.5.1)."""
    figures = lot_figures(lot)
    vehicles = lot.terms.vehicles
    prices = figures.prices_cents or (None,) * len(vehicles)
    return DealerLot(
        number=lot.terms.number,
        starting_price=format_amount(lot.starting_price_cents),
        reserve_price=optional_amount(lot.terms.reserve_price_cents),
        last_offer=optional_amount(lot.last_offer_cents),
        leader=None if lot.leader is None else state.names[lot.leader],
        bidder=None if lot.leader is None else state.aliases[lot.leader],
        bids=lot.bids,
        minimum_next_bid=minimum_next_bid(state, lot),
        reserve_reached=lot.reserve_reached,
        initial_margin=format_amount(lot.terms.initial_margin_cents),
        gain=format_amount(figures.gain_cents),
        gain_ht=format_amount(figures.gain_ht_cents),
        margin=format_amount(figures.margin_cents),
        outcome=lot.outcome,
        winner=None if lot.winner is None else state.names[lot.winner],
        vehicles=tuple(
            DealerVehicle(
                vehicle.ref,
                vehicle.vat,
                format_amount(vehicle.starting_price_cents),
                format_amount(vehicle.initial_margin_cents),
                optional_amount(price),
            )
            for vehicle, price in zip(vehicles, prices, strict=True)
        ),
    )


def synthesis_view(totals: Synthesis) -> SynthesisView:
    """The totals as a wire writes them."""
    return SynthesisView(
        starting_total=format_amount(totals.starting_total_cents),
        initial_margin=format_amount(totals.initial_margin_cents),
        last_offers_total=format_amount(totals.last_offers_total_cents),
        reserve_total=optional_amount(totals.reserve_total_cents),
        gain=format_amount(totals.gain_cents),
        gain_ht=format_amount(totals.gain_ht_cents),
        margin=format_amount(totals.margin_cents),
        lots_with_offer=totals.lots_with_offer,
        lots_with_reserve_reached=totals.lots_with_reserve_reached,
    )


def minimum_next_bid(state: AuctionState, lot: LotState) -> str | None:
    """What a bid would have to reach now; `None` once the lot is decided."""
    return format_amount(state.minimum_cents(lot)) if lot.outcome is None else None


def optional_amount(cents: Cents | None) -> str | None:
    """An amount that may be missing."""
    return None if cents is None else format_amount(cents)
