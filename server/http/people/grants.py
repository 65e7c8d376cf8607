"""Rights as forms give them and answers tell them, refusals of those who change them, and what a change does live (§1).

Whose rights they are is the routes' business. Here nothing asks the book.
"""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct
from starlette.responses import Response

from engine.rights import PRESETS, Grant, Preset, Right, TradeIns, preset_of
from persistence.people.grants import NobodyManages, NotHeld, NotManaging, Refused, Taken, Unknown
from persistence.people.users import SignedOut
from server.auth.identification import stored_session_login, token_login
from server.errors import DoorCode, Reason, Refusal
from server.http.doors import HttpDoors


class GrantForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rights under the name of a job, or one by one with the level of trade-ins; neither: as they are (§1.3)."""

    preset: Preset | None = None
    rights: Annotated[tuple[Right, ...], Meta(max_length=100)] | None = None
    validate_trade_ins: TradeIns | None = None


class Granted(Struct, frozen=True):
    """Rights; `preset` names them if a job has exactly these."""

    rights: tuple[Right, ...]
    validate_trade_ins: TradeIns
    preset: Preset | None


def read_grant(form: GrantForm) -> Grant | Refusal | None:
    """What a form gives; none: it says nothing of rights."""
    if form.preset is not None:
        if form.rights is not None or form.validate_trade_ins is not None:
            return Refusal(DoorCode.INVALID, "preset: name a preset or rights, not both.", "preset")
        return PRESETS[form.preset]
    if form.rights is None:
        if form.validate_trade_ins is not None:
            return Refusal(DoorCode.INVALID, "rights: say them together with validate_trade_ins.", "rights")
        return None
    return Grant(frozenset(form.rights), form.validate_trade_ins or TradeIns.NONE)


def granted(grant: Grant) -> Granted:
    """A grant as answers tell it."""
    return Granted(tuple(right for right in Right if right in grant.rights), grant.trade_ins, preset_of(grant))


def refusal_of(refused: Refused) -> Refusal:
    """Why rights, or whatever hangs on them, did not change."""
    match refused:
        case NotHeld():
            told = f"rights: you do not hold {', '.join(refused.lacking)} in entity {refused.entity_id} yourself."
            return Refusal(
                DoorCode.NOT_HELD, told, "rights", reasons=tuple(Reason(name, "rights") for name in refused.lacking)
            )
        case NotManaging():
            return Refusal(
                DoorCode.NOT_ALLOWED, f"entity: you do not manage the users of entity {refused.entity_id}.", "entity"
            )
        case NobodyManages():
            return Refusal(DoorCode.LAST_MANAGER)
        case Unknown(field="id"):
            return Refusal(DoorCode.NOT_FOUND)
        case Unknown():
            return Refusal(DoorCode.INVALID, f"{refused.field}: is not there, or not yours.", refused.field)
        case Taken():
            return Refusal(DoorCode.CONFLICT, f"{refused.field}: is taken already.", refused.field)


def call_back(doors: HttpDoors, user_ids: Iterable[int]) -> None:
    """Close the live sockets of those whose rights changed; they come back with the new ones."""
    for user_id in user_ids:
        doors.presence.call_back(user_id)


def end_logins(doors: HttpDoors, ended: SignedOut) -> None:
    """Believe these sessions and tokens no more, and close their live sockets."""
    logins = [*map(stored_session_login, ended.sessions), *map(token_login, ended.tokens)]
    for login in logins:
        doors.identification.end(login)
        doors.presence.sign_out(login)


def done() -> Response:
    """It is done, and there is nothing to say."""
    return Response(status_code=204)
