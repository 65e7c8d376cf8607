"""Following an invitation's link: `/api/invitation-links` (§2.3). The link travels in bodies, so that no log holds it.

Whoever holds it may see who invites, and accept once: with a new account for the address that it was sent to, or with
the trader's account that is signed in. Nothing here is told to anybody without the link.
"""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from engine.instants import format_instant
from persistence.people.registry import EmailTaken
from persistence.people.sessions import account_of
from persistence.traders.acceptances import (
    Accepted,
    AnothersLink,
    LinkDead,
    LinkUnknown,
    NewAccount,
    OtherSiret,
    SignedIn,
    accept,
)
from persistence.traders.companies import SiretTaken, company_of
from persistence.traders.invitations import Invitation, invitation_by_link
from server.auth.identification import LONGEST_SECRET, Identified, sha256_of
from server.auth.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.reading import Nothing
from server.http.traders.company_forms import CompanyForm, known_fields, read_company
from server.http.values import LINE
from server.http.words import LanguageWord

_SIGN_IN: Final = "account: sign in with your account to accept."


class InvitationLink(Struct, frozen=True, forbid_unknown_fields=True):
    """What the mail's link holds."""

    token: Annotated[str, Meta(min_length=1, max_length=LONGEST_SECRET)]


class FollowedLink(Struct, frozen=True, kw_only=True):
    """Who invites, and what is filled in already. `sign_in`: there is an account, which must be signed in."""

    group: str
    entities: tuple[str, ...]
    invited_by: str
    email: str | None
    language: LanguageWord
    expires_at: str
    company: dict[str, str]
    sign_in: bool


class AccountForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A new account; its e-mail is the one that the link was sent to."""

    name: Annotated[str, Meta(max_length=200, pattern=LINE)]
    password: Annotated[str, Meta(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD)]
    language: Literal["fr", "en"] = "fr"


class LinkAcceptance(InvitationLink, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The link; without a signed-in account, the new account and its company too."""

    account: AccountForm | None = None
    company: CompanyForm | None = None


class Connected(Struct, frozen=True):
    """Accepted: who is connected now, with which entities; `email` signs in."""

    trader: int
    email: str | None
    entities: tuple[str, ...]


async def follow_link(asking: Asking[InvitationLink, Nothing]) -> FollowedLink | Refusal:
    """Show who invites."""
    doors = asking.doors
    found = await _living(doors, asking.body.token)
    if isinstance(found, Refusal):
        return found
    company, has_account = found.company, found.email is None
    if found.email is not None:
        has_account = await account_of(doors.database, found.email) is not None
    if found.trader_id is not None and not has_account:
        stored = await company_of(doors.database, found.trader_id)
        assert stored is not None
        company = {field: getattr(stored.company, field) for field in stored.company.__struct_fields__}
    return FollowedLink(
        group=found.group,
        entities=tuple(entity.name for entity in found.entities),
        invited_by=found.invited_by,
        email=found.email,
        language=found.language,
        expires_at=format_instant(found.expires_at),
        company=known_fields(company),
        sign_in=has_account,
    )


async def _living(doors: HttpDoors, token: str) -> Invitation | Refusal:
    found = await invitation_by_link(doors.database, sha256_of(token), doors.clock.now())
    if found is None:
        return Refusal(DoorCode.NOT_FOUND)
    return found if found.state == "pending" else Refusal(DoorCode.DEAD_LINK)


async def accept_link(asking: Asking[LinkAcceptance, Nothing]) -> Connected | Refusal:
    """Accept: every connection that the link names becomes active, or none."""
    doors, form = asking.doors, asking.body
    asks = await doors.identification.of_request(asking.request, "POST")
    if asks is DoorCode.FOREIGN_ORIGIN:
        return Refusal(asks)
    found = await _living(doors, form.token)
    if isinstance(found, Refusal):
        return found
    who = await _who(doors, form, asks.caller if isinstance(asks, Identified) else None)
    if isinstance(who, Refusal):
        return who
    accepted = await accept(doors.database, sha256_of(form.token), who, doors.clock.now())
    if isinstance(accepted, Accepted):
        return Connected(
            accepted.trader_id,
            found.email if isinstance(who, NewAccount) else None,
            tuple(entity.name for entity in found.entities),
        )
    return _refusal(accepted)


async def _who(doors: HttpDoors, form: LinkAcceptance, caller: Caller | None) -> NewAccount | SignedIn | Refusal:
    """The trader that is signed in, or the account that is to be made; a dealer buys nothing."""
    if caller is not None:
        if caller.trader is None:
            return Refusal(DoorCode.NOT_ALLOWED, "A dealer's account cannot accept: sign out first.")
        if form.account is not None or form.company is not None:
            return Refusal(DoorCode.INVALID, "account: you are signed in: accept with your account.", "account")
        return SignedIn(caller.user_id, int(caller.trader))
    if form.account is None or form.company is None:
        missing = "account" if form.account is None else "company"
        return Refusal(DoorCode.INVALID, f"{missing}: is needed for a new account; or sign in.", missing)
    company = read_company(form.company, "company.")
    if isinstance(company, Refusal):
        return company
    return NewAccount(
        name=form.account.name.strip(),
        password_hash=await doors.passwords.hash(form.account.password),
        language=form.account.language,
        company=company,
    )


def _refusal(
    refused: LinkUnknown | LinkDead | AnothersLink | OtherSiret | EmailTaken | SiretTaken,
) -> Refusal:
    match refused:
        case LinkUnknown():
            return Refusal(DoorCode.NOT_FOUND)
        case LinkDead():
            return Refusal(DoorCode.DEAD_LINK)
        case AnothersLink():
            return Refusal(DoorCode.CONFLICT, "account: the link is for another trader's account.", "account")
        case EmailTaken():
            return Refusal(DoorCode.CONFLICT, _SIGN_IN, "account")
        case OtherSiret():
            return Refusal(DoorCode.CONFLICT, "company.siret: the link is for another SIRET.", "company.siret")
        case SiretTaken():
            says = "company.siret: this company has an account: sign in with it."
            return Refusal(DoorCode.CONFLICT, says, "company.siret")


ROUTES = (
    Route(
        method="POST",
        path="/api/invitation-links",
        who=Who.ANYONE,
        says="Who invites, to whoever holds the link of an invitation.",
        answer=follow_link,
        body=InvitationLink,
        gives=FollowedLink,
        refuses=(DoorCode.NOT_FOUND, DoorCode.DEAD_LINK),
    ),
    Route(
        method="POST",
        path="/api/invitation-links/acceptance",
        who=Who.ANYONE,
        says="Accept an invitation, with a new account or as the trader that is signed in.",
        answer=accept_link,
        body=LinkAcceptance,
        gives=Connected,
        refuses=(DoorCode.NOT_FOUND, DoorCode.DEAD_LINK, DoorCode.CONFLICT, DoorCode.NOT_ALLOWED),
    ),
)
