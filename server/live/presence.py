"""Who is here: every live session, by trader, by entity, by user and by login; and who is about to be.

Rights are not decided here; whoever tells somebody something says whom. What is said of a user or a login while
somebody is asked at the door who it is, is kept for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol, TypeVar

from msgspec import Struct

from server.caller import Caller
from server.errors import CloseCode
from server.live.messages import SOCKETS_PER_TRADER

COME_BACK_SECONDS: Final = 0.5
"""Whoever's rights changed comes back with the new ones."""

_Key = TypeVar("_Key")


class Present(Protocol):
    """A live session, as far as others need it."""

    @property
    def caller(self) -> Caller:
        """Whose it is."""
        ...

    def watches(self, auction_id: int) -> bool:
        """Whether it follows the auction."""
        ...

    def refresh(self, auction_id: int) -> None:
        """Show the auction anew, if it follows it."""

    def tell(self, frame: bytes) -> None:
        """Send a ready-made frame that must arrive."""

    def farewell(self, code: CloseCode, reason: str, reconnect_after: float | None) -> None:
        """Say goodbye and close."""


class Arrival(Struct, frozen=True, eq=False):
    """Somebody on the way in: who was called back, and which logins ended, since it was asked who it is."""

    called_back: set[int]
    signed_out: set[str]


class Presence:
    """The live sessions of this process."""

    def __init__(self) -> None:
        self._all: dict[Present, None] = {}
        self._by_trader: dict[str, dict[Present, None]] = {}
        self._by_entity: dict[int, dict[Present, None]] = {}
        self._by_user: dict[int, dict[Present, None]] = {}
        self._by_login: dict[str, dict[Present, None]] = {}
        self._arriving: set[Arrival] = set()

    def __len__(self) -> int:
        """How many sessions are here."""
        return len(self._all)

    def __iter__(self) -> Iterator[Present]:
        """All of them, as of now."""
        return iter(list(self._all))

    @contextmanager
    def arriving(self) -> Iterator[Arrival]:
        """Around the whole way in, from before the book is asked who it is until after `enter`."""
        arrival = Arrival(set(), set())
        self._arriving.add(arrival)
        try:
            yield arrival
        finally:
            self._arriving.discard(arrival)

    def enter(self, present: Present) -> bool:
        """Come in; no if the trader has SOCKETS_PER_TRADER already."""
        caller = present.caller
        if caller.trader is not None:
            others = self._by_trader.setdefault(caller.trader, {})
            if len(others) >= SOCKETS_PER_TRADER:
                return False
            others[present] = None
        for entity_id in caller.entities:
            self._by_entity.setdefault(entity_id, {})[present] = None
        self._by_user.setdefault(caller.user_id, {})[present] = None
        self._by_login.setdefault(caller.login, {})[present] = None
        self._all[present] = None
        return True

    def leave(self, present: Present) -> None:
        """Go out; nothing happens to one that never came in."""
        if self._all.pop(present, 0) == 0:
            return
        caller = present.caller
        if caller.trader is not None:
            _forget(self._by_trader, caller.trader, present)
        for entity_id in caller.entities:
            _forget(self._by_entity, entity_id, present)
        _forget(self._by_user, caller.user_id, present)
        _forget(self._by_login, caller.login, present)

    def of_trader(self, trader: str) -> list[Present]:
        """The sessions of a trader company."""
        return list(self._by_trader.get(trader, ()))

    def of_entity(self, entity_id: int) -> list[Present]:
        """The sessions of the dealers of an entity."""
        return list(self._by_entity.get(entity_id, ()))

    def of_user(self, user_id: int) -> list[Present]:
        """The sessions of one user."""
        return list(self._by_user.get(user_id, ()))

    def call_back(self, user_id: int) -> None:
        """Close every socket of somebody whose rights changed; it comes back with the new ones."""
        for arrival in self._arriving:
            arrival.called_back.add(user_id)
        for present in self.of_user(user_id):
            _turn_back(present)

    def sign_out(self, login: str) -> None:
        """Close every socket that came by this session or token."""
        for arrival in self._arriving:
            arrival.signed_out.add(login)
        for present in list(self._by_login.get(login, ())):
            _show_out(present)

    @staticmethod
    def settle(arrival: Arrival, present: Present) -> None:
        """It has come in: tell it what was said of it on its way, when it could not be found yet."""
        if present.caller.login in arrival.signed_out:
            _show_out(present)
        elif present.caller.user_id in arrival.called_back:
            _turn_back(present)


def _turn_back(present: Present) -> None:
    """Its rights changed."""
    present.farewell(CloseCode.GOING_DOWN, "your rights changed", COME_BACK_SECONDS)


def _show_out(present: Present) -> None:
    """Its session or token has ended."""
    present.farewell(CloseCode.SIGNED_OUT, "signed out", None)


def _forget(index: dict[_Key, dict[Present, None]], key: _Key, present: Present) -> None:
    here = index.get(key)
    if here is not None:
        here.pop(present, None)
        if not here:
            del index[key]
