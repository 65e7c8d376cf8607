"""One client's conversation, without input or output: messages in, frames into its outbox.

Every message passes here: decoded once, its rate and its rights checked, then put to the house. Deny by default: a
trader sees auctions of whose audience it is, a dealer those of its entities; to anyone else they do not exist.
"""

import asyncio
from collections.abc import Callable
from typing import Final, assert_never

import msgspec
import structlog
from msgspec import UNSET, Struct

from engine.auction.commands import Command, Decline, PlaceBid
from engine.auction.refusals import RefusalCode, Refused
from engine.auction.state import AuctionState
from engine.auction.views import dealer_view, trader_view
from engine.instants import SECOND, Instant, format_instant
from engine.money import format_amount
from server.caller import Caller
from server.clock import Clock
from server.errors import CloseCode, DoorCode, sentence
from server.live.auctioneer import Auctioneer
from server.live.audience import Reader
from server.live.figures import Figures
from server.live.frames import text_frame
from server.live.house import House
from server.live.messages import (
    HEARTBEAT_SECONDS,
    PROTOCOL,
    AcceptedCommand,
    Bid,
    Bye,
    DeclineAuction,
    FromClient,
    FromServer,
    Limits,
    Ping,
    Pong,
    RefusedCommand,
    State,
    Unwatch,
    User,
    Watch,
    Welcome,
    decode,
    encode,
    refused,
)
from server.live.outbox import Outbox
from server.live.presence import Presence
from server.live.rate import Allowance
from server.live.saying import Spoken

_log = structlog.get_logger("adjuge.session")

WATCHED_AUCTIONS: Final = 1_000
MESSAGES_PER_SECOND: Final = 200
MESSAGES_BURST: Final = 2_000
"""Beyond this of messages of any kind the client is hostile or broken, and the socket closes with 4429."""

RECONNECT_SECONDS: Final = 2.0


class Doors(Struct, frozen=True):
    """What every session of a process shares."""

    house: House
    presence: Presence
    clock: Clock
    limits: Limits
    figures: Figures = msgspec.field(default_factory=Figures)


class _Wish(Struct, frozen=True):
    """What a client wants of an auction that is being read from the book; wishes come true in their order."""

    then: Callable[[Auctioneer], None]
    refuse: Callable[[DoorCode], None]


class Session:
    """The conversation with one signed-in client."""

    __slots__ = ("_commands", "_doors", "_expiry", "_messages", "_outbox", "_readers", "_tasks", "_waiting", "caller")

    def __init__(self, caller: Caller, doors: Doors, outbox: Outbox) -> None:
        self.caller = caller
        self._doors = doors
        self._outbox = outbox
        self._readers: dict[int, Reader] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: dict[int, list[_Wish]] = {}
        self._expiry: asyncio.TimerHandle | None = None
        now = doors.clock.now()
        self._commands = Allowance(doors.limits.commands_per_second, doors.limits.burst, now)
        self._messages = Allowance(MESSAGES_PER_SECOND, MESSAGES_BURST, now)
        outbox.resync = self.refresh

    # -------------------------------------------------------------------------------------------- coming and going

    def open(self) -> None:
        """Welcome the client, or turn it away if its company has too many sockets."""
        if not self._doors.presence.enter(self):
            self.farewell(CloseCode.TOO_MANY, "too many sockets of this trader", None)
            return
        caller = self.caller
        user = User(caller.user_id, caller.name, caller.role, caller.company)
        self._say(
            Welcome(PROTOCOL, format_instant(self._doors.clock.now()), user, HEARTBEAT_SECONDS, self._doors.limits)
        )
        if caller.expires_at is not None:
            self._last_until(caller.expires_at)

    def _last_until(self, expires_at: Instant) -> None:
        """No socket outlives the session that it came by; a timer may be early, the clock is asked."""
        left = expires_at - self._doors.clock.now()
        if left > 0:
            self._expiry = asyncio.get_running_loop().call_later(left / SECOND, self._last_until, expires_at)
        else:
            self.farewell(CloseCode.NOT_SIGNED_IN, "the session has expired", None)

    def closed(self, code: int = 0) -> None:
        """The socket is gone: follow nothing, wait for nothing."""
        self._doors.figures.closed(code)
        self._doors.presence.leave(self)
        if self._expiry is not None:
            self._expiry.cancel()
        for auction_id in list(self._readers):
            self._unwatch(auction_id)
        for task in self._tasks:
            task.cancel()
        self._outbox.release()

    def farewell(self, code: CloseCode, reason: str, reconnect_after: float | None) -> None:
        """Say goodbye with the reason, and close."""
        self._say(Bye(code, reason, reconnect_after))
        self._doors.presence.leave(self)
        self._outbox.close(code, reason)

    # ------------------------------------------------------------------------------------------------- being spoken to

    def receive(self, text: bytes) -> None:
        """Take one message of at most MESSAGE_BYTES of valid UTF-8."""
        now = self._doors.clock.now()
        if not self._messages.take(now):
            self.farewell(CloseCode.TOO_MANY, "too many messages", None)
            return
        message = decode(text)
        if type(message) is RefusedCommand:
            self._say(message)
        else:
            self._take(message, now)

    def fault(self, code: str) -> None:
        """A frame that is no message: too large, or binary."""
        self._say(refused(DoorCode(code)))

    def _take(self, message: FromClient, now: Instant) -> None:
        match message:
            case Bid():
                self._bid(message, now)
            case DeclineAuction():
                self._decline(message, now)
            case Watch():
                self._watch(message)
            case Unwatch():
                self._stop_watching(message.auction)
            case Ping():
                self._say(Pong(message.t, format_instant(self._doors.clock.now())))
            case _:
                assert_never(message)

    # ---------------------------------------------------------------------------------------------------- commands

    def _bid(self, bid: Bid, now: Instant) -> None:
        trader = self.caller.trader
        if trader is None:
            self._refuse(DoorCode.NOT_ALLOWED, bid.auction, bid.id)
            return
        self._ask(bid.auction, bid.id, now, lambda at: PlaceBid(at, trader, bid.id, bid.lot, bid.amount))

    def _decline(self, decline: DeclineAuction, now: Instant) -> None:
        trader = self.caller.trader
        if trader is None:
            self._refuse(DoorCode.NOT_ALLOWED, decline.auction, decline.id)
            return
        self._ask(decline.auction, decline.id, now, lambda at: Decline(at, trader, decline.id))

    def _ask(self, auction_id: int, command_id: str, now: Instant, make: Callable[[Instant], Command]) -> None:
        if not self._commands.take(now):
            self._refuse(DoorCode.BUSY, auction_id, command_id)
            return
        self._with_auctioneer(
            auction_id,
            command_id,
            lambda found: found.ask(make, lambda told: self._told(auction_id, command_id, told)),
        )

    def _told(self, auction_id: int, command_id: str, told: Spoken | DoorCode) -> None:
        """An answer, durable, in its turn."""
        if isinstance(told, DoorCode):
            self._refuse(told, auction_id, command_id)
            return
        decision, standing = told.decision, told.standing
        duplicate = True if decision.duplicate else UNSET
        answer = decision.answer
        if type(answer) is Refused:
            minimum = UNSET if answer.minimum_cents is None else format_amount(answer.minimum_cents)
            shows_price = minimum is not UNSET and standing is not None
            ends_at = standing.ends_at if shows_price and standing is not None else UNSET
            self._say(
                RefusedCommand(
                    answer.code, _sentence(answer), command_id, auction_id, minimum, ends_at, duplicate=duplicate
                )
            )
            return
        self._say(
            AcceptedCommand(command_id, auction_id, answer.seq, duplicate, UNSET if standing is None else standing)
        )
        if told.is_first_bid and self.caller.trader is not None:  # its other sockets learn its number
            for present in self._doors.presence.of_trader(self.caller.trader):
                if present is not self:
                    present.refresh(auction_id)

    # --------------------------------------------------------------------------------------------------- following

    def watches(self, auction_id: int) -> bool:
        """Whether it follows the auction."""
        return auction_id in self._readers

    def refresh(self, auction_id: int) -> None:
        """Show the auction anew, if it is followed."""
        if auction_id in self._readers:
            self._watch(Watch(auction_id))

    def tell(self, frame: bytes) -> None:
        """Send a ready-made frame that must arrive."""
        self._outbox.answer(frame)

    def _watch(self, watch: Watch) -> None:
        watched = self._readers.keys() | self._waiting.keys()
        if len(watched) >= WATCHED_AUCTIONS and watch.auction not in watched:
            self._refuse(DoorCode.BUSY, watch.auction)
            return
        self._with_auctioneer(watch.auction, None, lambda found: self._follow(found, watch))

    def _stop_watching(self, auction_id: int) -> None:
        """Follow no more, not even what is about to be followed."""
        waiting = self._waiting.get(auction_id)
        if waiting is None:
            self._unwatch(auction_id)
        else:
            waiting.append(_Wish(lambda _: self._unwatch(auction_id), lambda _: None))

    def _unwatch(self, auction_id: int) -> None:
        reader = self._readers.pop(auction_id, None)
        if reader is not None:
            found = self._doors.house.find(auction_id)
            if found is not None:
                found.audience.leave(reader)
            reader.gone = True

    def _follow(self, auctioneer: Auctioneer, watch: Watch) -> None:
        """Show what was missed if it is all at hand, else the whole; then follow."""
        self._unwatch(watch.auction)
        reader = Reader(self._outbox, self.caller.trader)
        self._readers[watch.auction] = reader
        auctioneer.audience.expect(reader)
        reader.lost = lambda: self.farewell(CloseCode.GOING_DOWN, "the auction has moved", RECONNECT_SECONDS)
        reader.show = lambda: self._show(auctioneer, reader, Watch(watch.auction))
        self._show(auctioneer, reader, watch)

    def _show(self, auctioneer: Auctioneer, reader: Reader, watch: Watch) -> None:
        def prepare(state: AuctionState) -> Callable[[], None]:
            if not self._may_see(auctioneer, state):
                return lambda: self._not_to_be_seen(auctioneer, reader)
            seq = state.seq
            frame = text_frame(encode(self._state_message(auctioneer, state)))
            return lambda: self._join(auctioneer, reader, watch, seq, frame)

        auctioneer.look(prepare, lost=lambda: None if reader.gone else reader.lost())

    def _join(self, auctioneer: Auctioneer, reader: Reader, watch: Watch, seq: int, whole: bytes) -> None:
        if reader.gone:
            return
        missed: bytes | None = None
        same_epoch = watch.epoch is UNSET or watch.epoch == auctioneer.epoch
        at_hand = reader.trader is not None or watch.after == seq
        if watch.after is not UNSET and same_epoch and at_hand:
            missed = auctioneer.audience.missed(watch.after, seq, reader.trader)
        self._outbox.answer(whole if missed is None else missed)
        auctioneer.audience.join(reader)

    def _not_to_be_seen(self, auctioneer: Auctioneer, reader: Reader) -> None:
        if not reader.gone:
            auctioneer.audience.leave(reader)
            self._readers.pop(auctioneer.auction_id, None)
            self._refuse(DoorCode.UNKNOWN_AUCTION, auctioneer.auction_id)

    def _may_see(self, auctioneer: Auctioneer, state: AuctionState) -> bool:
        """§1.4."""
        if self.caller.trader is None:
            return auctioneer.entity_id in self.caller.entities
        return state.may_see(self.caller.trader)

    def _state_message(self, auctioneer: Auctioneer, state: AuctionState) -> State:
        trader, auction_id = self.caller.trader, auctioneer.auction_id
        view = dealer_view(auction_id, state) if trader is None else trader_view(auction_id, state, trader)
        now = format_instant(self._doors.clock.now())
        return State(auction_id, auctioneer.epoch, state.seq, now, self.caller.role, view)

    # ------------------------------------------------------------------------------------------------------ saying

    def _with_auctioneer(self, auction_id: int, command_id: str | None, then: Callable[[Auctioneer], None]) -> None:
        """Go on with the auction: at once if it is here, else when it has been read from the book, in order."""
        waiting = self._waiting.get(auction_id)
        if waiting is None:
            found = self._doors.house.find(auction_id)
            if found is not None:
                then(found)
                return
        wish = _Wish(then, lambda code: self._refuse(code, auction_id, command_id))
        if waiting is not None:
            waiting.append(wish)
            return
        self._waiting[auction_id] = [wish]
        task = asyncio.ensure_future(self._fetch(auction_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fetch(self, auction_id: int) -> None:
        found, code = None, DoorCode.UNKNOWN_AUCTION
        try:
            found = await self._doors.house.fetch(auction_id)
        except Exception:  # noqa: BLE001 - whatever it is, it is logged and the client is told to ask again
            _log.exception("auction not readable", auction=auction_id)
            code = DoorCode.UNAVAILABLE
        for wish in self._waiting.pop(auction_id):
            if found is None:
                wish.refuse(code)
            else:
                wish.then(found)

    def _refuse(self, code: DoorCode, auction_id: int, command_id: str | None = None) -> None:
        said_id = UNSET if command_id is None else command_id
        self._say(RefusedCommand(code, sentence(code), said_id, auction_id))

    def _say(self, message: FromServer) -> None:
        self._doors.figures.said(message)
        self._outbox.answer(text_frame(encode(message)))


def _sentence(refusal: Refused) -> str:
    if refusal.code is RefusalCode.BELOW_MINIMUM and refusal.minimum_cents is not None:
        return f"The bid must reach the minimum of {format_amount(refusal.minimum_cents)} EUR."
    return sentence(refusal.code)
