"""What each kind of notice may carry, and where its link leads: one table for whoever writes, for words and for tests.

A param that is missing leaves its words out and stops no mail; one that is not in this table is not in the words.
"""

from collections.abc import Mapping
from typing import Final

from engine.notices import NoticeKind

ONLY_BY_MAIL: Final = frozenset({NoticeKind.USER_INVITED, NoticeKind.PASSWORD_RESET, NoticeKind.CONNECTION_INVITED})
"""What is a way in, to be followed from the mail: none of these stands among notifications."""

_AUCTION: Final = frozenset(
    {"auction", "number", "display_number", "auction_kind", "entity", "site", "city", "starts_at", "ends_at"}
)
_LOT: Final = _AUCTION | {"lot", "lot_display_number", "outcome", "amount"}
_OFFER: Final = frozenset({"offer_id", "number", "entity"})
_ORDER: Final = _OFFER | {"order_id", "order_number"}
_VEHICLE: Final = _ORDER | {"vehicle_id", "vehicle", "plate"}
_PLACE: Final = frozenset({"site", "street", "postcode", "city", "phone", "email"})

PARAMS: Final[Mapping[NoticeKind, frozenset[str]]] = {
    NoticeKind.USER_INVITED: frozenset({"name", "entity", "expires_at", "secret"}),
    NoticeKind.PASSWORD_RESET: frozenset({"name", "expires_at", "secret"}),
    NoticeKind.CONNECTION_INVITED: frozenset(
        {"invitation", "group", "entities", "company", "invited_by", "expires_at", "secret"}
    ),
    NoticeKind.CONNECTION_ACTIVATED: frozenset({"connection", "trader_id", "trader", "city", "entity"}),
    NoticeKind.CONNECTION_REMOVED: frozenset({"entity", "at"}),
    NoticeKind.AUCTION_PUBLISHED: _AUCTION,
    NoticeKind.AUCTION_CHANGED: _AUCTION,
    NoticeKind.AUCTION_INVITED: _AUCTION,
    NoticeKind.AUCTION_UNINVITED: _AUCTION,
    NoticeKind.AUCTION_OPENED: _AUCTION,
    NoticeKind.AUCTION_CANCELLED: _AUCTION,
    NoticeKind.LOT_RESULT: _LOT | {"winner"},
    NoticeKind.LOT_WON: _LOT,
    NoticeKind.LOT_NOT_WON: _LOT,
    NoticeKind.SALE_CANCELLED: _LOT | {"winner", "reason"},
    NoticeKind.OFFER_SENT: _OFFER | {"amount", "vehicle", "vehicles"},
    NoticeKind.OFFER_ABANDONED: _OFFER | {"amount", "buyer", "reason"},
    NoticeKind.ORDER_PLACED: _ORDER | _PLACE | {"amount", "vehicles", "delivery_date"},
    NoticeKind.ORDER_CANCELLED: _ORDER | {"buyer", "reason"},
    NoticeKind.VEHICLE_IN_DELIVERY: _VEHICLE | _PLACE | {"buyer", "delivery_date"},
    NoticeKind.VEHICLE_AVAILABLE: _VEHICLE | _PLACE | {"delivery_date"},
    NoticeKind.DELIVERY_SCHEDULED: _VEHICLE | _PLACE | {"delivery_date", "scheduled_at"},
    NoticeKind.DELIVERY_NOT_HONOURED: _VEHICLE | {"buyer", "reason"},
    NoticeKind.VEHICLE_RELEASED: _VEHICLE | {"buyer", "invoice", "site"},
    NoticeKind.TOO_LONG_IN_STOCK: frozenset({"vehicle_id", "vehicle", "plate", "entity", "days"}),
}

_PAGES: Final[Mapping[str, str]] = {
    "auction": "/auctions/{}",
    "offer_id": "/offers/{}",
    "vehicle_id": "/vehicles/{}",
    "trader_id": "/traders/{}",
}
_TRADERS_PAGES: Final[Mapping[str, str]] = {"auction": "/auctions/{}", "offer_id": "/purchases/{}"}
_WAYS_IN: Final[Mapping[str, str]] = {
    NoticeKind.USER_INVITED: "/user-invitation#{}",
    NoticeKind.PASSWORD_RESET: "/password-reset#{}",
    NoticeKind.CONNECTION_INVITED: "/invitation#{}",
}
"""The secret stands behind a `#`: no browser tells it to a server, and no log of ours can hold it."""


def page_of(kind: str, params: Mapping[str, str | int | None], *, to_trader: bool = False) -> str:
    """The path that the notice's link leads to, or a whole address if that is what the secret is.

    What a dealer calls an offer a trader finds among its purchases, with its vehicles.
    """
    secret = params.get("secret")
    if secret is not None:
        return str(secret) if "/" in str(secret) else _WAYS_IN.get(kind, "/#{}").format(secret)
    if kind == NoticeKind.AUCTION_UNINVITED:  # who reads it cannot see the auction any more
        return "/"
    for name, page in (_TRADERS_PAGES if to_trader else _PAGES).items():
        if params.get(name) is not None:
            return page.format(params[name])
    return "/"
