"""Where the story plays: a house of its own with a real database and real mail, and everybody in it by name.

Acts share nothing but this: who is who, and the ids that the house answered.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from msgspec import Struct, field

from server.app import opened
from server.settings import Settings
from tests.story.letterbox import Letterbox, letterbox
from tests.story.persons import Person

PUBLIC_URL = "https://encheres.lumiere.example"
PASSWORD = "rien ne va plus, 1988"
NEXT_YEAR = datetime.now(UTC).year + 1


class Stage(Struct, kw_only=True):
    """The house's address, its settings and its mail; `ids` is what the house called things."""

    url: str
    settings: Settings
    letters: Letterbox
    people: dict[str, Person] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def enter(self, name: str) -> Person:
        """Somebody comes to the door, nobody yet to the house."""
        self.people[name] = Person(self.url)
        return self.people[name]


@asynccontextmanager
async def staged(dsn: str) -> AsyncIterator[Stage]:
    """An open house in which nobody is."""
    async with AsyncExitStack() as house:
        letters, smtp_port = await house.enter_async_context(letterbox())
        settings = Settings(
            database_url=dsn,
            port=0,
            public_url=PUBLIC_URL,
            smtp_host="127.0.0.1",
            smtp_port=smtp_port,
            smtp_tls="none",
            mail_from="Adjugé <encheres@lumiere.example>",
        )
        running = await house.enter_async_context(opened(settings))
        stage = Stage(url=running.url, settings=settings, letters=letters)
        try:
            yield stage
        finally:
            for person in stage.people.values():
                await person.close()
