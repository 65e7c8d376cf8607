"""What every HTTP route of a process shares. Constructed in one place (server/app.py), read everywhere else."""

import asyncio
from collections.abc import Callable
from typing import Final

from msgspec import Struct, field

from engine.catalogue import Catalogue
from persistence.database import Database
from persistence.live.postgres import PostgresBook
from server.auth.identification import Identification
from server.auth.passwords import Passwords
from server.auth.throttle import RESETS_PER_EMAIL, InvitationThrottle, Throttle
from server.clock import Clock
from server.directory import CompanyDirectory
from server.http.words import RoleWord
from server.images import Images
from server.live.house import House
from server.live.presence import Presence
from server.notices.office import Office
from server.papers.drawing import Drawing
from server.settings import Settings
from server.storage import Storage
from server.telemetry import Telemetry
from server.turns import Turns

STOCK_FILES_AT_ONCE: Final = 1
"""So many stock files are read, and workbooks written, at once: each takes a processor for seconds, and memory."""


class DemoSignIn(Struct, frozen=True):
    """An account of the demonstration and what it is good for; on the sign-in page in demonstration mode only."""

    email: str
    password: str
    role: RoleWord
    name: str
    company: str
    hint: str = ""
    hint_fr: str = ""


class HttpDoors(Struct, frozen=True, kw_only=True):
    """The process, as routes see it. `sign_ins` is `None` outside demonstration mode; `tasks` outlive requests."""

    settings: Settings
    database: Database
    book: PostgresBook
    house: House
    presence: Presence
    clock: Clock
    identification: Identification
    passwords: Passwords
    email_throttle: Throttle
    address_throttle: Throttle
    reset_throttle: Throttle = field(default_factory=lambda: Throttle(RESETS_PER_EMAIL))
    invitation_throttle: InvitationThrottle = field(default_factory=InvitationThrottle)
    telemetry: Telemetry
    office: Office
    directory: CompanyDirectory
    storage: Storage
    images: Images
    catalogue: Catalogue
    drawing: Drawing = field(default_factory=Drawing)
    stock_files: Turns = field(default_factory=lambda: Turns(STOCK_FILES_AT_ONCE))
    is_ready: Callable[[], bool]
    sign_ins: tuple[DemoSignIn, ...] | None = None
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
