"""docs/protocol.md says what the wire says: every message and field, every kind of entry, every code.

The page is the contract in words; what is on the wire and not on the page is a promise that nobody made.
"""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from engine.auction.event_views import AnyEventView
from engine.auction.refusals import RefusalCode
from engine.auction.views import DealerLot, DealerVehicle, DealerView, Invitee, TraderLot, TraderView, You
from engine.notices import NoticeKind
from server.errors import CloseCode, DoorCode
from server.live import messages
from server.live.messages import FromClient, FromServer, Limits, Standing, User

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")

LIVE = Path(__file__).resolve().parents[2] / "server" / "live"
SAID = set(re.findall(r"DoorCode\.(\w+)", "".join(path.read_text(encoding="utf-8") for path in LIVE.glob("*.py"))))
BEFORE_THE_SOCKET = {DoorCode.NOT_SIGNED_IN, DoorCode.FOREIGN_ORIGIN}
ON_THE_WIRE = [
    *(code for code in RefusalCode if code not in {RefusalCode.HAS_BIDS, RefusalCode.NOT_WON}),
    *(code for code in DoorCode if code.name in SAID - {code.name for code in BEFORE_THE_SOCKET}),
]


def fields(kind: type) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(kind)]


def on_page(word: str) -> bool:
    return f"`{word}`" in PAGE or f'"{word}"' in PAGE


MESSAGES = [*get_args(FromClient), *get_args(FromServer)]
ENTRIES = get_args(AnyEventView)
VALUES = [User, Limits, Standing, TraderView, TraderLot, You, DealerView, DealerLot, DealerVehicle, Invitee]


@pytest.mark.parametrize("kind", [*MESSAGES, *ENTRIES], ids=lambda kind: kind.__name__)
def test_every_message_and_every_entry_is_on_the_page(kind: type[msgspec.Struct]) -> None:
    assert on_page(str(kind.__struct_config__.tag))


@pytest.mark.parametrize("kind", [*MESSAGES, *ENTRIES, *VALUES], ids=lambda kind: kind.__name__)
def test_every_field_is_on_the_page(kind: type) -> None:
    assert not [name for name in fields(kind) if not on_page(name)]


@pytest.mark.parametrize("code", ON_THE_WIRE)
def test_every_code_is_on_the_page(code: RefusalCode | DoorCode) -> None:
    assert on_page(code)


@pytest.mark.parametrize(
    "kind", ["outbid", *(kind for kind in NoticeKind if kind.startswith(("auction_", "lot_", "sale_")))]
)
def test_every_kind_of_notice_is_on_the_page(kind: str) -> None:
    assert on_page(kind)


@pytest.mark.parametrize("code", CloseCode)
def test_every_close_code_is_on_the_page(code: CloseCode) -> None:
    assert f"| {code.value} |" in PAGE


def test_the_limits_on_the_page_are_those_in_force() -> None:
    words = " ".join(PAGE.split())
    assert f"One message ≤ {messages.MESSAGE_BYTES // 1024} KiB" in words
    assert f"{messages.COMMANDS_PER_SECOND} commands a second per connection" in words
    assert f"bursts of {messages.COMMANDS_BURST}" in words
    assert f"{messages.SOCKETS_PER_TRADER} sockets per trader" in words
    assert f"heartbeat every {messages.HEARTBEAT_SECONDS} s" in words
    assert f"at most {messages.OUTBOX_BYTES // 1024} KiB" in words
