"""Who is told what: the kinds of notices and whom they go to (§2.2, §3.4, §5.1.5, §5.4.4, §6).

Values only. A notice is written in the transaction of what causes it; its `key` names it for ever, so that nobody is
told twice. How it reaches people, and in which words, is the house's business.
"""

import enum
from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from engine.instants import Instant


class NoticeKind(enum.StrEnum):
    """What a notice says."""

    # People and sign-in (§1, §2).
    USER_INVITED = "user_invited"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a kind of notice
    CONNECTION_INVITED = "connection_invited"
    CONNECTION_ACTIVATED = "connection_activated"
    CONNECTION_REMOVED = "connection_removed"
    # Auctions (§3.4, §5.1.5, §5.4.4, §5.4.5).
    AUCTION_PUBLISHED = "auction_published"
    AUCTION_CHANGED = "auction_changed"
    AUCTION_INVITED = "auction_invited"
    AUCTION_UNINVITED = "auction_uninvited"
    AUCTION_OPENED = "auction_opened"
    AUCTION_CANCELLED = "auction_cancelled"
    LOT_RESULT = "lot_result"
    LOT_WON = "lot_won"
    LOT_NOT_WON = "lot_not_won"
    SALE_CANCELLED = "sale_cancelled"
    # After the sale (§6).
    OFFER_SENT = "offer_sent"
    OFFER_ABANDONED = "offer_abandoned"
    ORDER_PLACED = "order_placed"
    ORDER_CANCELLED = "order_cancelled"
    VEHICLE_IN_DELIVERY = "vehicle_in_delivery"
    VEHICLE_AVAILABLE = "vehicle_available"
    DELIVERY_SCHEDULED = "delivery_scheduled"
    DELIVERY_NOT_HONOURED = "delivery_not_honoured"
    VEHICLE_RELEASED = "vehicle_released"
    # Stock (§4.2).
    TOO_LONG_IN_STOCK = "too_long_in_stock"


class ToTrader(Struct, frozen=True):
    """Every user of a trader's company."""

    trader_id: int


class ToEntity(Struct, frozen=True):
    """Every dealer who works for the entity."""

    entity_id: int


class ToUser(Struct, frozen=True):
    """One user."""

    user_id: int


class ToEmail(Struct, frozen=True):
    """Somebody who has no account yet."""

    email: str
    language: str


Addressee: TypeAlias = ToTrader | ToEntity | ToUser | ToEmail


class NoticeDue(Struct, frozen=True, kw_only=True):
    """A notice to write. `key` is unique for ever; `params` fill the words: amounts are decimal strings, instants
    RFC 3339, ids numbers. A trader's notice never holds another trader's name or a reserve (§1.4).
    """

    key: str
    kind: NoticeKind
    to: Addressee
    at: Instant
    params: Mapping[str, str | int | None] = {}
