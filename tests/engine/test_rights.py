"""Rights, presets, and who may give what (§1.2, §1.3)."""

import pytest

from engine.rights import (
    EVERYTHING,
    NOTHING,
    PRESETS,
    VALIDATE_TRADE_INS,
    Grant,
    Preset,
    Right,
    TradeIns,
    beyond,
    preset_of,
    together,
)

STOCK = Grant(frozenset({Right.MANAGE_STOCK}))
USERS = Grant(frozenset({Right.MANAGE_USERS}))
OWN = Grant(trade_ins=TradeIns.OWN)
ANY = Grant(trade_ins=TradeIns.ANY)


@pytest.mark.parametrize(
    ("preset", "level", "holds", "holds_not"),
    [
        (Preset.SELLER, TradeIns.NONE, {Right.MAKE_OFFERS}, {Right.MANAGE_STOCK, Right.MANAGE_USERS}),
        (Preset.AUTONOMOUS_SELLER, TradeIns.OWN, {Right.MAKE_OFFERS}, {Right.MANAGE_STOCK, Right.MANAGE_USERS}),
        (Preset.SALES_MANAGER, TradeIns.ANY, {Right.MAKE_OFFERS, Right.CANCEL_SALE}, {Right.MANAGE_USERS}),
        (
            Preset.FLEET_MANAGER,
            TradeIns.NONE,
            {Right.MANAGE_STOCK, Right.MANAGE_MAILING_LISTS, Right.RUN_STOCK_AUCTIONS},
            {Right.MANAGE_USERS, Right.MANAGE_CONNECTIONS},
        ),
        (Preset.ADMINISTRATOR, TradeIns.ANY, set(Right), set()),
    ],
)
def test_a_preset_is_a_job(preset: Preset, level: TradeIns, holds: set[Right], holds_not: set[Right]) -> None:
    """§1.3."""
    grant = PRESETS[preset]
    assert grant.trade_ins is level
    assert holds <= grant.rights
    assert not holds_not & grant.rights
    assert preset_of(grant) is preset


def test_what_no_job_holds_has_no_preset() -> None:
    assert preset_of(STOCK) is None
    assert preset_of(NOTHING) is None


@pytest.mark.parametrize(
    ("grants", "all_of_them"),
    [
        ((), NOTHING),
        ((STOCK,), STOCK),
        ((STOCK, USERS), Grant(STOCK.rights | USERS.rights)),
        ((OWN, NOTHING), OWN),
        ((ANY, OWN), ANY),
        ((STOCK, EVERYTHING), EVERYTHING),
    ],
)
def test_rights_of_several_user_groups_add_up(grants: tuple[Grant, ...], all_of_them: Grant) -> None:
    """§1.2: a membership's rights are its own and those of its user groups."""
    assert together(grants) == all_of_them


@pytest.mark.parametrize(
    ("giver", "had", "wanted", "lacking"),
    [
        (EVERYTHING, NOTHING, EVERYTHING, ()),
        (USERS, NOTHING, USERS, ()),
        (USERS, NOTHING, STOCK, ("manage_stock",)),
        (USERS, STOCK, STOCK, ()),  # what somebody has may stay
        (USERS, STOCK, NOTHING, ()),  # and may be taken
        (USERS, NOTHING, OWN, (VALIDATE_TRADE_INS,)),
        (OWN, NOTHING, ANY, (VALIDATE_TRADE_INS,)),
        (ANY, NOTHING, OWN, ()),
        (NOTHING, ANY, OWN, ()),
        (NOTHING, OWN, Grant(STOCK.rights, TradeIns.ANY), ("manage_stock", VALIDATE_TRADE_INS)),
    ],
)
def test_nobody_gives_what_it_does_not_hold(giver: Grant, had: Grant, wanted: Grant, lacking: tuple[str, ...]) -> None:
    """§1.3."""
    assert beyond(giver, had, wanted) == lacking


def test_who_manages_users() -> None:
    assert USERS.manages_users
    assert not STOCK.manages_users
