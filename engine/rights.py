"""Who may do what: rights, levels of trade-in validation, presets, and what may be given to whom (§1.2, §1.3).

Values and pure rules. Whose rights they are, and where they are kept, is asked elsewhere. What is not granted is
denied; nobody gives what it does not hold itself.
"""

import enum
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct


class Right(enum.StrEnum):
    """§1.3: a right in an entity; the validation of trade-ins is a level beside them."""

    MANAGE_USERS = "manage_users"
    MANAGE_CONNECTIONS = "manage_connections"
    MANAGE_MAILING_LISTS = "manage_mailing_lists"
    MANAGE_STOCK = "manage_stock"
    RUN_STOCK_AUCTIONS = "run_stock_auctions"
    CANCEL_SALE = "cancel_sale"
    MAKE_OFFERS = "make_offers"
    DECLARE_DELIVERIES = "declare_deliveries"
    MANAGE_PRICING_RULES = "manage_pricing_rules"
    RUN_REMARKETING = "run_remarketing"


class TradeIns(enum.StrEnum):
    """§1.3: whose trade-ins somebody may validate; each level holds the one before it."""

    NONE = "none"
    OWN = "own"
    ANY = "any"


VALIDATE_TRADE_INS: Final = "validate_trade_ins"
"""What the level is called where rights are listed by name."""
_LEVELS: Final = tuple(TradeIns)


class Grant(Struct, frozen=True):
    """What somebody may do in an entity, or what a user group carries."""

    rights: frozenset[Right] = frozenset()
    trade_ins: TradeIns = TradeIns.NONE

    @property
    def manages_users(self) -> bool:
        """Whether it may give and take rights."""
        return Right.MANAGE_USERS in self.rights


NOTHING: Final = Grant()
EVERYTHING: Final = Grant(frozenset(Right), TradeIns.ANY)


class Preset(enum.StrEnum):
    """§1.3: rights that go together, under the name of a job."""

    SELLER = "seller"
    AUTONOMOUS_SELLER = "autonomous_seller"
    SALES_MANAGER = "sales_manager"
    FLEET_MANAGER = "fleet_manager"
    ADMINISTRATOR = "administrator"


PRESETS: Final[Mapping[Preset, Grant]] = MappingProxyType(
    {
        Preset.SELLER: Grant(frozenset({Right.MAKE_OFFERS}), TradeIns.NONE),
        Preset.AUTONOMOUS_SELLER: Grant(frozenset({Right.MAKE_OFFERS}), TradeIns.OWN),
        Preset.SALES_MANAGER: Grant(
            frozenset({Right.MAKE_OFFERS, Right.DECLARE_DELIVERIES, Right.CANCEL_SALE}), TradeIns.ANY
        ),
        Preset.FLEET_MANAGER: Grant(
            frozenset({Right.MANAGE_STOCK, Right.MANAGE_MAILING_LISTS, Right.RUN_STOCK_AUCTIONS}), TradeIns.NONE
        ),
        Preset.ADMINISTRATOR: EVERYTHING,
    }
)


def preset_of(grant: Grant) -> Preset | None:
    """The preset that gives exactly this, if there is one."""
    return next((preset for preset, given in PRESETS.items() if given == grant), None)


def together(grants: Iterable[Grant]) -> Grant:
    """All of them at once (§1.2): every right of each, the highest level."""
    every = (NOTHING, *grants)
    return Grant(
        frozenset().union(*(grant.rights for grant in every)),
        max((grant.trade_ins for grant in every), key=_LEVELS.index),
    )


def beyond(giver: Grant, had: Grant, wanted: Grant) -> tuple[str, ...]:
    """What `giver` would give without holding it, by name in a stable order; empty: it may (§1.3).

    Only what `had` does not hold yet is given; what somebody has already may be left as it is, and may be taken.
    """
    lacking = wanted.rights - had.rights - giver.rights
    named = tuple(right.value for right in Right if right in lacking)
    if _LEVELS.index(wanted.trade_ins) > max(_LEVELS.index(had.trade_ins), _LEVELS.index(giver.trade_ins)):
        return (*named, VALIDATE_TRADE_INS)
    return named
