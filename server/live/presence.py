"""Who is here: every live session, by trader, by entity, by user and by login.

Rights are not decided here; whoever tells somebody something says whom.
"""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from server.caller import Caller
from server.errors import CloseCode
from server.live.messages import SOCKETS_PER_TRADER

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


class Presence:
    """The live sessions of this process."""

    def __init__(self) -> None:
        self._all: dict[Present, None] = {}
        self._by_trader: dict[str, dict[Present, None]] = {}
        self._by_entity: dict[int, dict[Present, None]] = {}
        self._by_user: dict[int, dict[Present, None]] = {}
        self._by_login: dict[str, dict[Present, None]] = {}

    def __len__(self) -> int:
        """How many sessions are here."""
        return len(self._all)

    def __iter__(self) -> Iterator[Present]:
        """All of them, as of now."""
        return iter(list(self._all))

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

    def sign_out(self, login: str) -> None:
        """Close every socket that came by this session or token."""
        for present in list(self._by_login.get(login, ())):
            present.farewell(CloseCode.SIGNED_OUT, "signed out", None)


def _forget(index: dict[_Key, dict[Present, None]], key: _Key, present: Present) -> None:
    here = index.get(key)
    if here is not None:
        here.pop(present, None)
        if not here:
            del index[key]
