"""Who is asking: the one value that every door has worked out before anything else is done.

Rights are checked against this value, on the server, at every door; what it does not grant is denied.
"""

import enum

from msgspec import Struct

from engine.instants import Instant


class Role(enum.StrEnum):
    """A dealer works for entities that sell, a trader for a company that buys."""

    DEALER = "dealer"
    TRADER = "trader"


class Caller(Struct, frozen=True):
    """A signed-in user. `login` names the session or token it came by, so that signing out closes its sockets;
    `expires_at` is a session's end, a token has none.

    `trader` is the trader company's key as commands carry it (its id as text), `None` for a dealer; `entities` are the
    ids of the entities that a dealer works for, `rights` what it may do there (§1.3).
    """

    user_id: int
    name: str
    role: Role
    company: str
    login: str
    expires_at: Instant | None = None
    language: str = "fr"
    trader: str | None = None
    entities: frozenset[int] = frozenset()
    rights: frozenset[tuple[int, str]] = frozenset()

    def may(self, right: str, entity_id: int) -> bool:
        """Whether it holds the right in the entity; what is not granted is denied."""
        return (entity_id, right) in self.rights
