"""What becomes of a card that is made or changed: its match with the catalogue, and what the change may not do (§4).

A card that was wrong before may be put right bit by bit: only what a change makes wrong is held against it. Pure.
"""

from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.catalogue import Catalogue, folded
from engine.life_line import StockRules, missing_at
from engine.vehicle_card import Fault, Problem, VehicleCard, faults

_FROZEN_IN_AUCTION: Final = ("destination", "vat")
"""What the auction's own figures and conditions rest on."""


class Binding(Struct, frozen=True):
    """What binds the vehicle: the auction that it is in, the trader that it is reserved for."""

    in_auction: bool = False
    reserved_for_trader: bool = False


def with_match(
    before: VehicleCard | None, after: VehicleCard, catalogue: Catalogue, *, kind_given: bool = True
) -> tuple[VehicleCard, tuple[Fault, ...]]:
    """The card with its match to the reference worked out, and the catalogue's names of make and model (§4.3, §4.7).

    A make or model that the catalogue does not know must be typed as custom; one that it knows must not. A kind that
    is not given is the catalogue's; a custom make's must be.
    """
    identity = (after.make, after.model, after.custom_make)
    if before is not None and identity == (before.make, before.model, before.custom_make):
        return after, ()
    make, model = catalogue.make(after.make), catalogue.model(after.make, after.model)
    if after.custom_make:
        known = [] if model is None else [Fault("custom_make", Problem.IN_CATALOGUE)]
        unsaid = [] if kind_given else [Fault("kind", Problem.REQUIRED)]
        return replace(after, matched=False), (*known, *unsaid)
    if make is None or model is None:
        return after, (Fault("make" if make is None else "model", Problem.NOT_IN_CATALOGUE),)
    typed = after.model.strip()
    named = model.name if folded(typed) == folded(model.name) else typed.upper()
    kind = after.kind if kind_given else model.kind
    return replace(after, make=make.name, model=named, kind=kind, matched=True), ()


def change_faults(
    before: VehicleCard | None, after: VehicleCard, rules: StockRules, binding: Binding, today: date
) -> tuple[Fault, ...]:
    """Everything that keeps the card from becoming `after`; none before: it is new."""
    stood = () if before is None else _standing(before, rules, today)
    found = [fault for fault in _standing(after, rules, today) if fault not in stood]
    if before is not None:
        found += _bound(before, after, binding)
    if after.status not in rules.line(after.destination).statuses and (
        before is None or before.destination != after.destination
    ):
        found.append(Fault("destination", Problem.NOT_ON_THE_LINE))
    return tuple(found)


def _standing(card: VehicleCard, rules: StockRules, today: date) -> tuple[Fault, ...]:
    lacking = missing_at(rules.line(card.destination), card.status, card)
    wrong = faults(card, today)
    return (
        *wrong,
        *(Fault(field, Problem.REQUIRED) for field in lacking if Fault(field, Problem.REQUIRED) not in wrong),
    )


def _bound(before: VehicleCard, after: VehicleCard, binding: Binding) -> list[Fault]:
    found: list[Fault] = []
    if binding.in_auction:
        found += [
            Fault(field, Problem.IN_AUCTION)
            for field in _FROZEN_IN_AUCTION
            if getattr(before, field) != getattr(after, field)
        ]
    elif binding.reserved_for_trader and before.vat != after.vat:
        found.append(Fault("vat", Problem.RESERVED))  # the buyer has read and offered a price of this scheme
    if after.reserved_for_client not in {None, before.reserved_for_client}:
        if binding.in_auction:
            found.append(Fault("reserved_for_client", Problem.IN_AUCTION))
        if binding.reserved_for_trader:
            found.append(Fault("reserved_for_client", Problem.RESERVED))
    return found
