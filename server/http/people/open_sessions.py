"""The sessions that a user has open: `/api/sessions`.

Each is named by an id that signs nobody in; its secret is in the cookie alone.
"""

from msgspec import Struct
from starlette.responses import Response

from engine.instants import format_instant
from persistence.people.accounts import end_other_sessions, end_session, open_sessions
from persistence.people.users import SignedOut
from server.auth.identification import COOKIE, sha256_of
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.people.grants import done, end_logins
from server.http.reading import Nothing


class SessionItem(Struct, frozen=True, kw_only=True):
    """A session of a page: what opened it, when, and when it was last seen. `current`: the one that asks."""

    id: int
    device: str
    created_at: str
    seen_at: str
    expires_at: str
    current: bool


class Sessions(Struct, frozen=True):
    """The one seen last first."""

    items: tuple[SessionItem, ...]


async def list_sessions(asking: Asking[Nothing, Nothing]) -> Sessions:
    """The user's sessions."""
    doors = asking.doors
    found = await open_sessions(doors.database, asking.caller.user_id, doors.clock.now(), _current(asking))
    return Sessions(
        tuple(
            SessionItem(
                id=each.id,
                device=each.user_agent,
                created_at=format_instant(each.created_at),
                seen_at=format_instant(each.seen_at),
                expires_at=format_instant(each.expires_at),
                current=each.is_current,
            )
            for each in found
        )
    )


async def delete_session(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """End one of them and close its sockets."""
    ended = await end_session(asking.doors.database, asking.caller.user_id, asking.ids["id"])
    if ended is None:
        return Refusal(DoorCode.NOT_FOUND)
    end_logins(asking.doors, SignedOut((ended,)))
    return done()


async def delete_other_sessions(asking: Asking[Nothing, Nothing]) -> Response:
    """Sign out everywhere else."""
    ended = await end_other_sessions(asking.doors.database, asking.caller.user_id, _current(asking))
    end_logins(asking.doors, SignedOut(tuple(ended)))
    return done()


def _current(asking: Asking[Nothing, Nothing]) -> bytes | None:
    """The hash of the session that asks; none: a token does."""
    assert asking.identified is not None
    return sha256_of(asking.request.cookies.get(COOKIE, "")) if asking.identified.by_session else None


ROUTES = (
    Route(
        method="GET",
        path="/api/sessions",
        who=Who.SIGNED_IN,
        says="The user's open sessions.",
        answer=list_sessions,
        gives=Sessions,
    ),
    Route(
        method="DELETE",
        path="/api/sessions",
        who=Who.SIGNED_IN,
        says="Sign out everywhere else: every session but the one that asks ends.",
        answer=delete_other_sessions,
        gives=None,
        status=204,
    ),
    Route(
        method="DELETE",
        path="/api/sessions/{id}",
        who=Who.SIGNED_IN,
        says="End one of the user's sessions and close its live sockets.",
        answer=delete_session,
        gives=None,
        status=204,
    ),
)
