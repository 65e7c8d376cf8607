"""Notices from the book, told on every socket of the users they are for.

What an auction decides is told by its announcer, before the book's notice of it is read: nobody is told twice here.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET

from engine.instants import format_instant
from engine.notices import NoticeKind
from persistence.notices.due import Told
from server.live.frames import text_frame
from server.live.messages import Notice, encode
from server.live.presence import Presence

ANNOUNCED: Final = frozenset(
    {
        NoticeKind.AUCTION_PUBLISHED,
        NoticeKind.AUCTION_CHANGED,
        NoticeKind.AUCTION_INVITED,
        NoticeKind.AUCTION_UNINVITED,
        NoticeKind.AUCTION_OPENED,
        NoticeKind.AUCTION_CANCELLED,
        NoticeKind.LOT_RESULT,
        NoticeKind.LOT_WON,
        NoticeKind.LOT_NOT_WON,
        NoticeKind.SALE_CANCELLED,
    }
)


class Crier:
    """Tells the sockets that are here."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence

    def tell(self, batch: Sequence[Told]) -> None:
        """These are durable: tell whom they are for, wherever they are."""
        for told in batch:
            if told.kind in ANNOUNCED:
                continue
            frame = b""
            for user_id in told.user_ids:
                for present in self._presence.of_user(user_id):
                    frame = frame or text_frame(encode(_notice(told)))
                    present.tell(frame)


def _notice(told: Told) -> Notice:
    auction = told.params.get("auction")
    return Notice(
        id=told.key,
        kind=told.kind,
        at=format_instant(told.at),
        auction=auction if isinstance(auction, int) else UNSET,
        params=told.params,
    )
