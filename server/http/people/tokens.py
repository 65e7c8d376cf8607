"""API tokens of the signed-in user: `/api/tokens`. A token is shown once; the book holds its hash.

A token signs its user in with all its rights, so it may not be made with another token: only a session makes one, and
whoever finds a token cannot outlive its revocation.
"""

from typing import Annotated

from msgspec import Meta, Struct
from starlette.responses import Response

from engine.instants import format_instant
from persistence.people.sessions import make_token, revoke_token, tokens_of
from server.auth.identification import MARK, new_secret, sha256_of, token_login
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.values import LINE


class TokenName(Struct, frozen=True, forbid_unknown_fields=True):
    """What its owner calls a token."""

    name: Annotated[str, Meta(max_length=100, pattern=LINE)]


class NewToken(Struct, frozen=True):
    """A token, this once."""

    id: int
    name: str
    token: str


class Token(Struct, frozen=True):
    """A token without its secret."""

    id: int
    name: str
    created_at: str


class Tokens(Struct, frozen=True):
    """The user's tokens that are not revoked."""

    items: tuple[Token, ...]


async def list_tokens(asking: Asking[Nothing, Nothing]) -> Tokens:
    """The user's own tokens."""
    stored = await tokens_of(asking.doors.database, asking.caller.user_id)
    return Tokens(tuple(Token(token.id, token.name, format_instant(token.created_at)) for token in stored))


async def create_token(asking: Asking[TokenName, Nothing]) -> NewToken | Refusal:
    """Make a token."""
    doors = asking.doors
    assert asking.identified is not None
    if not asking.identified.by_session:
        return Refusal(DoorCode.NOT_ALLOWED, "A token is made by a signed-in user, not with another token.")
    secret = new_secret(MARK)
    token_id = await make_token(
        doors.database, asking.caller.user_id, asking.body.name, sha256_of(secret), doors.clock.now()
    )
    return NewToken(token_id, asking.body.name, secret)


async def delete_token(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Revoke a token and close its sockets."""
    doors, token_id = asking.doors, asking.ids["id"]
    if not await revoke_token(doors.database, asking.caller.user_id, token_id, doors.clock.now()):
        return Refusal(DoorCode.NOT_FOUND)
    doors.identification.end(token_login(token_id))
    doors.presence.sign_out(token_login(token_id))
    return Response(status_code=204)


ROUTES = (
    Route(
        method="GET",
        path="/api/tokens",
        who=Who.SIGNED_IN,
        says="The user's API tokens.",
        answer=list_tokens,
        gives=Tokens,
    ),
    Route(
        method="POST",
        path="/api/tokens",
        who=Who.SIGNED_IN,
        says="Make an API token; it is shown this once.",
        answer=create_token,
        body=TokenName,
        gives=NewToken,
        status=201,
        refuses=(DoorCode.NOT_ALLOWED,),
    ),
    Route(
        method="DELETE",
        path="/api/tokens/{id}",
        who=Who.SIGNED_IN,
        says="Revoke a token and close its live sockets.",
        answer=delete_token,
        gives=None,
        status=204,
    ),
)
