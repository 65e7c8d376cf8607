"""Inviting a colleague by e-mail, and following the link: `/api/user-invitations` (§1.1, §2.1).

The link is single-use and expires; its secret comes in bodies, never in an address, so that no log holds it. Whether an
address has an account is told to nobody but who holds the link that was sent there.
"""

from typing import Annotated, Final, TypeAlias

from msgspec import Meta, Struct
from starlette.responses import Response

from engine.instants import SECOND, format_instant
from engine.rights import NOTHING
from persistence.audit import By
from persistence.people.registry import NewUser
from persistence.people.sessions import person
from persistence.people.user_invitations import (
    NewInvitation,
    PendingInvitation,
    accept,
    invitation_of,
    invite_colleague,
    pending_page,
    withdraw,
)
from server.auth.identification import LONGEST_SECRET, Identified, new_secret, sha256_of
from server.auth.origins import Origin, keeps_no_secure_cookie, origin_of
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who, json_response
from server.http.pages_of import Paged, PageQuery
from server.http.people.grants import Granted, GrantForm, call_back, done, granted, read_grant, refusal_of
from server.http.people.me import Language, NewPassword, PersonName, me_of
from server.http.people.sessions import SignedIn, signed_in
from server.http.reading import Nothing
from server.http.traders.company_forms import Email
from server.http.traders.invitations import too_many_invitations
from server.http.values import Id
from server.http.words import LanguageWord

INVITATION_SECONDS: Final = 7 * 86_400
"""How long a colleague may take to follow the link."""
Secret: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST_SECRET)]


class ColleagueForm(GrantForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom to invite to which entity, in which language, and what it may do there."""

    email: Email
    entity: Id
    language: Language = "fr"
    user_groups: Annotated[tuple[Id, ...], Meta(max_length=200)] = ()
    sites: Annotated[tuple[Id, ...], Meta(max_length=500)] = ()


class InvitedColleague(Struct, frozen=True):
    """An invitation is on its way."""

    id: int
    expires_at: str


class ColleagueInvitation(Struct, frozen=True, kw_only=True):
    """An invitation that is pending; it may have expired."""

    id: int
    entity: int
    entity_name: str
    email: str
    language: LanguageWord
    grant: Granted
    invited_by: str
    invited_at: str
    expires_at: str


class ColleagueInvitations(Paged[ColleagueInvitation], frozen=True):
    """One page, the latest first."""


class InvitationsQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of which entity."""

    entity: Id | None = None


class ColleagueLink(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands behind the `#` of the link."""

    secret: Secret


class OpenedInvitation(Struct, frozen=True, kw_only=True):
    """What the link leads to. `has_account`: sign in with this address, then accept; else choose a password."""

    email: str
    entity_name: str
    invited_by: str
    language: LanguageWord
    expires_at: str
    has_account: bool


class Acceptance(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The link, and for a new account a name and a password."""

    secret: Secret
    name: PersonName | None = None
    password: NewPassword | None = None
    language: Language | None = None


async def create_user_invitation(asking: Asking[ColleagueForm, Nothing]) -> InvitedColleague | Refusal:
    """Send the link."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    if form.entity not in caller.entities:
        return Refusal(DoorCode.INVALID, "entity: is not one of yours.", "entity")
    if not caller.may("manage_users", form.entity):
        return Refusal(DoorCode.NOT_ALLOWED, field="entity")
    grant = read_grant(form)
    if isinstance(grant, Refusal):
        return grant
    secret, now = new_secret(), doors.clock.now()
    new = NewInvitation(
        email=form.email,
        language=form.language,
        entity_id=form.entity,
        grant=grant or NOTHING,
        user_groups=form.user_groups,
        sites=form.sites,
        token_sha256=sha256_of(secret),
        link=f"{doors.settings.public_url}/user-invitation#{secret}",
        expires_at=now + INVITATION_SECONDS * SECOND,
    )
    wait = doors.invitation_throttle.take((form.entity,), form.email.lower(), now)
    if wait:
        return too_many_invitations(wait)
    made = await invite_colleague(doors.database, By(caller.user_id, now), new)
    if not isinstance(made, int):
        doors.invitation_throttle.give_back((form.entity,), form.email.lower(), now)
        return refusal_of(made)
    return InvitedColleague(made, format_instant(new.expires_at))


async def list_user_invitations(asking: Asking[Nothing, InvitationsQuery]) -> ColleagueInvitations | Refusal:
    """The pending invitations to entities whose users the dealer manages."""
    query, caller = asking.query, asking.caller
    entities = entities_asked(caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    managed = [entity_id for entity_id in entities if caller.may("manage_users", entity_id)]
    total, found = await pending_page(asking.doors.database, managed, page=query.page, per_page=query.limit)
    return ColleagueInvitations.of(map(_told, found), query, total)


def _told(pending: PendingInvitation) -> ColleagueInvitation:
    return ColleagueInvitation(
        id=pending.id,
        entity=pending.entity_id,
        entity_name=pending.entity,
        email=pending.email,
        language=pending.language,
        grant=granted(pending.grant),
        invited_by=pending.invited_by,
        invited_at=format_instant(pending.invited_at),
        expires_at=format_instant(pending.expires_at),
    )


async def withdraw_user_invitation(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Let nobody follow the link any more."""
    doors, caller = asking.doors, asking.caller
    refused = await withdraw(
        doors.database, By(caller.user_id, doors.clock.now()), asking.ids["id"], seen_from=caller.entities
    )
    return done() if refused is None else refusal_of(refused)


async def open_user_invitation(asking: Asking[ColleagueLink, Nothing]) -> OpenedInvitation | Refusal:
    """What the link leads to; following it changes nothing yet."""
    doors = asking.doors
    found = await invitation_of(doors.database, sha256_of(asking.body.secret), doors.clock.now())
    if found is None:
        return Refusal(DoorCode.DEAD_LINK)
    return OpenedInvitation(
        email=found.email,
        entity_name=found.entity,
        invited_by=found.invited_by,
        language=found.language,
        expires_at=format_instant(found.expires_at),
        has_account=found.role is not None,
    )


async def accept_user_invitation(asking: Asking[Acceptance, Nothing]) -> Response | Refusal:
    """Take the invitation up: as the dealer who is signed in with this address, or with a new account."""
    doors, headers, body = asking.doors, asking.request.headers, asking.body
    if origin_of(headers, doors.identification.origins) is Origin.FOREIGN:
        return Refusal(DoorCode.FOREIGN_ORIGIN)
    token_sha256 = sha256_of(body.secret)
    found = await invitation_of(doors.database, token_sha256, doors.clock.now())
    if found is None:
        return Refusal(DoorCode.DEAD_LINK)
    if found.role is not None:
        return await _join(asking, found)
    missing = next((field for field in ("name", "password") if getattr(body, field) is None), None)
    if body.name is None or body.password is None:
        return Refusal(DoorCode.INVALID, f"{missing}: is needed for a new account.", missing)
    if keeps_no_secure_cookie(headers):
        return Refusal(DoorCode.INSECURE_ORIGIN)
    password_hash = await doors.passwords.hash(body.password)
    user = NewUser(
        email=found.email, name=body.name, password_hash=password_hash, language=body.language or found.language
    )
    user_id = await accept(doors.database, token_sha256, doors.clock.now(), user)
    if not isinstance(user_id, int):
        return Refusal(DoorCode.DEAD_LINK)
    return await signed_in(doors, asking.request, user_id, password_hash)


async def _join(asking: Asking[Acceptance, Nothing], found: PendingInvitation) -> Response | Refusal:
    """§2.1: one e-mail, one account; who has it signs in first, and works for a dealer or for a trader, not both."""
    doors, request = asking.doors, asking.request
    if found.role != "dealer":
        return Refusal(DoorCode.CONFLICT, "This address has an account of a trader: ask for another address.")
    who = await doors.identification.of_request(request, request.method)
    if not isinstance(who, Identified):
        return Refusal(DoorCode.NOT_SIGNED_IN, f"Sign in as {found.email} first, then accept.")
    user_id = await accept(doors.database, sha256_of(asking.body.secret), doors.clock.now(), who.caller.user_id)
    if not isinstance(user_id, int):
        return Refusal(DoorCode.NOT_SIGNED_IN, f"Sign in as {found.email} first, then accept.")
    call_back(doors, (user_id,))
    known = await person(doors.database, user_id)
    return Refusal(DoorCode.NOT_SIGNED_IN) if known is None else json_response(SignedIn(me_of(known)), 201)


# Addresses with a word come before those with an id: the first that fits is asked.
ROUTES = (
    Route(
        method="POST",
        path="/api/user-invitations",
        who=Who.DEALER,
        says="Invite a colleague to an entity by e-mail, with what it may do there.",
        answer=create_user_invitation,
        body=ColleagueForm,
        gives=InvitedColleague,
        status=201,
        refuses=(DoorCode.NOT_HELD, DoorCode.CONFLICT, DoorCode.TOO_MANY_ATTEMPTS),
    ),
    Route(
        method="GET",
        path="/api/user-invitations",
        who=Who.DEALER,
        says="The pending invitations to entities whose users the dealer manages.",
        answer=list_user_invitations,
        query=InvitationsQuery,
        gives=ColleagueInvitations,
    ),
    Route(
        method="POST",
        path="/api/user-invitations/reading",
        who=Who.ANYONE,
        says="What the link of an invitation leads to.",
        answer=open_user_invitation,
        body=ColleagueLink,
        gives=OpenedInvitation,
        refuses=(DoorCode.DEAD_LINK,),
    ),
    Route(
        method="POST",
        path="/api/user-invitations/acceptance",
        who=Who.ANYONE,
        says="Accept an invitation: with a new account, signed in at once, or as the account that is signed in.",
        answer=accept_user_invitation,
        body=Acceptance,
        gives=SignedIn,
        status=201,
        refuses=(DoorCode.DEAD_LINK, DoorCode.CONFLICT, DoorCode.NOT_SIGNED_IN, DoorCode.INSECURE_ORIGIN),
    ),
    Route(
        method="DELETE",
        path="/api/user-invitations/{id}",
        who=Who.DEALER,
        says="Withdraw an invitation: its link is dead.",
        answer=withdraw_user_invitation,
        gives=None,
        status=204,
    ),
)
