"""The wire: every message of the live protocol, typed once (docs/protocol.md).

Messages are told apart by `type`; an event's own kind stands under `event`. What comes in is refused for an unknown
field, what goes out may gain fields. Schemas for readers are made from these types.
"""

import re
from typing import Annotated, Any, Final, TypeAlias, final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from engine.auction.event_views import AnyEventView
from engine.auction.events import Outcome
from engine.auction.views import DealerView, SynthesisView, TraderView
from engine.notices import NoticeKind
from server.caller import Role
from server.errors import TABLE, DoorCode

PROTOCOL: Final = "adjuge.v1"
MESSAGE_BYTES: Final = 16 * 1024
COMMANDS_PER_SECOND: Final = 20
COMMANDS_BURST: Final = 40
OUTBOX_BYTES: Final = 256 * 1024
HEARTBEAT_SECONDS: Final = 25
SOCKETS_PER_TRADER: Final = 200
DEPTH: Final = 16
"""No message of ours is nested deeper than one; what is nested deeper than this is not looked at."""

_BRACKET: Final = re.compile(rb"[\[\]{}]")
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"')

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")

CommandId: TypeAlias = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="The client's own id.",
        extra_json_schema={"pattern": r"^[^\x00-\x1f\x7f]*$(?!\n)"},  # held by `_fault`, at a tenth of the price
    ),
]
_LARGEST: Final = 2**63 - 1
Whole: TypeAlias = Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST)]
"""A number that a book can keep: what a command names is stored with its refusal."""
AuctionId: TypeAlias = Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST, description="The auction's id.")]
BidAmount: TypeAlias = Annotated[
    str, Meta(description="EUR, at most two decimals.", extra_json_schema={"pattern": r"^[^\x00]*$"})
]


class _FromClient(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """What a client says."""


class Watch(_FromClient, frozen=True, tag="watch"):
    """Follow an auction; `after` and `epoch` say what was seen last."""

    auction: AuctionId
    after: Annotated[int, Meta(ge=0, le=_LARGEST)] | UnsetType = UNSET
    epoch: Whole | UnsetType = UNSET


class Unwatch(_FromClient, frozen=True, tag="unwatch"):
    """Follow it no more."""

    auction: AuctionId


class Bid(_FromClient, frozen=True, tag="bid"):
    """Bid on a lot; the same `id` is the same bid, however often it is sent."""

    id: CommandId
    auction: AuctionId
    lot: Whole
    amount: BidAmount


class DeclineAuction(_FromClient, frozen=True, tag="decline"):
    """Decline an auction (§5.2.5)."""

    id: CommandId
    auction: AuctionId


class Ping(_FromClient, frozen=True, tag="ping"):
    """Ask for the server's time; `t` comes back as it was."""

    t: int | float | str


FromClient: TypeAlias = Watch | Unwatch | Bid | DeclineAuction | Ping


class _FromServer(Struct, frozen=True, tag_field="type"):
    """What the server says."""


class User(Struct, frozen=True):
    """Who the server takes the client for."""

    id: int
    name: str
    role: Role
    company: str


class Limits(Struct, frozen=True):
    """What a client may do; beyond it commands are refused `busy`."""

    message_bytes: int = MESSAGE_BYTES
    commands_per_second: int = COMMANDS_PER_SECOND
    burst: int = COMMANDS_BURST
    outbox_bytes: int = OUTBOX_BYTES


class Welcome(_FromServer, frozen=True, tag="welcome"):
    """The first message: the server's clock, the user, the limits."""

    protocol: str
    time: str
    user: User
    heartbeat_seconds: int
    limits: Limits


class State(_FromServer, frozen=True, tag="state"):
    """The whole view of an auction for this reader, as of `seq`."""

    auction: int
    epoch: int
    seq: int
    time: str
    role: Role
    view: TraderView | DealerView


class Events(_FromServer, frozen=True, tag="events"):
    """Entries `from` to `seq` of the history, in one frame; the dealer's carries the totals after them.

    A single one is sent as `event`: the same fields as its entry, with `auction` (and `synthesis`).
    """

    auction: int
    from_: int = msgspec.field(name="from")
    seq: int
    events: tuple[AnyEventView, ...]
    synthesis: SynthesisView | UnsetType = UNSET


class Standing(Struct, frozen=True):
    """Where the bidder stands on the lot once its command was decided."""

    lot: int
    bidder: int | None
    leading: bool
    last_offer: str | None
    minimum: str | None
    reserve_reached: bool | None
    ends_at: str


class AcceptedCommand(_FromServer, frozen=True, tag="accepted"):
    """Yes, and it is durable. `seq` is its entry of the history, if it made one."""

    id: str
    auction: int
    seq: int | None
    duplicate: bool | UnsetType = UNSET
    standing: Standing | UnsetType = UNSET


@final
class RefusedCommand(_FromServer, frozen=True, tag="refused"):
    """No, why, and what to do; `field` names what does not fit in a message."""

    code: str
    message: str
    id: str | UnsetType = UNSET
    auction: int | UnsetType = UNSET
    minimum: str | UnsetType = UNSET
    ends_at: str | UnsetType = UNSET
    field: str | UnsetType = UNSET
    duplicate: bool | UnsetType = UNSET


NoticeWord: TypeAlias = Annotated[str, Meta(extra_json_schema={"enum": [*map(str, NoticeKind), "outbid"]})]
"""What is kept for the user has a kind of its own; that it is outbid is told on the wire alone (§5.5.3)."""


class Notice(_FromServer, frozen=True, tag="notice"):
    """Something the user is told wherever it is; its `id` shows it once."""

    id: str
    kind: NoticeWord
    at: str
    auction: int | UnsetType = UNSET
    number: int | UnsetType = UNSET
    display_number: str | UnsetType = UNSET
    lot: int | UnsetType = UNSET
    lot_display_number: str | UnsetType = UNSET
    outcome: Outcome | UnsetType = UNSET
    amount: str | UnsetType = UNSET
    ends_at: str | UnsetType = UNSET
    winner: str | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    params: dict[str, str | int | None] | UnsetType = UNSET


class Pong(_FromServer, frozen=True, tag="pong"):
    """The server's time, with the client's own `t`."""

    t: int | float | str
    time: str


class Bye(_FromServer, frozen=True, tag="bye"):
    """The last message before the server closes; `reconnect_after` in seconds, `None`: do not."""

    code: int
    reason: str
    reconnect_after: float | None


FromServer: TypeAlias = Welcome | State | Events | AcceptedCommand | RefusedCommand | Notice | Pong | Bye

encode: Final = msgspec.json.Encoder().encode
_decoder: Final[msgspec.json.Decoder[FromClient]] = msgspec.json.Decoder(FromClient)


class _Glimpse(Struct):
    """As much of a message that does not fit as its refusal can name: each, whatever became of the other."""

    id: Any = UNSET
    auction: Any = UNSET


def decode(text: bytes) -> FromClient | RefusedCommand:
    """Read one message of a client, or say why not, naming the field."""
    try:
        message = _decoder.decode(text)
    except msgspec.ValidationError as error:
        return refused(DoorCode.TOO_DEEP) if _depth(text) > DEPTH else _misshapen(text, str(error))
    except RecursionError:
        return refused(DoorCode.TOO_DEEP)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return refused(DoorCode.MALFORMED, "The message is not JSON.")
    return _fault(message) or message


def _fault(message: FromClient) -> RefusedCommand | None:
    """What the shapes alone do not forbid: no control character in an id, no NUL in an amount."""
    if not isinstance(message, Bid | DeclineAuction):
        return None
    field = ""
    if not message.id.isprintable() and _CONTROL.search(message.id):
        field = "id"
    elif isinstance(message, Bid) and "\x00" in message.amount:
        field = "amount"
    if not field:
        return None
    reason = f"{field}: must hold no control character."
    return RefusedCommand(DoorCode.MALFORMED, reason, message.id, message.auction, field=field)


def refused(code: DoorCode, message: str | None = None) -> RefusedCommand:
    """A door's no."""
    return RefusedCommand(code, message or TABLE[code].sentence)


def _misshapen(text: bytes, reason: str) -> RefusedCommand:
    reason, _, path = reason.partition(" - at `$")
    field = path.rstrip("`").lstrip(".")
    for before in ("missing required field `", "contains unknown field `"):
        if before in reason:
            field = reason.partition(before)[2].rstrip("`")
    unknown_type = reason.startswith("Invalid value") and field == "type"
    code = DoorCode.UNKNOWN_TYPE if unknown_type else DoorCode.MALFORMED
    command_id, auction = _glimpse(text)
    return RefusedCommand(
        code, f"{reason}." if not field else f"{field}: {reason}.", command_id, auction, field=field or UNSET
    )


def _depth(text: bytes) -> int:
    """How deep a text that is JSON is nested; brackets within strings do not count."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", text)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(depth, deepest)
    return deepest


def _glimpse(text: bytes) -> tuple[str | UnsetType, int | UnsetType]:
    """The id of the command, if it is a text, and the auction, if it is a number."""
    try:
        glimpse = msgspec.json.decode(text, type=_Glimpse)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return UNSET, UNSET
    command_id, auction = glimpse.id, glimpse.auction
    return command_id if type(command_id) is str else UNSET, auction if type(auction) is int else UNSET
