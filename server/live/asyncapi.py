"""The AsyncAPI 3 document of the live wire, made from the types that read and write it (server/live/messages.py).

What is written by hand here is prose and the envelope; no field of a message is.
"""

from collections.abc import Iterable
from types import UnionType
from typing import Any, Final, Literal, get_args

import msgspec
from msgspec import Struct, structs

from engine.auction.event_views import AnyEventView
from engine.auction.refusals import RefusalCode
from engine.auction.views import DealerView, SynthesisView, TraderView
from server.caller import Role
from server.errors import TABLE, CloseCode, DoorCode
from server.live.messages import HEARTBEAT_SECONDS, MESSAGE_BYTES, PROTOCOL, FromClient, FromServer, State
from server.shapes import REF, said_whole

_EVENT: Final = "Event"
_VIEWS: Final[dict[Role, type[Struct]]] = {Role.TRADER: TraderView, Role.DEALER: DealerView}
_ON_THE_WIRE: Final = (
    *(code for code in RefusalCode if code not in {RefusalCode.HAS_BIDS, RefusalCode.NOT_WON}),
    DoorCode.MALFORMED,
    DoorCode.UNKNOWN_TYPE,
    DoorCode.TOO_LARGE,
    DoorCode.TOO_DEEP,
    DoorCode.BUSY,
    DoorCode.UNAVAILABLE,
    DoorCode.UNKNOWN_AUCTION,
    DoorCode.NOT_ALLOWED,
)


def asyncapi(version: str, root_path: str = "") -> dict[str, Any]:
    """The document."""
    said, told = _messages(FromClient), _messages(FromServer)
    schemas = _schemas(said.values(), told.values())
    names = {**{name: shape.__name__ for name, shape in {**said, **told}.items()}, "event": _EVENT}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Adjugé, the live protocol",
            "version": version,
            "description": _prose(),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "house": {
                "host": "{host}",
                "pathname": root_path or "/",
                "protocol": "wss",
                "variables": {"host": {"default": "127.0.0.1:8000", "description": "Where the house is."}},
                "security": [
                    {"$ref": "#/components/securitySchemes/token"},
                    {"$ref": "#/components/securitySchemes/session"},
                ],
            }
        },
        "channels": {
            "live": {
                "address": "/live",
                "description": f"One WebSocket, subprotocol `{PROTOCOL}`, one JSON text frame a message.",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
            }
        },
        "operations": {
            "say": _operation("receive", "What a client says.", said),
            "hear": _operation("send", "What the house says.", [*told, "event"]),
        },
        "components": {
            "messages": {name: _message(name, shape, schemas) for name, shape in names.items()},
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "httpApiKey", "in": "cookie", "name": "adjuge_session"},
            },
        },
    }


def _messages(union: object) -> dict[str, type[Struct]]:
    assert isinstance(union, UnionType)
    return {str(shape.__struct_config__.tag): shape for shape in get_args(union)}


def _schemas(said: Iterable[type[Struct]], told: Iterable[type[Struct]]) -> dict[str, Any]:
    """Of every message; a state is one of two, told apart by its reader's role."""
    states = tuple(_state(role, view) for role, view in _VIEWS.items())
    ours = (*(shape for shape in told if shape is not State), *states, *get_args(AnyEventView), SynthesisView)
    theirs = tuple(said)
    references, schemas = msgspec.json.schema_components((*ours, *theirs), ref_template=REF)
    schemas = said_whole(schemas, said=references[: len(ours)], told=references[len(ours) :])
    either = [{"$ref": REF.format(name=shape.__name__)} for shape in states]
    schemas[State.__name__] = {"title": State.__name__, "description": State.__doc__, "anyOf": either}
    return {**schemas, _EVENT: _single_event()}


def _state(role: Role, view: type[Struct]) -> type[Struct]:
    """The state that a reader of this role is told."""
    own = {"role": Literal[role.value], "view": view}
    fields = [(field.name, own.get(field.name, field.type)) for field in structs.fields(State)]
    name = f"{role.capitalize()}State"
    return msgspec.defstruct(name, fields, tag_field="type", tag="state", namespace={"__doc__": State.__doc__})


def _single_event() -> dict[str, Any]:
    """An entry on its own: its fields beside those of the frame."""
    entries = [{"$ref": REF.format(name=shape.__name__)} for shape in get_args(AnyEventView)]
    frame = {
        "type": "object",
        "properties": {
            "type": {"const": "event"},
            "auction": {"type": "integer"},
            "synthesis": {"$ref": REF.format(name=SynthesisView.__name__)},
        },
        "required": ["type", "auction"],
    }
    return {
        "title": _EVENT,
        "description": "One entry of an auction's history; the dealer's carries the totals after it.",
        "allOf": [frame, {"oneOf": entries}],
    }


def _operation(action: str, says: str, names: "dict[str, Any] | list[str]") -> dict[str, Any]:
    return {
        "action": action,
        "summary": says,
        "channel": {"$ref": "#/channels/live"},
        "messages": [{"$ref": f"#/channels/live/messages/{name}"} for name in names],
    }


def _message(name: str, shape: str, schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "summary": schemas[shape].get("description", name),
        "payload": {"$ref": REF.format(name=shape)},
    }


def _prose() -> str:
    refusals = "\n".join(f"- `{code}`: {TABLE[code].sentence}" for code in _ON_THE_WIRE)
    closes = "\n".join(f"- {int(code)}: {code.name.lower().replace('_', ' ')}" for code in CloseCode)
    return (
        f"Amounts are decimal strings, times RFC 3339 UTC. A message has at most {MESSAGE_BYTES} bytes; a heartbeat is "
        f"sent every {HEARTBEAT_SECONDS} s. Unknown fields are refused by the house and to be ignored by clients.\n\n"
        f"Codes of `refused`:\n\n{refusals}\n\n"
        f"Close codes (4000 to 4099: come back; 4400 to 4499: do not):\n\n{closes}\n"
    )
