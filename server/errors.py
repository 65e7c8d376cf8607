"""Every no that a door can say, in one table: code → HTTP status, close code, sentence.

Refusals are values; a fault that nobody foresaw becomes `unavailable` and tells nothing. Sentences say what to do, in
English; pages put codes into the reader's words.
"""

import enum
from typing import Final

from msgspec import Struct

from engine.auction.refusals import RefusalCode


class CloseCode(enum.IntEnum):
    """Why we close a socket. 4000 to 4099: come back. 4400 to 4499: do not."""

    GOING_DOWN = 4001
    TOO_SLOW = 4008
    RESYNC_IMPOSSIBLE = 4009
    NOT_SIGNED_IN = 4401
    NOT_ALLOWED = 4403
    SIGNED_OUT = 4409
    TOO_MANY = 4429


class DoorCode(enum.StrEnum):
    """What a door refuses before any auction is asked."""

    MALFORMED = "malformed"
    UNKNOWN_TYPE = "unknown_type"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"
    UNKNOWN_AUCTION = "unknown_auction"
    NOT_ALLOWED = "not_allowed"
    NOT_SIGNED_IN = "not_signed_in"
    WRONG_CREDENTIALS = "wrong_credentials"
    FOREIGN_ORIGIN = "foreign_origin"
    NOT_FOUND = "not_found"
    INVALID = "invalid"
    CONFLICT = "conflict"
    CHANGED_MEANWHILE = "changed_meanwhile"
    ALREADY_STARTED = "already_started"
    ORDER_FIRST = "order_first"
    INSECURE_ORIGIN = "insecure_origin"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNSUPPORTED_TYPE = "unsupported_type"
    DEAD_LINK = "dead_link"
    NOT_HELD = "not_held"
    LAST_MANAGER = "last_manager"


class Line(Struct, frozen=True):
    """How a code is told: `status` over HTTP, `sentence` to a person who must know what to do."""

    status: int
    sentence: str


TABLE: Final[dict[RefusalCode | DoorCode, Line]] = {
    RefusalCode.NOT_STARTED: Line(409, "The auction has not started yet: bid from its start."),
    RefusalCode.CLOSED: Line(409, "The auction is closed."),
    RefusalCode.UNKNOWN_LOT: Line(404, "The auction has no lot with this number."),
    RefusalCode.NOT_INVITED: Line(403, "You are not invited to this auction, or the connection was removed."),
    RefusalCode.INVALID_AMOUNT: Line(
        422, "The amount must be positive whole cents, at most 100,000,000.00, like 20900 or 20900.50."
    ),
    RefusalCode.BELOW_MINIMUM: Line(409, "The bid must reach the minimum."),
    RefusalCode.HAS_BIDS: Line(409, "The auction has bids: it can no longer be cancelled."),
    RefusalCode.NOT_WON: Line(409, "The lot is not won, or its sale is cancelled already."),
    DoorCode.MALFORMED: Line(
        400, "The message does not fit the protocol: it must be one JSON object, a text frame of UTF-8."
    ),
    DoorCode.UNKNOWN_TYPE: Line(400, "There is no message of this type."),
    DoorCode.TOO_LARGE: Line(413, "The message is too large: at most 16 KiB."),
    DoorCode.TOO_DEEP: Line(400, "The message is nested too deep."),
    DoorCode.BUSY: Line(429, "Too many commands at once: nothing was done, send it again with the same id."),
    DoorCode.UNAVAILABLE: Line(
        503, "The auction could not be reached: nothing was done, send it again with the same id."
    ),
    DoorCode.UNKNOWN_AUCTION: Line(404, "There is no such auction, or it is not yours to see."),
    DoorCode.NOT_ALLOWED: Line(403, "Your account may not do this."),
    DoorCode.NOT_SIGNED_IN: Line(401, "Sign in first."),
    DoorCode.WRONG_CREDENTIALS: Line(401, "E-mail or password is wrong."),
    DoorCode.FOREIGN_ORIGIN: Line(403, "The request comes from another site."),
    DoorCode.NOT_FOUND: Line(404, "There is nothing at this address."),
    DoorCode.INVALID: Line(422, "The request does not fit."),
    DoorCode.CONFLICT: Line(409, "This contradicts what is stored."),
    DoorCode.CHANGED_MEANWHILE: Line(409, "Somebody else has changed it meanwhile: load it again."),
    DoorCode.ALREADY_STARTED: Line(409, "The auction has started: its terms stand."),
    DoorCode.ORDER_FIRST: Line(409, "The sale is ordered or in delivery: cancel that first."),
    DoorCode.INSECURE_ORIGIN: Line(
        403, "Signing in needs HTTPS: over plain HTTP a browser keeps the session for 127.0.0.1 and localhost alone."
    ),
    DoorCode.TOO_MANY_ATTEMPTS: Line(429, "Too many failed sign-ins: wait a few minutes."),
    DoorCode.METHOD_NOT_ALLOWED: Line(405, "This address does not take this method."),
    DoorCode.DEAD_LINK: Line(410, "This link was used, withdrawn or has expired: ask for a new one."),
    DoorCode.NOT_HELD: Line(403, "You cannot give rights that you do not hold there yourself."),
    DoorCode.LAST_MANAGER: Line(409, "Nobody would be left who manages the users of the entity: name somebody first."),
    DoorCode.UNSUPPORTED_TYPE: Line(415, "Send JSON, with Content-Type: application/json."),
}


class Reason(Struct, frozen=True):
    """One of several reasons: its code, the field, and the vehicle if it is one's (§4.3)."""

    code: str
    field: str
    vehicle: int | None = None


class Refusal(Struct, frozen=True):
    """A door's no over HTTP: a code of the table, what to say if not its sentence, and the field that does not fit."""

    code: RefusalCode | DoorCode
    message: str | None = None
    field: str | None = None
    retry_after_seconds: int | None = None
    reasons: tuple[Reason, ...] = ()


def sentence(code: RefusalCode | DoorCode) -> str:
    """The sentence of a code."""
    return TABLE[code].sentence
