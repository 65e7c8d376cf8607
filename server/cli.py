"""The command `adjuge`: what it takes from a terminal, and what it says to one.

Each subcommand imports what it needs when it runs, so that `replay` needs neither server nor database. What does not
fit ends with exit code 2 and one line on standard error.
"""

import argparse
import getpass
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import structs

if TYPE_CHECKING:
    from server.settings import Settings

REFUSED: Final = 2
FAILED: Final = 1
INTERRUPTED: Final = 130
LONGEST_ID_DIGITS: Final = 18
_NEEDED: Final = {"dealer": ("email", "name", "group", "entity"), "trader": ("email", "name", "company", "siret")}

_SETTINGS: Final = """\
settings from the environment:
  DATABASE_URL                 a PostgreSQL server of yours instead of the embedded one
  ADJUGE_HOST, ADJUGE_PORT, ADJUGE_DATA
                               as --host, --port, --data
  ADJUGE_CATALOGUE             a file of makes and models instead of ours
  ADJUGE_ORIGINS               public origins of the pages, separated by commas, behind a proxy that changes Host
  ADJUGE_ROOT_PATH             the path prefix that a proxy strips, like /auctions
  ADJUGE_PUBLIC_URL            where people reach the house: the links in mail begin with it
  ADJUGE_COMMANDS_PER_SECOND   commands a second each connection may send (20)
  ADJUGE_COMMANDS_BURST        and in one burst (40)
  ADJUGE_SESSION_DAYS          how long a sign-in lasts (30)
  ADJUGE_LOG_LEVEL             debug, info, warning or error (info)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives its exit code."""
    asked = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = asked.run
    try:
        return run(asked)
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="adjuge",
        description="Adjugé: live stock auctions of used cars between dealers and traders.",
        epilog=_SETTINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_serving(commands)
    _add_replay(commands)
    _add_keeping(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse names it nowhere else


def _add_serving(commands: _Commands) -> None:
    for name, says, run in (
        ("demo", "start the server with a living demonstration", _demo),
        ("serve", "start the server", _serve),
    ):
        command = commands.add_parser(name, help=says, description=says[0].upper() + says[1:] + ".")
        command.add_argument("--host", help="address to listen on (127.0.0.1)")
        command.add_argument("--port", help="port to listen on (8000; 0: any free one)")
        _add_data(command)
        command.set_defaults(run=run)


def _add_replay(commands: _Commands) -> None:
    replay = commands.add_parser(
        "replay",
        help="run an auction from a file, in virtual time",
        description="Run one auction in virtual time through the rules that serve live ones, and print what happened "
        "as JSON. Needs no database. A file that does not fit is refused with exit code 2 and one line that names "
        "the field.",
    )
    replay.add_argument("file", metavar="FILE", help="an auction as a replay file, or - for standard input")
    replay.set_defaults(run=_replay)


def _add_keeping(commands: _Commands) -> None:
    migrate = commands.add_parser("migrate", help="bring the database to the newest step")
    _add_data(migrate)
    migrate.set_defaults(run=_migrate)

    export = commands.add_parser("export", help="write a stored auction as a replay file")
    export.add_argument("auction", metavar="N", type=_auction_id, help="the auction's id, as in /api/auctions/N")
    _add_data(export)
    export.set_defaults(run=_export)

    user = commands.add_parser("user", help="keep accounts").add_subparsers(required=True, metavar="COMMAND")
    add = user.add_parser(
        "add",
        help="add a dealer's or a trader's user",
        description="Add a user. What is not given is asked for; the password may come on standard input. Group, "
        "entity, site and company are made if they are not there yet.",
    )
    add.add_argument("--role", choices=("dealer", "trader"))
    add.add_argument("--email")
    add.add_argument("--name")
    add.add_argument("--language", choices=("fr", "en"), default="fr")
    add.add_argument("--password", help="better left out: it is asked for, or read from standard input")
    add.add_argument("--group", help="a dealer's holding, or that of --entity for a trader")
    add.add_argument("--entity", help="a dealer's entity, or the one that a trader is connected to from now on")
    add.add_argument("--site", help="the entity's site, when the entity is made")
    add.add_argument("--city", help="the site's city")
    add.add_argument("--company", help="a trader's legal name")
    add.add_argument("--siret", help="a trader's SIRET, 14 digits")
    _add_data(add)
    add.set_defaults(run=_add_user)


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", metavar="DIR", help="where the embedded PostgreSQL lives (./data); an empty one is made ready"
    )


# ------------------------------------------------------------------------------------------------------------ running


def _auction_id(text: str) -> int:
    if not text.isdecimal() or not 0 < len(text) < LONGEST_ID_DIGITS:
        raise argparse.ArgumentTypeError(f"must be an auction's id, not {text!r}")
    return int(text)


def _replay(asked: argparse.Namespace) -> int:
    from engine.auction.replay import replay  # noqa: PLC0415 - only what runs is imported
    from engine.auction.replay_file import FileRefused  # noqa: PLC0415 - as above

    try:
        raw = sys.stdin.buffer.read() if asked.file == "-" else Path(asked.file).read_bytes()
    except (OSError, ValueError) as fault:
        return _refuse(f"{asked.file}: {getattr(fault, 'strerror', None) or fault}")
    try:
        report = replay(raw)
    except FileRefused as refused:
        return _refuse(str(refused))
    try:
        sys.stdout.buffer.write(report)
        sys.stdout.buffer.flush()
    except OSError as fault:
        return _refuse(f"the report cannot be written: {fault.strerror}")
    return 0


def _serve(asked: argparse.Namespace) -> int:
    async def work(settings: "Settings") -> int:
        from server.app import serve  # noqa: PLC0415 - only what runs is imported

        async def tell(address: str) -> None:
            print(f"Adjugé is open at {address} (Ctrl-C closes it)", flush=True)

        return await serve(settings, on_ready=tell)

    return _in_house(asked, work)


def _demo(asked: argparse.Namespace) -> int:
    def work(settings: "Settings") -> int:
        from server.demo.demonstration import demonstrate  # noqa: PLC0415 - only what runs is imported

        return demonstrate(structs.replace(settings, demonstration=True))

    return _settled(asked, work)


def _migrate(asked: argparse.Namespace) -> int:
    async def work(settings: "Settings") -> int:
        from server.keeping import bring_up_to_date  # noqa: PLC0415 - only what runs is imported

        print(await bring_up_to_date(settings))
        return 0

    return _in_house(asked, work)


def _export(asked: argparse.Namespace) -> int:
    async def work(settings: "Settings") -> int:
        from server.keeping import exported  # noqa: PLC0415 - only what runs is imported

        file = await exported(settings, asked.auction)
        if file is None:
            return _refuse(f"N: there is no auction {asked.auction}")
        sys.stdout.buffer.write(file)
        sys.stdout.buffer.flush()
        return 0

    return _in_house(asked, work)


def _add_user(asked: argparse.Namespace) -> int:
    role = asked.role or _answer("role (dealer or trader)")
    if role not in _NEEDED:
        return _refuse("role: must be dealer or trader")
    said = {name: getattr(asked, name) or "" for name in ("site", "city", *_NEEDED["dealer"], *_NEEDED["trader"])}
    said.update({name: _answer(name) for name in _NEEDED[role] if not said[name]})
    password = asked.password or _password()

    async def work(settings: "Settings") -> int:
        from server.keeping import AccountRefused, NewAccount, add_user  # noqa: PLC0415 - only what runs is imported

        account = NewAccount(role=role, language=asked.language, password=password, **said)
        try:
            user_id = await add_user(settings, account)
        except AccountRefused as refused:
            return _refuse(str(refused))
        print(f"user {user_id}: {account.email}")
        return 0

    return _in_house(asked, work)


def _answer(question: str) -> str:
    """Ask on a terminal; without one, there is no answer."""
    return input(f"{question}: ").strip() if sys.stdin.isatty() else ""


def _password() -> str:
    """Ask unseen on a terminal; else the first line of standard input."""
    return getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def _in_house(asked: argparse.Namespace, work: "Callable[[Settings], Coroutine[None, None, int]]") -> int:
    """Run what needs settings and a database, on the house's own kind of loop."""
    import uvloop  # noqa: PLC0415 - only what runs is imported

    return _settled(asked, lambda settings: uvloop.run(work(settings)))


def _settled(asked: argparse.Namespace, work: "Callable[[Settings], int]") -> int:
    """Run what needs settings; what is wrong with them, or with the place, is one line."""
    from persistence.errors import EmbeddedFault  # noqa: PLC0415 - only what runs is imported
    from server.settings import SettingRefused, StartRefused, read_settings  # noqa: PLC0415 - as above

    flags = {f"--{name}": getattr(asked, name, None) for name in ("host", "port", "data")}
    try:
        return work(read_settings(flags=flags))
    except SettingRefused as refused:
        return _refuse(str(refused))
    except (EmbeddedFault, StartRefused) as fault:
        print(f"adjuge: {' '.join(str(fault).split())}", file=sys.stderr)
        return FAILED


def _refuse(line: str) -> int:
    print(f"adjuge: {' '.join(line.split())}", file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
