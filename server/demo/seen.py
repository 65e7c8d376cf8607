"""What a scripted trader knows of an auction: what the live protocol has told it, and nothing else.

A `state` message fills it, `event` and `events` carry it on. The fields are a few of the wire's (docs/protocol.md);
whatever else a message says is passed over.
"""

from typing import Final

import msgspec
from msgspec import Struct

from engine.instants import Instant, parse_instant
from engine.money import Cents, parse_amount


class _Lot(Struct):
    number: int
    starting_price: str
    minimum_next_bid: str | None
    bidder: int | None
    bids: int


class _You(Struct):
    bidder: int | None
    declined: bool
    invited: bool


class _Entry(Struct):
    """An entry of the history, one struct for all kinds."""

    event: str
    lot: int = 0
    bidder: int | None = None
    bids: int = 0
    minimum: str | None = None
    to: str | None = None
    cause: str = ""


class _View(Struct):
    number: int
    status: str
    starts_at: str
    ends_at: str
    minimum_increment: str
    lots: list[_Lot]
    recent: list[_Entry]
    you: _You


class Heard(Struct):
    """Any message of the server, as far as a scripted trader reads it."""

    type: str
    id: str | None = None
    auction: int = 0
    code: str | int = ""
    event: str = ""
    lot: int = 0
    bidder: int | None = None
    bids: int = 0
    minimum: str | None = None
    to: str | None = None
    cause: str = ""
    events: list[_Entry] = []
    view: _View | None = None
    standing: "_Standing | None" = None


class _Standing(Struct):
    bidder: int | None


_decoder: Final = msgspec.json.Decoder(Heard)
LATE_BID: Final = "late_bid"


def hear(text: str | bytes) -> Heard:
    """Read one message of the server."""
    return _decoder.decode(text)


class LotSeen(Struct):
    """A lot: the least a bid must be now, and the alias of whoever leads."""

    number: int
    starting_cents: Cents
    minimum_cents: Cents
    leader: int | None
    bids: int


class AuctionSeen(Struct):
    """An auction as one trader sees it; `alias` is the trader's own number once it has bid."""

    auction: int
    number: int
    is_open: bool
    is_over: bool
    ends_at: Instant
    increment_cents: Cents
    lots: dict[int, LotSeen]
    alias: int | None
    declined: bool
    invited: bool
    late_bids: int = 0

    def carry_on(self, entry: _Entry | Heard) -> None:
        """Take one entry of the history that follows what was seen."""
        match entry.event:
            case "started":
                self.is_open = True
            case "bid":
                lot = self.lots[entry.lot]
                lot.leader, lot.bids = entry.bidder, entry.bids
                if entry.minimum is not None:
                    lot.minimum_cents = parse_amount(entry.minimum)
            case "extended":
                self.late_bids += entry.cause == LATE_BID
                if entry.to is not None:
                    self.ends_at = parse_instant(entry.to)
            case "ended" | "cancelled":
                self.is_open, self.is_over = False, True
            case _:
                pass


def see(auction: int, view: _View) -> AuctionSeen:
    """What a `state` message shows."""
    return AuctionSeen(
        auction=auction,
        number=view.number,
        is_open=view.status == "open",
        is_over=view.status in {"ended", "cancelled"},
        ends_at=parse_instant(view.ends_at),
        increment_cents=parse_amount(view.minimum_increment),
        lots={
            lot.number: LotSeen(
                lot.number,
                parse_amount(lot.starting_price),
                parse_amount(lot.minimum_next_bid or lot.starting_price),
                lot.bidder,
                lot.bids,
            )
            for lot in view.lots
        },
        alias=view.you.bidder,
        declined=view.you.declined,
        invited=view.you.invited,
        late_bids=sum(entry.cause == LATE_BID for entry in view.recent),
    )
