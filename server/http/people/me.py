"""Who is signed in: `/api/me`, its name and language, its password.

A password is changed by who knows the one it replaces; that ends every other session.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct
from starlette.responses import Response

from persistence.audit import By
from persistence.people.accounts import OtherPassword, replace_password
from persistence.people.sessions import Person, account_of, person
from persistence.people.users import change_user
from server.auth.identification import COOKIE, sha256_of
from server.auth.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.people.grants import done, end_logins
from server.http.reading import Nothing
from server.http.values import LINE
from server.http.words import LanguageWord, RightWord, RoleWord, TradeInsWord

PersonName: TypeAlias = Annotated[str, Meta(max_length=200, pattern=LINE)]
Language: TypeAlias = Literal["fr", "en"]
NewPassword: TypeAlias = Annotated[str, Meta(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD)]


class WorkPlace(Struct, frozen=True):
    """An entity that a dealer works for, and its rights there (§1.3)."""

    id: int
    name: str
    rights: tuple[RightWord, ...]
    validate_trade_ins: TradeInsWord = "none"


class Me(Struct, frozen=True):
    """The user. `entities` are a dealer's; `company` a trader's, or the dealer's home entity."""

    id: int
    name: str
    email: str
    role: RoleWord
    language: LanguageWord
    company: str
    entities: tuple[WorkPlace, ...] = ()


class MyChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to change of one's own account."""

    name: PersonName | None = None
    language: Language | None = None


class PasswordChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The password as it is, and as it is to be."""

    current: Annotated[str, Meta(min_length=1, max_length=LONGEST_PASSWORD)]
    new: NewPassword


def me_of(found: Person) -> Me:
    """A stored person as it sees itself."""
    entities = tuple(
        WorkPlace(
            membership.entity_id, membership.name, tuple(sorted(membership.rights)), membership.validate_trade_ins
        )
        for membership in found.memberships
    )
    return Me(found.user_id, found.name, found.email, found.role, found.language, found.company, entities)


async def me(asking: Asking[Nothing, Nothing]) -> Me | Refusal:
    """The user that asks."""
    found = await person(asking.doors.database, asking.caller.user_id)
    return Refusal(DoorCode.NOT_SIGNED_IN) if found is None else me_of(found)


async def change_me(asking: Asking[MyChange, Nothing]) -> Me | Refusal:
    """Change one's own name or language."""
    doors, user_id = asking.doors, asking.caller.user_id
    by = By(user_id, doors.clock.now())
    await change_user(doors.database, by, user_id, name=asking.body.name, language=asking.body.language)
    found = await person(doors.database, user_id)
    return Refusal(DoorCode.NOT_SIGNED_IN) if found is None else me_of(found)


async def change_my_password(asking: Asking[PasswordChange, Nothing]) -> Response | Refusal:
    """Give one's account a new password; guessing the current one is slowed down as at sign-in."""
    doors, user_id = asking.doors, asking.caller.user_id
    assert asking.identified is not None
    found = await person(doors.database, user_id)
    account = None if found is None else await account_of(doors.database, found.email)
    if found is None or account is None or account.user_id != user_id:
        return Refusal(DoorCode.NOT_SIGNED_IN)
    email, now = found.email.lower(), doors.clock.now()
    wait = doors.email_throttle.wait_seconds(email, now)
    if wait:
        return Refusal(DoorCode.TOO_MANY_ATTEMPTS, retry_after_seconds=wait)
    doors.email_throttle.failed(email, now)
    is_right = True
    try:
        is_right = (await doors.passwords.check(account.password_hash, asking.body.current)).is_right
    finally:
        if is_right:
            doors.email_throttle.take_back(email, now)
    if not is_right:
        return Refusal(DoorCode.INVALID, "current: is not the password.", "current")
    ended = await replace_password(
        doors.database,
        By(user_id, now),
        await doors.passwords.hash(asking.body.new),
        instead_of=account.password_hash,
        keeping=sha256_of(asking.request.cookies.get(COOKIE, "")) if asking.identified.by_session else None,
    )
    if isinstance(ended, OtherPassword):
        return Refusal(DoorCode.INVALID, "current: has changed just now.", "current")
    doors.email_throttle.forget(email)
    end_logins(doors, ended)
    return done()


ROUTES = (
    Route(
        method="GET",
        path="/api/me",
        who=Who.SIGNED_IN,
        says="Who is signed in.",
        answer=me,
        gives=Me,
    ),
    Route(
        method="PATCH",
        path="/api/me",
        who=Who.SIGNED_IN,
        says="Change one's own name or language.",
        answer=change_me,
        body=MyChange,
        gives=Me,
    ),
    Route(
        method="PUT",
        path="/api/me/password",
        who=Who.SIGNED_IN,
        says="Change one's own password, knowing the current one; every other session ends.",
        answer=change_my_password,
        body=PasswordChange,
        gives=None,
        status=204,
        refuses=(DoorCode.TOO_MANY_ATTEMPTS,),
    ),
)
