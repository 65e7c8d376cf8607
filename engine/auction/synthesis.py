"""The synthesis: the dealer's figures of an auction (§5.5.1, §5.5.4), worked out from its state.

Integer cents in, integer cents out; screens and wires write them as they please.
"""

from msgspec import Struct

from engine.auction.events import Outcome
from engine.auction.state import AuctionState, LotState, Status
from engine.money import Cents, shares, without_vat


class LotFigures(Struct, frozen=True):
    """One lot: gain over the starting price, the same HT, and the margin with that gain.

    `prices_cents` are the vehicles' shares of the last offer, or `None` without one (§5.4.3).
    """

    gain_cents: Cents
    gain_ht_cents: Cents
    margin_cents: Cents
    prices_cents: tuple[Cents, ...] | None


class Synthesis(Struct, frozen=True):
    """The totals of an auction; `reserve_total_cents` is `None` if no lot has a reserve."""

    starting_total_cents: Cents
    initial_margin_cents: Cents
    last_offers_total_cents: Cents
    reserve_total_cents: Cents | None
    gain_cents: Cents
    gain_ht_cents: Cents
    margin_cents: Cents
    lots_with_offer: int
    lots_with_reserve_reached: int


def lot_figures(lot: LotState) -> LotFigures:
    """§5.5.4: the HT gain goes vehicle by vehicle, with the shares of §5.4.3."""
    initial_margin = lot.terms.initial_margin_cents
    if lot.last_offer_cents is None:
        return LotFigures(0, 0, initial_margin, None)
    vehicles = lot.terms.vehicles
    prices = shares(lot.last_offer_cents, [vehicle.starting_price_cents for vehicle in vehicles])
    gain_ht = sum(
        without_vat(price - vehicle.starting_price_cents, vehicle.vat)
        for price, vehicle in zip(prices, vehicles, strict=True)
    )
    gain = lot.last_offer_cents - lot.starting_price_cents
    return LotFigures(gain, gain_ht, initial_margin + gain_ht, tuple(prices))


def synthesis(state: AuctionState) -> Synthesis:
    """The totals over all lots (§5.5.1)."""
    lots = list(state.lots.values())
    figures = [lot_figures(lot) for lot in lots]
    offers = [lot.last_offer_cents for lot in lots if lot.last_offer_cents is not None]
    reserves = [lot.terms.reserve_price_cents for lot in lots if lot.terms.reserve_price_cents is not None]
    return Synthesis(
        starting_total_cents=sum(lot.starting_price_cents for lot in lots),
        initial_margin_cents=sum(lot.terms.initial_margin_cents for lot in lots),
        last_offers_total_cents=sum(offers),
        reserve_total_cents=sum(reserves) if reserves else None,
        gain_cents=sum(figure.gain_cents for figure in figures),
        gain_ht_cents=sum(figure.gain_ht_cents for figure in figures),
        margin_cents=sum(figure.margin_cents for figure in figures),
        lots_with_offer=len(offers),
        lots_with_reserve_reached=sum(1 for lot in lots if lot.reserve_reached is True),
    )


def standing_word(state: AuctionState) -> str:
    """The dealer's word for the auction (§5.5.1): its status, and once it has ended how it came out."""
    if state.status is not Status.ENDED:
        return state.status.value
    outcomes = [lot.outcome for lot in state.lots.values()]
    if all(outcome is Outcome.WON for outcome in outcomes):
        return "won"
    if Outcome.WON in outcomes:
        return "partly_won"
    return "sale_cancelled" if Outcome.SALE_CANCELLED in outcomes else "not_won"
