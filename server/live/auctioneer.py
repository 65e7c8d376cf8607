"""One auction live: stamps, decides, writes, then speaks, in this order and never in another.

Commands are stamped as they arrive, the only stamp there is. Whatever is said (an answer, a refusal, a view, an event)
waits its turn behind the writing of all it rests on (architecture, law 1). If the book fails, nothing more is said
until the auction has been read from the book again (law 6).
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

from msgspec import Struct

from engine.auction.apply import apply, keep
from engine.auction.commands import Cancel, CancelSale, Command, Decline, PlaceBid, Recover, RemoveConnection, Tick
from engine.auction.decide import Decision, decide
from engine.auction.events import AnyEvent, BidPlaced, Outcome
from engine.auction.refusals import Accepted
from engine.auction.state import AuctionState, Status, next_deadline
from engine.instants import SECOND, Instant
from engine.sales import Consequence, consequences
from persistence.errors import BookError
from persistence.live.book import Book, Entry, StoredAuction
from server.clock import Clock
from server.errors import DoorCode
from server.live.audience import Audience
from server.live.saying import Spoken, as_first, publication_of, standing_after

INBOX_COMMANDS: Final = 4096
"""How many commands may await the book; one more is told `busy`."""


Reply: TypeAlias = Callable[[Spoken | DoorCode], None]
Make: TypeAlias = Callable[[Instant], Command]


class _Turn(Struct, gc=False):
    """Something to say once what it rests on is durable; `recall` says it after the book has failed."""

    taken_at: Instant
    writes: bool
    speak: Callable[[], None]
    recall: Callable[[], None]


def _nothing() -> None:
    """There is nothing to say."""


class Auctioneer:
    """One auction, owned here with `epoch`."""

    def __init__(
        self,
        stored: StoredAuction,
        book: Book,
        clock: Clock,
        *,
        on_failure: Callable[["Auctioneer", BaseException, Instant], None],
        on_spoken: Callable[["Auctioneer", tuple[AnyEvent, ...], tuple[Consequence, ...], Instant], None],
        down_since: Callable[["Auctioneer"], Instant | None],
    ) -> None:
        """`stored`: which, and whose. `on_failure`: the book has not written what came at that instant. `down_since`:
        what is not made good yet.
        """
        self.auction_id = stored.auction_id
        self.entity_id = stored.entity_id
        self.prefix = stored.prefix
        self.epoch = 0
        self._book = book
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._on_failure = on_failure
        self._on_spoken = on_spoken
        self._down_since = down_since
        self._turns: deque[_Turn] = deque()
        self._state: AuctionState | None = None  # None: not read from the book, nobody is answered
        self._latest: Instant = 0
        self._entered_at: Instant = 0  # the stamp of the latest entry given to the book
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at: Instant | None = None
        self._is_given_up = False
        self._is_held = False  # between two versions of its terms: who asks waits
        self.audience = Audience(stored.auction_id, self._loop)

    # ------------------------------------------------------------------------------------- being read from the book

    @property
    def is_running(self) -> bool:
        """Whether commands are taken."""
        return self._state is not None

    @property
    def state(self) -> AuctionState:
        """The auction as decided, ahead of what is durable: to be read within a turn only (`look`)."""
        assert self._state is not None
        return self._state

    @property
    def is_idle(self) -> bool:
        """Over, followed by nobody, and nothing left to say: it may be forgotten."""
        over = self._state is not None and self._state.is_over
        return over and not self._turns and len(self.audience) == 0

    @property
    def unwritten_since(self) -> Instant | None:
        """The stamp of the oldest command whose answer waits for the book; `None`: all is said."""
        return self._turns[0].taken_at if self._turns else None

    def run(self, state: AuctionState, epoch: int, latest: Instant, down_from: Instant | None) -> None:
        """Take up (or take up again) an auction just claimed and read.

        `latest` is the stamp of its last entry; `down_from`: nobody served it since then (§5.3.4).
        """
        assert self._state is None
        self._is_held = False
        self._state, self.epoch, self._latest = state, epoch, max(latest, self._latest)
        self._entered_at = latest
        interrupted, self._turns = self._turns, deque()
        if down_from is not None:
            self.recover(down_from)
        self._tick(self._stamp())
        for turn in interrupted:
            turn.recall()
        self.audience.restart()

    def recover(self, down_from: Instant) -> None:
        """Nobody was served from `down_from` until now (§5.3.4), except as far as entries prove the contrary."""
        if self._state is not None:
            self._recover(self._stamp(), down_from)
            self._arm()

    def _recover(self, at: Instant, down_from: Instant) -> None:
        assert self._state is not None
        down_from = max(down_from, self._entered_at)
        if down_from < at:
            self._perform(decide(self._state, Recover(at, down_from)))

    def hold(self) -> Instant | None:
        """Decide nothing more until `run`, for the terms are changed: who asks waits. Gives since when; `None`: the
        auction has started or is over, its terms stand (§5.1.4).
        """
        assert self._state is not None
        at = self._stamp()
        self._tick(at)
        if self._state.status is not Status.SCHEDULED:
            return None
        self.halt()
        self._is_held = True
        return at

    def halt(self) -> None:
        """Stop deciding and speaking; what waits for an answer keeps waiting."""
        self._state = None
        self._disarm()

    # ------------------------------------------------------------------------------------------------ being asked

    def ask(self, make: Make, reply: Reply) -> None:
        """Take a command; `reply` is called once, when its answer is durable, or with `busy` or `unavailable`."""
        if self._state is None and not self._is_held:
            reply(DoorCode.UNAVAILABLE)
            return
        if len(self._turns) >= INBOX_COMMANDS:
            reply(DoorCode.BUSY)
            return
        if self._state is None:
            self._turns.append(_Turn(self._latest, writes=False, speak=_nothing, recall=lambda: self.ask(make, reply)))
            return
        at = self._stamp()
        self._tick(at)
        command = make(at)
        decision = decide(self._state, command)

        def recall() -> None:
            self._recall(command, make, reply)

        self._perform(decision, reply, command, recall)

    def look(self, show: Callable[[AuctionState], Callable[[], None]], *, lost: Callable[[], None] = _nothing) -> None:
        """Read the state within a turn: `show` prepares at once what it gives back to be said in its turn.

        `lost` is called instead if this house no longer has the auction when the turn comes.
        """
        if self._is_given_up:
            lost()
            return

        def recall() -> None:
            self.look(show, lost=lost)

        if self._state is None:
            self._turns.append(_Turn(self._latest, writes=False, speak=_nothing, recall=recall))
            return
        self._tick(self._stamp())
        self._say_in_turn(show(self._state), recall)

    def _recall(self, command: Command, make: Make, reply: Reply) -> None:
        """The book failed before the command was answered: if the book has it, answer it; else nothing was done."""
        state = self._state
        match command:
            case _ if state is None:
                stored = False
            case PlaceBid(trader=trader, id=str(command_id)) | Decline(trader=trader, id=str(command_id)):
                stored = (trader, command_id) in state.answers
            case Cancel():
                stored = state.status is Status.CANCELLED
            case CancelSale(lot=number):
                stored = number in state.lots and state.lots[number].outcome is Outcome.SALE_CANCELLED
            case RemoveConnection(trader=trader):
                stored = trader in state.removed
            case _:
                stored = False
        if not stored:
            reply(DoorCode.UNAVAILABLE)
        elif isinstance(command, PlaceBid | Decline):
            self.ask(make, lambda told: reply(as_first(told)))
        else:
            self._say_in_turn(lambda: reply(Spoken(Decision(Accepted()))), lambda: self._recall(command, make, reply))

    # ---------------------------------------------------------------------------------------- stamps and deadlines

    def _stamp(self) -> Instant:
        self._latest = max(self._clock.now(), self._latest)
        return self._latest

    def _tick(self, at: Instant) -> None:
        """Let happen what is due: the start, the end. A clock put back never undoes them."""
        assert self._state is not None
        if self._timer_at is not None and at < self._timer_at:
            return
        deadline = next_deadline(self._state)
        if deadline is not None and at >= deadline:
            down_from = self._down_since(self) if at >= self._state.ends_at else None
            if down_from is not None:
                self._recover(at, down_from)
            self._perform(decide(self._state, Tick(at)))
        self._arm()

    def _arm(self) -> None:
        assert self._state is not None
        deadline = next_deadline(self._state)
        if deadline == self._timer_at:
            return
        self._disarm()
        if deadline is not None:
            wait = max(deadline - self._clock.now(), 0) / SECOND
            self._timer_at = deadline
            self._timer = self._loop.call_later(min(wait, 3600.0), self._ring)

    def _ring(self) -> None:
        self._timer = self._timer_at = None
        if self._state is not None:
            self._tick(self._stamp())

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._timer_at = None

    # ---------------------------------------------------------------------------------- applying, writing, speaking

    def _perform(
        self,
        decision: Decision,
        reply: Callable[[Spoken], None] | None = None,
        command: Command | None = None,
        recall: Callable[[], None] = _nothing,
    ) -> None:
        """Apply a decision, give it to the book, and speak of it when it is durable."""
        state = self._state
        assert state is not None
        first = decision.events[0] if decision.events else None
        bid = first if isinstance(first, BidPlaced) else None
        is_first_bid = bid is not None and bid.trader not in state.aliases
        for event in decision.events:
            apply(state, event)
        if decision.kept is not None:
            keep(state, decision.kept)
        spoken = None if reply is None else Spoken(decision, standing_after(state, command), is_first_bid)
        publication = None
        if decision.events:
            publication = publication_of(state, decision.events, has_dealers=self.audience.has_dealers)
        # What a bid causes (its reserve, its extension) is in the auction alone, and so is what a refusal keeps.
        caused = () if bid is not None or first is None else consequences(state, decision.events, _by(command))
        ends_at = state.ends_at

        def speak() -> None:
            if reply is not None and spoken is not None:
                reply(spoken)
            if publication is not None:
                self.audience.publish(publication)
                self._on_spoken(self, decision.events, caused, ends_at)

        if not decision.writes:
            self._say_in_turn(speak, recall)
            return
        entry = Entry(self.auction_id, self.epoch, decision.events, decision.kept, caused)
        self._turns.append(_Turn(self._latest, writes=True, speak=speak, recall=recall))
        self._entered_at = self._latest
        self._book.write(entry, partial(self._written, self.epoch))
        if decision.events and decision.events != (bid,):  # a bid by itself moves no deadline
            self._arm()

    def _say_in_turn(self, speak: Callable[[], None], recall: Callable[[], None]) -> None:
        if self._turns:
            self._turns.append(_Turn(self._latest, writes=False, speak=speak, recall=recall))
        else:
            speak()

    def _written(self, epoch: int, failure: BookError | None) -> None:
        """The oldest writing turn is durable: say it, and all that waited only for it."""
        if self._state is None or epoch != self.epoch:
            return  # it failed before; the book will tell what became of it
        if failure is not None:
            self.halt()
            self._on_failure(self, failure, self._turns[0].taken_at)
            return
        turns = self._turns
        turn = turns[0]
        assert turn.writes
        turn.speak()  # its turn lasts until it is said: who looks because of the answer must not overtake the event
        turns.popleft()
        while turns and not turns[0].writes:
            turns.popleft().speak()

    def give_up(self) -> None:
        """Another house has the auction: who waits is told `unavailable`, who follows is told to come back."""
        self.halt()
        self._is_given_up, self._is_held = True, False
        interrupted, self._turns = self._turns, deque()
        for turn in interrupted:
            turn.recall()
        for reader in self.audience.readers:
            reader.lost()


def _by(command: Command | None) -> int | None:
    """The user whose decision it was, for the record."""
    return command.by if isinstance(command, Cancel | CancelSale) else None
