"""Inviting traders: `/api/invitations` (§2.2). One action may name several entities of the group, one mail lists them.

Who invites manages the connections of every entity that it names. The link is in the mail alone: no answer shows it.
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct
from starlette.responses import Response

from engine.instants import SECOND, Instant, format_instant
from persistence.audit import By
from persistence.people.holdings import entities_of
from persistence.traders.companies import groups_of, known_company, trader_with
from persistence.traders.invitations import (
    STATES,
    AlreadyConnected,
    AlreadyInvited,
    Invitation,
    Link,
    NewInvitation,
    NoAddress,
    invitation_of,
    invite,
    resend,
    withdraw,
)
from persistence.traders.sent_invitations import WantedInvitations, page_of_invitations
from server.auth.identification import new_secret, sha256_of
from server.caller import Caller
from server.errors import DoorCode, Reason, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.pages_of import Paged, PageQuery
from server.http.reading import Nothing
from server.http.traders.company_forms import Email, KnownOfCompany, read_fields
from server.http.traders.traders import managed
from server.http.values import Id
from server.http.words import InvitationStateWord, LanguageWord

LINK_SECONDS: Final = 14 * 86_400
MOST_ENTITIES: Final = 100
_GONE: Final = Refusal(DoorCode.CONFLICT, "The invitation was accepted or withdrawn.")


class InvitationForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom to invite, an address or a trader that has a card; for which entities; what is known of the company."""

    entities: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=MOST_ENTITIES)]
    email: Email | None = None
    trader: Id | None = None
    language: Literal["fr", "en"] = "fr"
    company: KnownOfCompany = KnownOfCompany()


class SentInvitationsQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`state` is one or several of `pending`, `expired`, `accepted`, `withdrawn`, separated by commas; `q` searches
    name and address.
    """

    entity: Id | None = None
    trader: Id | None = None
    state: Annotated[str, Meta(max_length=100)] = "pending"
    q: Annotated[str, Meta(max_length=200)] = ""


class InvitingEntity(Struct, frozen=True):
    """An entity that invites."""

    id: int
    name: str


class SentInvitation(Struct, frozen=True, kw_only=True):
    """An invitation as those who sent it see it; `name` of the company as far as it is known."""

    id: int
    state: InvitationStateWord
    name: str
    email: str | None
    trader: int | None
    language: LanguageWord
    entities: tuple[InvitingEntity, ...]
    invited_by: str
    sent_at: str
    expires_at: str


class SentInvitations(Paged[SentInvitation], frozen=True):
    """One page, the latest first."""


def new_link(now: Instant) -> Link:
    """A fresh link."""
    secret = new_secret()
    return Link(secret, sha256_of(secret), now + LINK_SECONDS * SECOND)


async def create_invitation(asking: Asking[InvitationForm, Nothing]) -> SentInvitation | Refusal:
    """Invite a trader."""
    doors, caller, now = asking.doors, asking.caller, asking.doors.clock.now()
    new = await _new_invitation(doors, caller, asking.body)
    if isinstance(new, Refusal):
        return new
    written_to = _written_to(new.email, new.trader_id)
    wait = doors.invitation_throttle.take(new.entity_ids, written_to, now)
    if wait:
        return too_many_invitations(wait)
    sent = await invite(doors.database, new, new_link(now), By(caller.user_id, now))
    if isinstance(sent, int):
        return await _shown_again(doors, sent, now)
    doors.invitation_throttle.give_back(new.entity_ids, written_to, now)
    return await _refusal_of(doors, sent)


def too_many_invitations(wait_seconds: int) -> Refusal:
    """§2.2: what goes to strangers is bounded."""
    told = "Too many invitations within the hour: wait before you send more."
    return Refusal(DoorCode.TOO_MANY_ATTEMPTS, told, retry_after_seconds=wait_seconds)


def _written_to(email: str | None, trader_id: int | None) -> str:
    """Who gets the mail, for counting: a trader's people have one count, whatever address was typed."""
    return f"trader {trader_id}" if trader_id is not None else (email or "")


async def _refusal_of(doors: HttpDoors, refused: AlreadyConnected | AlreadyInvited | NoAddress) -> Refusal:
    match refused:
        case AlreadyConnected():
            named = ", ".join(entity.name for entity in await entities_of(doors.database, refused.entity_ids))
            return Refusal(DoorCode.CONFLICT, f"entities: connected with this trader already: {named}.", "entities")
        case AlreadyInvited():
            return Refusal(DoorCode.CONFLICT, "entities: an invitation is pending: send it again.", "entities")
        case NoAddress():
            return Refusal(DoorCode.INVALID, "email: nobody of this trader has an address yet.", "email")


async def _new_invitation(doors: HttpDoors, caller: Caller, form: InvitationForm) -> NewInvitation | Refusal:
    refused = await _unmanaged(doors, caller, form.entities)
    if refused is not None:
        return refused
    company = read_fields(form.company, "company.")
    if isinstance(company, Refusal):
        return company
    trader_id = await _trader(doors, caller, form, company.get("siret"))
    if isinstance(trader_id, Refusal):
        return trader_id
    if trader_id is None and form.email is None:
        return Refusal(DoorCode.INVALID, "email: say whom to write to.", "email")
    email = None if form.email is None else form.email.lower()
    if form.company.kind is UNSET and email in {address for _, address in doors.settings.bidders}:
        company["kind"] = "bidder"
    return NewInvitation(
        entity_ids=tuple(sorted(set(form.entities))),
        trader_id=trader_id,
        email=email,
        language=form.language,
        company=company,
    )


async def _unmanaged(doors: HttpDoors, caller: Caller, entities: tuple[int, ...]) -> Refusal | None:
    """§2.2: of one group, and the caller manages the connections of each."""
    lacking = [place for place, entity_id in enumerate(entities) if entity_id not in managed(caller)]
    if lacking:
        reasons = tuple(Reason("not_allowed", f"entities[{place}]") for place in lacking)
        return Refusal(
            DoorCode.NOT_ALLOWED, "entities: you do not manage the connections of each.", "entities", reasons=reasons
        )
    if len(await groups_of(doors.database, entities)) > 1:
        return Refusal(DoorCode.INVALID, "entities: must be of one group.", "entities")
    return None


async def _trader(doors: HttpDoors, caller: Caller, form: InvitationForm, siret: str | None) -> int | Refusal | None:
    """The trader that is named, by a group that knows it or by its SIRET; `None`: nobody with a card."""
    by_siret = None if siret is None else await trader_with(doors.database, siret)
    if form.trader is None or form.trader == by_siret:
        return by_siret
    known = await known_company(doors.database, managed(caller), form.trader, doors.clock.now())
    if by_siret is not None or known is None:
        return Refusal(DoorCode.INVALID, "trader: there is no such trader.", "trader")
    return form.trader


async def list_invitations(asking: Asking[Nothing, SentInvitationsQuery]) -> SentInvitations | Refusal:
    """The invitations of the entities whose connections the caller manages."""
    doors, query, entities = asking.doors, asking.query, managed(asking.caller)
    if query.entity is not None:
        if query.entity not in asking.caller.entities:
            return Refusal(DoorCode.NOT_ALLOWED, "entity: is not one of yours.", "entity")
        entities = tuple(entity_id for entity_id in entities if entity_id == query.entity)
    if not entities:
        return Refusal(DoorCode.NOT_ALLOWED)
    states = tuple(state for state in query.state.split(",") if state)
    if not states or set(states) - set(STATES):
        return Refusal(DoorCode.INVALID, f"state: must be among {', '.join(STATES)}.", "state")
    wanted = WantedInvitations(states=states, trader_id=query.trader, words=query.q.strip())
    total, found = await page_of_invitations(
        doors.database, entities, wanted, doors.clock.now(), page=query.page, per_page=query.limit
    )
    return SentInvitations.of(map(_shown, found), query, total)


async def send_invitation_again(asking: Asking[Nothing, Nothing]) -> SentInvitation | Refusal:
    """A new mail with a new link; the old one is dead."""
    doors, now = asking.doors, asking.doors.clock.now()
    found = await _ones_own(asking)
    if isinstance(found, Refusal):
        return found
    entity_ids, written_to = [entity.id for entity in found.entities], _written_to(found.email, found.trader_id)
    wait = doors.invitation_throttle.take(entity_ids, written_to, now)
    if wait:
        return too_many_invitations(wait)
    sent = await resend(doors.database, found.id, new_link(now), By(asking.caller.user_id, now))
    if sent is True:
        return await _shown_again(doors, found.id, now)
    doors.invitation_throttle.give_back(entity_ids, written_to, now)
    return _GONE if sent is False else await _refusal_of(doors, sent)


async def withdraw_invitation(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """End an invitation; its link is dead."""
    found = await _ones_own(asking)
    if isinstance(found, Refusal):
        return found
    by = By(asking.caller.user_id, asking.doors.clock.now())
    if not await withdraw(asking.doors.database, found.id, by):
        return _GONE
    return Response(status_code=204)


async def _ones_own(asking: Asking[Nothing, Nothing]) -> Invitation | Refusal:
    """The invitation, of a caller that manages the connections of each entity that it names."""
    found = await invitation_of(asking.doors.database, asking.ids["id"], asking.doors.clock.now())
    named = set() if found is None else {entity.id for entity in found.entities}
    if found is None or not named & asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return found if named <= set(managed(asking.caller)) else Refusal(DoorCode.NOT_ALLOWED)


async def _shown_again(doors: HttpDoors, invitation_id: int, now: Instant) -> SentInvitation:
    found = await invitation_of(doors.database, invitation_id, now)
    assert found is not None
    return _shown(found)


def _shown(found: Invitation) -> SentInvitation:
    return SentInvitation(
        id=found.id,
        state=found.state,
        name=found.name,
        email=found.email,
        trader=found.trader_id,
        language=found.language,
        entities=tuple(InvitingEntity(entity.id, entity.name) for entity in found.entities),
        invited_by=found.invited_by,
        sent_at=format_instant(found.sent_at),
        expires_at=format_instant(found.expires_at),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/invitations",
        who=Who.DEALER,
        says="The invitations that the dealer's entities have sent.",
        answer=list_invitations,
        query=SentInvitationsQuery,
        gives=SentInvitations,
    ),
    Route(
        method="POST",
        path="/api/invitations",
        who=Who.DEALER,
        says="Invite a trader to connect with entities of the group: one mail, with a link that works once.",
        answer=create_invitation,
        body=InvitationForm,
        gives=SentInvitation,
        status=201,
        refuses=(DoorCode.CONFLICT, DoorCode.TOO_MANY_ATTEMPTS),
    ),
    Route(
        method="POST",
        path="/api/invitations/{id}/sending",
        who=Who.DEALER,
        says="Send an invitation again; the link sent before is dead.",
        answer=send_invitation_again,
        gives=SentInvitation,
        refuses=(DoorCode.CONFLICT, DoorCode.TOO_MANY_ATTEMPTS),
    ),
    Route(
        method="DELETE",
        path="/api/invitations/{id}",
        who=Who.DEALER,
        says="Withdraw an invitation; its link is dead.",
        answer=withdraw_invitation,
        gives=None,
        status=204,
        refuses=(DoorCode.CONFLICT,),
    ),
)
