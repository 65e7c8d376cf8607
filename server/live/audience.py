"""Who listens to one auction, and how it reaches them: encoded once, joined when it is busy, never awaited.

Events arrive here durable and in order. When it is quiet they go out at once; when it is not, every PACE_SECONDS in one
joined frame. A large crowd is served in slices, so that answers to bidders slip in between (architecture, law 4).
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Final

from msgspec import Struct

from engine.auction.event_views import AnyEventView, StandingBid
from server.live.fanout import Handle, send_to_all
from server.live.frames import text_frame
from server.live.messages import encode
from server.live.outbox import Outbox

SLICE_READERS: Final = 128
PACE_SECONDS: Final = 0.010
BUSY_PACE_SECONDS: Final = 0.020
REMEMBERED_PUBLICATIONS: Final = 1024
"""How far back a trader that comes back is told what it missed; further back it gets a state."""


class Publication(Struct, gc=False):
    """What one decision publishes: its entries for each audience, the dealer's as JSON, joined by commas.

    The dealer's are `None` when no dealer listened at that moment; `synthesis` is the totals after it, as JSON.
    `trader` is whose own standing it changes: to this one the entries alone do not say it all.
    """

    first_seq: int
    last_seq: int
    entries: tuple[StandingBid | AnyEventView, ...]
    for_dealer: bytes | None = None
    synthesis: bytes | None = None
    trader: str | None = None
    written: bytes | None = None

    @property
    def for_traders(self) -> bytes:
        """The traders' entries as JSON, joined by commas: written when somebody is to read them, once."""
        if self.written is None:
            views = [entry.view() if type(entry) is StandingBid else entry for entry in self.entries]
            self.written = b",".join(map(encode, views))
        return self.written


def _nobody() -> None:
    """Nobody is told."""


class Reader:
    """One socket that follows one auction; `trader` is `None` for a dealer.

    `show` shows it the auction anew, `lost` tells it that this house no longer has the auction.
    """

    __slots__ = ("gone", "handle", "lost", "outbox", "show", "trader")

    def __init__(self, outbox: Outbox, trader: str | None) -> None:
        self.outbox = outbox
        self.handle = outbox.socket.direct
        self.trader = trader
        self.show: Callable[[], None] = _nobody
        self.lost: Callable[[], None] = _nobody
        self.gone = False


_NOWHERE: Final = Handle()


class Row(Struct, frozen=True):
    """The readers of one slice, and their handles in the same order: what is touched between two sends is dear."""

    readers: tuple[Reader, ...]
    handles: tuple[Handle, ...]


class Audience:
    """The readers of one auction."""

    def __init__(self, auction_id: int, loop: asyncio.AbstractEventLoop) -> None:
        self._auction_id = auction_id
        self._loop = loop
        self._following_traders: dict[Reader, None] = {}
        self._following_dealers: dict[Reader, None] = {}
        self._fresh: dict[Reader, int] = {}
        self._dealers: set[Reader] = set()
        self._buffer: list[Publication] = []
        self._remembered: deque[Publication] = deque(maxlen=REMEMBERED_PUBLICATIONS)
        self._rows: tuple[list[Row], list[Row]] | None = None  # of dealers and traders, until somebody comes or goes
        self._left_meanwhile = False
        self._flushing = False
        self._timer: asyncio.Handle | None = None
        self._next_slice: asyncio.Handle | None = None
        self._flushed_at = -BUSY_PACE_SECONDS
        self._pace_seconds = PACE_SECONDS

    def __len__(self) -> int:
        """How many sockets follow."""
        return len(self._following_traders) + len(self._following_dealers) + len(self._fresh)

    @property
    def has_dealers(self) -> bool:
        """Whether a dealer's events are worth encoding."""
        return bool(self._dealers)

    @property
    def readers(self) -> list[Reader]:
        """Everyone who follows."""
        return [*self._following_traders, *self._following_dealers, *self._fresh]

    def expect(self, reader: Reader) -> None:
        """A reader is about to be shown the auction and to join: what is decided meanwhile is for it, too."""
        if reader.trader is None:
            self._dealers.add(reader)

    def join(self, reader: Reader) -> None:
        """Follow from the next publication on; what is buffered is older than what the reader has just been shown."""
        if reader.gone:
            return
        if self._buffer:
            self._fresh[reader] = len(self._buffer)
        else:
            self._seat(reader)

    def leave(self, reader: Reader) -> None:
        """Follow no more."""
        reader.gone = True
        self._following(reader).pop(reader, None)
        self._rows, self._left_meanwhile = None, True
        self._fresh.pop(reader, None)
        self._dealers.discard(reader)

    def missed(self, after: int, seq: int, trader: str | None) -> bytes | None:
        """The frame with every entry after `after` up to `seq`; `None` if they are not all at hand, or not enough."""
        if after == seq:
            return _joined(self._auction_id, after + 1, seq, b"", None)
        missed = [publication for publication in self._remembered if publication.first_seq > after]
        if not missed or missed[0].first_seq != after + 1 or missed[-1].last_seq != seq:
            return None
        if any(publication.trader == trader for publication in missed):
            return None
        return self._frame(missed, for_dealer=False)

    def publish(self, publication: Publication) -> None:
        """Send on what has become durable; returns at once."""
        self._remembered.append(publication)
        if not len(self):
            return
        self._buffer.append(publication)
        if not self._flushing and self._timer is None:
            self._schedule()

    def restart(self) -> None:
        """Everything said so far belongs to an earlier epoch: show everyone the auction anew."""
        self._buffer.clear()
        self._remembered.clear()
        if self._next_slice is not None:  # what was still going out would follow the newer state
            self._next_slice.cancel()
            self._next_slice, self._flushing = None, False
        readers = self.readers
        self._following_traders.clear()
        self._following_dealers.clear()
        self._rows = None
        self._fresh.clear()
        for reader in readers:
            reader.show()

    def _schedule(self) -> None:
        wait = self._flushed_at + self._pace_seconds - self._loop.time()
        if wait <= 0:
            self._timer = self._loop.call_soon(self._flush)
        else:
            self._timer = self._loop.call_later(wait, self._flush)

    def _flush(self) -> None:
        self._timer = None
        publications, self._buffer = self._buffer, []
        fresh, self._fresh = self._fresh, {}
        if not publications:
            return
        self._flushing = True
        for_dealers, for_traders = self._seated()
        for reader, position in fresh.items():
            self._seat(reader)
            if position < len(publications):
                frame = self._frame(publications[position:], for_dealer=reader.trader is None)
                reader.outbox.tell(self._auction_id, frame)
        served = [(row, self._frame(publications, for_dealer=True)) for row in for_dealers]
        frame = self._frame(publications, for_dealer=False)
        self._left_meanwhile = False
        self._deliver(chain(served, zip(for_traders, repeat(frame), strict=False)), self._loop.time())

    def _deliver(self, served: Iterator[tuple[Row, bytes]], began: float) -> None:
        """Serve one row, and the others when the loop comes round again."""
        for row, frame in served:
            self._send(row, frame)
            self._next_slice = self._loop.call_soon(self._deliver, served, began)
            return
        self._next_slice, self._flushing = None, False
        self._flushed_at = self._loop.time()
        took = self._flushed_at - began
        self._pace_seconds = min(max(PACE_SECONDS, 2 * took), BUSY_PACE_SECONDS)
        if self._buffer and self._timer is None:
            self._schedule()

    def _send(self, row: Row, frame: bytes) -> None:
        """At once to whoever keeps up, through the outbox to whoever does not, no more to whoever has gone."""
        handles = row.handles
        if self._left_meanwhile:
            handles = tuple([_NOWHERE if reader.gone else reader.handle for reader in row.readers])
        sent = send_to_all(handles, frame)
        size = len(frame)
        if sent.count(size) == len(sent):
            return
        for reader, taken in zip(row.readers, sent, strict=True):
            if taken == size or reader.gone:
                continue
            if reader.handle.is_there:
                reader.outbox.socket.went(frame, taken)
            else:
                reader.outbox.tell(self._auction_id, frame)

    def _following(self, reader: Reader) -> dict[Reader, None]:
        return self._following_dealers if reader.trader is None else self._following_traders

    def _seat(self, reader: Reader) -> None:
        self._following(reader)[reader] = None
        self._rows = None

    def _seated(self) -> tuple[list[Row], list[Row]]:
        if self._rows is None:
            self._rows = _rows(self._following_dealers), _rows(self._following_traders)
        return self._rows

    def _frame(self, publications: Sequence[Publication], *, for_dealer: bool) -> bytes:
        """One frame for one audience: `event` for a single entry, `events` for several."""
        first, last = publications[0].first_seq, publications[-1].last_seq
        if not for_dealer:
            bodies = b",".join([publication.for_traders for publication in publications])
            return _joined(self._auction_id, first, last, bodies, None)
        known = [publication.for_dealer for publication in publications if publication.for_dealer is not None]
        bodies = b",".join(known)
        return _joined(self._auction_id, first, last, bodies, publications[-1].synthesis)


def _rows(following: Iterable[Reader]) -> list[Row]:
    readers = tuple(following)
    starts = range(0, len(readers), SLICE_READERS)
    slices = [readers[start : start + SLICE_READERS] for start in starts]
    return [Row(each, tuple([reader.handle for reader in each])) for each in slices]


def _joined(auction_id: int, first: int, last: int, bodies: bytes, synthesis: bytes | None) -> bytes:
    tail = b"" if synthesis is None else b',"synthesis":' + synthesis
    if first == last:
        return text_frame(b'{"type":"event","auction":%d,' % auction_id + bodies[1:-1] + tail + b"}")
    return text_frame(
        b'{"type":"events","auction":%d,"from":%d,"seq":%d,"events":[' % (auction_id, first, last)
        + bodies
        + b"]"
        + tail
        + b"}"
    )
