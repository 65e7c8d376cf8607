"""Who is told of what was decided, wherever they are on the live wire (§5.1.5, §5.4.4, §5.5.3).

Those who follow an auction read it in its events; notices are for the other sockets of those it concerns. A notice
carries an id of its own, so that it shows once; what must never be missed stands in the book's notices as well.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

from msgspec import UNSET, UnsetType

from engine.auction.events import AnyEvent, BidPlaced, ConnectionRemoved, Declined
from engine.instants import SECOND, Instant, format_instant
from engine.money import format_amount
from engine.notices import NoticeKind
from engine.sales import AuctionNotice, Consequence
from server.live.auctioneer import Auctioneer
from server.live.frames import text_frame
from server.live.messages import Notice, encode
from server.live.presence import Presence
from server.live.rate import Allowance

AT_ONCE_SECONDS: Final = 0.020
STORM_SECONDS: Final = 0.250
TOLD_PER_SECOND: Final = 4
TOLD_BURST: Final = 16
"""Under a storm of bids only the newest of a lot is worth a notice, and not oftener than a person can read."""


class Announcer:
    """Tells the sockets that do not follow. `caused` hears that the book has more for others to tell."""

    def __init__(self, presence: Presence, caused: Callable[[], None] | None = None) -> None:
        self._presence, self._caused = presence, caused
        self._loop = asyncio.get_running_loop()
        self._outbid: dict[tuple[int, int], tuple[Auctioneer, BidPlaced]] = {}
        self._calm = Allowance(TOLD_PER_SECOND, TOLD_BURST, 0)
        self._ends: dict[int, Instant] = {}  # of the auctions in `_outbid`, as of the last that was said of each

    def spoken(
        self,
        auctioneer: Auctioneer,
        events: tuple[AnyEvent, ...],
        caused: tuple[Consequence, ...],
        ends_at: Instant,
    ) -> None:
        """A decision is durable and said, the auction's end after it is `ends_at`: tell whom else it concerns."""
        for event in events:
            match event:
                case BidPlaced():
                    if not self._outbid:
                        self._tell_soon()
                    self._outbid[auctioneer.auction_id, event.lot] = (auctioneer, event)
                    self._ends[auctioneer.auction_id] = ends_at
                case Declined() | ConnectionRemoved():
                    for present in self._presence.of_trader(event.trader):
                        present.refresh(auctioneer.auction_id)
                case _:
                    pass
        if caused and self._caused is not None:
            self._caused()
        for consequence in caused:
            if isinstance(consequence, AuctionNotice):
                self._tell(auctioneer, consequence)

    def published(
        self, auctioneer: Auctioneer, kind: NoticeKind, version: int, at: Instant, traders: Iterable[str]
    ) -> None:
        """The auction's terms are stored at this version: tell these traders, at one instant (§3.4, §5.1.5)."""
        notice = Notice(
            id=f"{kind}-{auctioneer.auction_id}-{version}-t",
            kind=kind,
            at=format_instant(at),
            auction=auctioneer.auction_id,
            number=auctioneer.state.terms.number,
            display_number=_shown(auctioneer, auctioneer.state.terms.number),
        )
        if self._caused is not None:
            self._caused()
        frame = text_frame(encode(notice))
        for trader in traders:
            for present in self._presence.of_trader(trader):
                present.tell(frame)

    def _tell_soon(self) -> None:
        """At once if the allowance has one left, else when it has one again, which is then taken."""
        if self._calm.take(self._now()):
            self._loop.call_later(AT_ONCE_SECONDS, self._tell_outbid)
        else:
            self._loop.call_later(STORM_SECONDS, self._tell_late)

    def _tell_late(self) -> None:
        self._calm.take(self._now())
        self._tell_outbid()

    def _now(self) -> Instant:
        return round(self._loop.time() * SECOND)

    def _tell_outbid(self) -> None:
        """§5.5.3: each trader who bid on the lot and does not lead, the new amount."""
        outbid, self._outbid = self._outbid, {}
        ends, self._ends = self._ends, {}
        for auctioneer, bid in outbid.values():
            if not auctioneer.is_running:
                continue
            offers = auctioneer.state.lots[bid.lot].offers
            frame = b""
            for trader, offer in offers.items():
                # A higher offer is one not yet durable: its bidder is about to lead.
                if trader == bid.trader or offer > bid.amount_cents:
                    continue
                for present in self._presence.of_trader(trader):
                    if not present.watches(auctioneer.auction_id):
                        frame = frame or _outbid_frame(auctioneer, bid, ends[auctioneer.auction_id])
                        present.tell(frame)

    def _tell(self, auctioneer: Auctioneer, due: AuctionNotice) -> None:
        to_dealer = due.trader is None
        told = (
            self._presence.of_entity(auctioneer.entity_id)
            if due.trader is None
            else self._presence.of_trader(due.trader)
        )
        if not told:
            return
        number = auctioneer.state.terms.number if auctioneer.is_running else UNSET
        lot = UNSET if due.lot is None else due.lot
        notice = Notice(
            id=f"{due.kind}-{auctioneer.auction_id}-{due.seq}-{'d' if to_dealer else 't'}",
            kind=due.kind,
            at=format_instant(due.at),
            auction=auctioneer.auction_id,
            number=number,
            display_number=_shown(auctioneer, number),
            lot=lot,
            lot_display_number=_shown(auctioneer, lot),
            outcome=UNSET if due.outcome is None else due.outcome,
            amount=UNSET if due.price_cents is None else format_amount(due.price_cents),
            winner=UNSET if due.winner is None or not auctioneer.is_running else auctioneer.state.names[due.winner],
            reason=UNSET if due.reason is None else due.reason,
        )
        frame = text_frame(encode(notice))
        for present in told:
            present.tell(frame)


def _outbid_frame(auctioneer: Auctioneer, bid: BidPlaced, ends_at: Instant) -> bytes:
    notice = Notice(
        id=f"outbid-{auctioneer.auction_id}-{bid.seq}",
        kind="outbid",
        at=format_instant(bid.at),
        auction=auctioneer.auction_id,
        number=auctioneer.state.terms.number,
        display_number=_shown(auctioneer, auctioneer.state.terms.number),
        lot=bid.lot,
        lot_display_number=_shown(auctioneer, bid.lot),
        amount=format_amount(bid.amount_cents),
        ends_at=format_instant(ends_at),
    )
    return text_frame(encode(notice))


def _shown(auctioneer: Auctioneer, number: int | UnsetType) -> str | UnsetType:
    """A number as both sides read it (§5.1.3): `45-702`."""
    if number is UNSET:
        return UNSET
    return f"{auctioneer.prefix}-{number}" if auctioneer.prefix else str(number)
