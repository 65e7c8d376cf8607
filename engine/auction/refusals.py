"""Why an auction says no. Refusals are values, enumerated in order of precedence (§5.2).

`RefusalCode` is the order in which a bid is checked: the first that applies is the answer. What a
door refuses before the auction is asked (a malformed message, a stranger) is not here.
"""

import enum
from typing import final

from msgspec import Struct

from engine.instants import Instant
from engine.money import Cents


class RefusalCode(enum.StrEnum):
    """Every reason the rules know, the first that applies first."""

    NOT_STARTED = "not_started"
    CLOSED = "closed"
    UNKNOWN_LOT = "unknown_lot"
    NOT_INVITED = "not_invited"
    INVALID_AMOUNT = "invalid_amount"
    BELOW_MINIMUM = "below_minimum"
    HAS_BIDS = "has_bids"
    NOT_WON = "not_won"


@final
class Refused(Struct, frozen=True, gc=False):
    """No. `minimum_cents` comes with `below_minimum`: what would have been enough."""

    code: RefusalCode
    minimum_cents: Cents | None = None


class Accepted(Struct, frozen=True, gc=False):
    """Yes. `seq` is the history entry it made, or `None` where nothing had to be written."""

    seq: int | None = None


class KeptAnswer(Struct, frozen=True, gc=False):
    """An answer that no event carries, kept so that a repetition gets it again (§5.2.4).

    `after_seq` is the last history entry before it; `refusal` is `None` for a yes that wrote
    nothing (a decline by a trader that has declined already). `lot` and `amount` are what a bid asked
    for, `None` for a decline: what was refused can be looked at again.
    """

    at: Instant
    trader: str
    command_id: str
    after_seq: int
    refusal: Refused | None = None
    lot: int | None = None
    amount: str | None = None
