"""What several people may change: whoever saves names the version that was read, and the second is told.

Where the versions are kept and counted is said by what has them: auctions, mailing lists, offers.
"""

from __future__ import annotations

from msgspec import Struct


class ChangedMeanwhile(Struct, frozen=True):
    """Somebody else has changed it since it was read; it is at this version. Nothing was written."""

    version: int
