"""Under which account the embedded PostgreSQL runs: ours, or an unprivileged one when we are root (it refuses root).

Touches permissions only as far as that account needs to reach its own files: the right to pass (never to read) through
the directories above the data and above the programs.
"""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict

from persistence.errors import EmbeddedFault

if TYPE_CHECKING:
    from pathlib import Path

UNPRIVILEGED: Final = ("postgres", "nobody")  # the first that exists is taken


class Identity(TypedDict, total=False):
    """The part of `subprocess.run`'s arguments that changes who runs."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class ServerAccount:
    """`switched` tells whether it is another account than ours."""

    uid: int
    gid: int
    switched: bool

    def own(self, path: Path) -> None:
        """Give `path` to the account."""
        if self.switched:
            os.chown(path, self.uid, self.gid)

    def arguments(self) -> Identity:
        """What `subprocess.run` needs to run as the account."""
        return Identity(user=self.uid, group=self.gid, extra_groups=[]) if self.switched else Identity()


def account_for(directory: Path, programs: Path) -> ServerAccount:
    """The account for a server with its data in `directory` and its programs in `programs`. Raises `EmbeddedFault`."""
    if os.geteuid() != 0:
        return ServerAccount(os.geteuid(), os.getegid(), switched=False)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        _let_pass(directory)
        _let_pass(programs)
        return ServerAccount(entry.pw_uid, entry.pw_gid, switched=True)
    raise EmbeddedFault(directory, f"we run as root and none of the accounts {', '.join(UNPRIVILEGED)} exists")


def _let_pass(path: Path) -> None:
    for place in (path, *path.parents):
        mode = stat.S_IMODE(place.stat().st_mode)
        if not mode & stat.S_IXOTH:
            place.chmod(mode | stat.S_IXOTH)
