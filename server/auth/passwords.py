"""Passwords: hashed with argon2id, checked in a thread, at the same cost whether the account exists or not.

A password is never logged, never compared as text, never kept. Only so many are checked at once: each takes memory.
"""

from functools import partial
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct

from server.turns import Turns

CHECKED_AT_ONCE: Final = 2
LONGEST_PASSWORD: Final = 1_024
SHORTEST_PASSWORD: Final = 8


class Verdict(Struct, frozen=True):
    """Whether the password is right, and if its stored hash is out of date, the new one to store."""

    is_right: bool
    rehashed: str | None = None


class Passwords:
    """Hashes and checks passwords."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody: str | None = None
        self._turns = Turns(CHECKED_AT_ONCE)

    async def hash(self, password: str) -> str:
        """What to store of a password."""
        return await self._turns.run(partial(self._hasher.hash, password))

    async def check(self, stored_hash: str | None, password: str) -> Verdict:
        """Check a password against what is stored; `None`, for an unknown account, costs the same and is wrong."""
        return await self._turns.run(partial(self._check, stored_hash, password))

    def _check(self, stored_hash: str | None, password: str) -> Verdict:
        if stored_hash is None:
            if self._nobody is None:
                self._nobody = self._hasher.hash("nobody's")
            self._is_right(self._nobody, password)
            return Verdict(is_right=False)
        if not self._is_right(stored_hash, password):
            return Verdict(is_right=False)
        out_of_date = self._hasher.check_needs_rehash(stored_hash)
        return Verdict(is_right=True, rehashed=self._hasher.hash(password) if out_of_date else None)

    def _is_right(self, stored_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored_hash, password)
        except (VerificationError, InvalidHashError):
            return False
