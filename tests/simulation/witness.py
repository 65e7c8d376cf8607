"""Who watches every word that leaves the house, at the moment it leaves, and compares it with what the book holds then.

It reads the book alone (law 1: nothing is said before it is durable) and rebuilds every view from the stored events
alone (laws 2 and 3). It never stops the story: it writes down which law was broken, and how.
"""

from typing import Any

import msgspec

from engine.auction.apply import apply
from engine.auction.events import AnyEvent, BidPlaced, Declined, Extended
from engine.auction.refusals import RefusalCode
from engine.auction.state import AuctionState, published
from engine.auction.views import dealer_view, trader_view
from engine.instants import format_instant
from engine.money import format_amount
from server.caller import Caller
from server.live.messages import encode
from tests.simulation.reader import Message, View, range_of
from tests.simulation.shaky_book import ShakyBook

MOST_DELAY_SECONDS = 0.025
"""A reader that keeps up is told this soon after an entry is durable: the audience's slowest pace, and a little."""

RULES = frozenset(map(str, RefusalCode))


class Shadow:
    """One auction as the book alone tells it, at any `seq`."""

    def __init__(self, book: ShakyBook, auction_id: int) -> None:
        self._book = book
        self._auction_id = auction_id
        self._state = published(book.terms(auction_id))
        self._views: dict[tuple[int, str | None], View] = {}

    @property
    def history(self) -> list[AnyEvent]:
        """Every entry that cannot be lost."""
        return self._book.history(self._auction_id)

    def state_at(self, seq: int) -> AuctionState:
        """The auction after its first `seq` entries; not to be kept."""
        if self._state.seq > seq:
            self._state = published(self._state.terms)
        for event in self._book.history(self._auction_id)[self._state.seq : seq]:
            apply(self._state, event)
        return self._state

    def view_at(self, seq: int, trader: str | None) -> View:
        """What the trader (`None`: the dealer) sees then; not to be changed."""
        view = self._views.get((seq, trader))
        if view is None:
            state = self.state_at(seq)
            shown = dealer_view(self._auction_id, state) if trader is None else self._trader_view(state, trader)
            view = self._views[seq, trader] = msgspec.json.decode(encode(shown))
        return view

    def _trader_view(self, state: AuctionState, trader: str) -> Any:
        return trader_view(self._auction_id, state, trader)


class Witness:
    """See the law of this file."""

    def __init__(self, book: ShakyBook) -> None:
        self._book = book
        self._shadows: dict[int, Shadow] = {}
        self._secrets: dict[str | None, tuple[bytes, ...]] = {}
        self.broken: list[str] = []
        self.words = 0

    def complain(self, law: str, what: object) -> None:
        """A law is broken."""
        self.broken.append(f"{law}: {what}")

    def shadow(self, auction_id: int) -> Shadow:
        """The auction as the book alone tells it."""
        if auction_id not in self._shadows:
            self._shadows[auction_id] = Shadow(self._book, auction_id)
        return self._shadows[auction_id]

    def hide(self, trader: str | None, secrets: list[str]) -> None:
        """What this trader must never read."""
        self._secrets[trader] = tuple(secret.encode() for secret in secrets)

    # What leaves -----------------------------------------------------------------------------------------------------

    def hears(self, caller: Caller, message: Message, frame: bytes) -> None:
        """`message` is leaving the house for `caller`, now."""
        self.words += 1
        for secret in self._secrets.get(caller.trader, ()):
            if secret in frame:
                self.complain("§1.4", f"{caller.name} reads {secret!r} in {frame!r}")
        match message["type"]:
            case "accepted":
                self._accepted(caller, message)
            case "refused" if message["code"] in RULES:
                self._refused(caller, message)
            case "state":
                self._state(caller, message)
            case "event" | "events":
                first, last = range_of(message)
                if last > len(self._book.history(message["auction"])):
                    self.complain("law 1", f"entries {first} to {last} are told before they are written")
                else:
                    self.shadow(message["auction"]).view_at(last, caller.trader)
            case "notice":
                self._notice(caller, message)
            case _:
                pass

    def _accepted(self, caller: Caller, answer: Message) -> None:
        auction_id, seq = answer["auction"], answer["seq"]
        history = self._book.history(auction_id)
        if seq is None:
            kept = self._book.kept_answer(auction_id, caller.trader or "", answer["id"])
            if kept is None or kept.refusal is not None:
                self.complain("law 1", f"the book keeps no yes like {answer}")
        elif seq > len(history) or not _is_of(history[seq - 1], caller, answer["id"]):
            self.complain("law 1", f"the book has no entry for {answer}")
        standing = answer.get("standing")
        if standing is not None:
            self._rests(auction_id, standing["lot"], standing["last_offer"], standing["ends_at"], answer)

    def _refused(self, caller: Caller, answer: Message) -> None:
        auction_id = answer["auction"]
        kept = self._book.kept_answer(auction_id, caller.trader or "", answer["id"])
        if kept is None or kept.refusal is None or kept.refusal.code != answer["code"]:
            self.complain("law 1", f"the book keeps no no like {answer}")
            return
        minimum = kept.refusal.minimum_cents
        if (None if minimum is None else format_amount(minimum)) != answer.get("minimum"):
            self.complain("law 9", f"the book keeps {kept} and not {answer}")
        if kept.after_seq > len(self._book.history(auction_id)):
            self.complain("law 1", f"{answer} rests on entry {kept.after_seq}, which is not written")
        if "ends_at" in answer and answer["ends_at"] not in self._ends(auction_id):
            self.complain("law 1", f"{answer} tells an end that is not written")

    def _state(self, caller: Caller, state: Message) -> None:
        auction_id, seq = state["auction"], state["seq"]
        if seq > len(self._book.history(auction_id)):
            self.complain("law 1", f"a state of entry {seq} is told before it is written")
        elif state["view"] != self.shadow(auction_id).view_at(seq, caller.trader):
            self.complain("law 2", f"{caller.name} is shown {state}, which the stored entries do not give")

    def _notice(self, caller: Caller, notice: Message) -> None:
        kind, auction_id, seq = notice["kind"], notice["auction"], int(notice["id"].split("-")[2])
        if kind != "outbid":
            due = (auction_id, kind, seq, caller.trader)
            if due not in {(id_, str(each.kind), each.seq, each.trader) for id_, each in self._book.notices}:
                self.complain("law 1", f"{notice} is not written as due to {caller.name}")
            return
        history = self._book.history(auction_id)
        bid = history[seq - 1] if seq <= len(history) else None
        if not isinstance(bid, BidPlaced) or format_amount(bid.amount_cents) != notice["amount"]:
            self.complain("law 1", f"{notice} tells of a bid that is not written")
        elif bid.trader == caller.trader:
            self.complain("§5.5.3", f"{caller.name} leads and is told {notice}")
        elif not any(isinstance(e, BidPlaced) and (e.trader, e.lot) == (caller.trader, bid.lot) for e in history):
            self.complain("§5.5.3", f"{caller.name} never bid on the lot of {notice}")

    def _rests(self, auction_id: int, lot: int, amount: str | None, ends_at: str, answer: Message) -> None:
        bids = (event for event in self._book.history(auction_id) if isinstance(event, BidPlaced) and event.lot == lot)
        if amount is not None and amount not in {format_amount(bid.amount_cents) for bid in bids}:
            self.complain("law 1", f"{answer} names a price that is not written")
        if ends_at not in self._ends(auction_id):
            self.complain("law 1", f"{answer} tells an end that is not written")

    def _ends(self, auction_id: int) -> set[str]:
        moved = {event.new_end for event in self._book.history(auction_id) if isinstance(event, Extended)}
        return {format_instant(end) for end in moved | {self._book.terms(auction_id).ends_at}}

    # How soon --------------------------------------------------------------------------------------------------------

    def in_time(self, caller: Caller, auction_id: int, seq: int, now: float) -> None:
        """A reader that keeps up is told `seq` now (law 5: nobody's slowness is another's)."""
        written_at = self._book.written_at.get((auction_id, seq), now)
        if now - written_at > MOST_DELAY_SECONDS:
            self.complain("law 5", f"{caller.name} waits {now - written_at:.4f} s for entry {seq} of {auction_id}")


def _is_of(event: AnyEvent, caller: Caller, command_id: str) -> bool:
    return isinstance(event, BidPlaced | Declined) and (event.trader, event.command_id) == (caller.trader, command_id)
