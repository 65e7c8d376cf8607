"""One JSON route: who may ask, what it reads, gives and refuses; and how a request passes through it.

Deny by default: a route says who may call it, and nothing runs before that is settled. What a route declares is what
the OpenAPI document says, because the document is made from it.
"""

import asyncio
import enum
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final, Generic, TypeAlias, TypeVar

import msgspec
import structlog
from msgspec import UNSET, Struct, UnsetType
from starlette.requests import Request
from starlette.responses import Response

from engine.auction.refusals import RefusalCode
from persistence.errors import BookError
from server.auth.identification import Identified
from server.caller import Caller, Role
from server.errors import TABLE, DoorCode, Reason, Refusal
from server.http.doors import HttpDoors
from server.http.french import in_language, preferred_language
from server.http.reading import Nothing, Upload, read_body, read_query, read_upload

_log = structlog.get_logger("adjuge.http")
_ID: Final = re.compile(r"[0-9]{1,18}")
_PLACE: Final = re.compile(r"{(\w+)}")
_LANGUAGE: Final = "adjuge.language"  # in the scope of a request whose caller is known
_PAGE_LANGUAGE: Final = "adjuge-language"
"""The header in which a page names the language it is being read in, which may be another than the account's."""
KEY: Final = "Idempotency-Key"
LONGEST_KEY: Final = 255
ANSWER_SECONDS: Final = 20
"""Whoever waits longer, for a book that does not answer, is told to try again."""


class Who(enum.Enum):
    """Who may call a route."""

    ANYONE = "anyone"
    SIGNED_IN = "dealers and traders"
    DEALER = "dealers"
    TRADER = "traders"


Body = TypeVar("Body")
Query = TypeVar("Query")


class Asking(Struct, Generic[Body, Query], frozen=True):
    """A request that has passed: who asks for what."""

    doors: HttpDoors
    request: Request
    identified: Identified | None
    ids: dict[str, int]
    body: Body
    query: Query

    @property
    def caller(self) -> Caller:
        """Who asks, of a route that is not for anyone."""
        assert self.identified is not None
        return self.identified.caller

    @property
    def language(self) -> str:
        """The reader's, `fr` or `en`, for sentences that stand in an answer."""
        return _language(self.request)


class Error(Struct, frozen=True):
    """Why not: a code for programs, a sentence for people, the field that does not fit; `reasons` of several."""

    code: str
    message: str
    field: str | None = None
    reasons: tuple[Reason, ...] | UnsetType = UNSET


class ErrorAnswer(Struct, frozen=True):
    """How every refusal looks."""

    error: Error


Given: TypeAlias = Struct | Refusal | Response
Answer: TypeAlias = Callable[[Asking[Any, Any]], Awaitable[Given]]


class Route(Struct, frozen=True, kw_only=True):
    """A route as it is declared. A body is JSON or, with `Upload`, bytes. `gives` `None`: an empty answer, or a file of
    one of the media types `gives_file`. `takes_key`: under a KEY it may be sent again, and is done once. `seconds` is
    how long its answer may take.
    """

    method: str
    path: str
    who: Who
    says: str
    answer: Answer
    gives: type[Struct] | None
    gives_file: tuple[str, ...] = ()
    status: int = 200
    body: type[Struct] | Upload | None = None
    query: type[Struct] | None = None
    takes_key: bool = False
    seconds: int = ANSWER_SECONDS
    refuses: tuple[DoorCode | RefusalCode, ...] = ()

    @property
    def name(self) -> str:
        """How documents and figures call it."""
        return f"{self.method} {self.path}"

    @property
    def ids(self) -> list[str]:
        """The ids in its path."""
        return _PLACE.findall(self.path)

    @property
    def all_refusals(self) -> list[DoorCode | RefusalCode]:
        """Its own refusals, and those that follow from what it declares."""
        codes: list[DoorCode | RefusalCode] = [*self.refuses]
        if self.who is not Who.ANYONE:
            codes.append(DoorCode.NOT_SIGNED_IN)
        if self.who in {Who.DEALER, Who.TRADER}:
            codes.append(DoorCode.NOT_ALLOWED)
        if self.method != "GET":
            codes.append(DoorCode.FOREIGN_ORIGIN)
        if self.body is not None:
            codes += [DoorCode.TOO_LARGE, DoorCode.UNSUPPORTED_TYPE]
        if self.body is not None and not isinstance(self.body, Upload):
            codes += [DoorCode.MALFORMED, DoorCode.TOO_DEEP]
        if self.body is not None or self.query is not None:
            codes.append(DoorCode.INVALID)
        if self.ids:
            codes.append(DoorCode.NOT_FOUND)
        return list(dict.fromkeys([*codes, DoorCode.UNAVAILABLE]))


async def pass_through(doors: HttpDoors, route: Route, request: Request) -> Response:
    """A request from its arrival to its answer; nothing that happens on the way is a bare 500."""
    began = time.perf_counter()
    try:
        async with asyncio.timeout(route.seconds):
            given = await _ask(doors, route, request)
    except (BookError, OSError, TimeoutError) as fault:
        _log.error("the book failed a request", route=route.name, failure=type(fault).__name__)
        given = Refusal(DoorCode.UNAVAILABLE, "The book cannot be reached: try again.")
    except Exception:  # noqa: BLE001 - whatever it is, it is logged and told as a fault of ours
        _log.exception("a route failed", route=route.name)
        given = Refusal(DoorCode.UNAVAILABLE, "Something went wrong on our side: try again.")
    if route.method != "GET":
        doors.office.wake()
    response = _response(route, given, _language(request))
    doors.telemetry.http(route.name, response.status_code, time.perf_counter() - began)
    return response


async def _ask(doors: HttpDoors, route: Route, request: Request) -> Given:
    identified: Identified | None = None
    if route.who is not Who.ANYONE:
        found = await doors.identification.of_request(request, route.method)
        if isinstance(found, DoorCode):
            return Refusal(found)
        request.scope[_LANGUAGE] = found.caller.language
        if not _may_call(found.caller, route.who):
            return Refusal(DoorCode.NOT_ALLOWED)
        identified = found
    ids: dict[str, int] = {}
    for name, text in request.path_params.items():
        if not _ID.fullmatch(text):
            return Refusal(DoorCode.NOT_FOUND)
        ids[name] = int(text)
    query = read_query(request.query_params.multi_items(), route.query) if route.query is not None else Nothing()
    if isinstance(query, Refusal):
        return query
    body = await _body(request, route.body)
    if isinstance(body, Refusal):
        return body
    return await route.answer(Asking(doors, request, identified, ids, body, query))


async def _body(request: Request, form: type[Struct] | Upload | None) -> Struct | bytes | Refusal:
    if form is None:
        return Nothing()
    return await read_upload(request, form) if isinstance(form, Upload) else await read_body(request, form)


def _may_call(caller: Caller, who: Who) -> bool:
    match who:
        case Who.SIGNED_IN:
            return True
        case Who.DEALER:
            return caller.role is Role.DEALER
        case Who.TRADER:
            return caller.role is Role.TRADER
        case Who.ANYONE:
            return True


def _language(request: Request) -> str:
    """The one in which a page is read, if it says so; else the account's, else what the browser says."""
    page = request.headers.get(_PAGE_LANGUAGE)
    if page in {"fr", "en"}:
        return str(page)
    known: str | None = request.scope.get(_LANGUAGE)
    return known or preferred_language(request.headers.get("accept-language"))


def _response(route: Route, given: Given, language: str) -> Response:
    if isinstance(given, Response):
        return given
    if isinstance(given, Refusal):
        return refusal_response(given, language)
    return json_response(given, route.status)


def json_response(value: Any, status: int = 200) -> Response:
    """A value as JSON, kept by no cache."""
    return Response(
        msgspec.json.encode(value), status, media_type="application/json", headers={"Cache-Control": "no-store"}
    )


def refusal_response(refusal: Refusal, language: str = "en") -> Response:
    """A refusal as every route tells it, in `fr` or `en`."""
    line = TABLE[refusal.code]
    message = in_language(refusal.message or line.sentence, language)
    answer = ErrorAnswer(Error(refusal.code, message, refusal.field, refusal.reasons or UNSET))
    response = json_response(answer, line.status)
    if refusal.retry_after_seconds is not None:
        response.headers["Retry-After"] = str(refusal.retry_after_seconds)
    return response
