"""The command, as a terminal meets it: exit codes, one line on standard error, nothing where nothing belongs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ADJUGE = Path(sys.executable).parent / "adjuge"
GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.json"))


def adjuge(
    *arguments: str, said: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    surroundings = os.environ | (environment or {})
    return subprocess.run(
        [ADJUGE, *arguments], input=said, capture_output=True, check=False, env=surroundings, timeout=60
    )


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_a_file_and_standard_input_are_replayed_alike(golden: Path, tmp_path: Path) -> None:
    file = tmp_path / "auction.json"
    file.write_text(json.dumps(json.loads(golden.read_text())["scenario"]))
    from_file, from_input = adjuge("replay", str(file)), adjuge("replay", "-", said=file.read_bytes())
    assert (from_file.returncode, from_file.stderr) == (0, b"")
    assert from_file.stdout == from_input.stdout
    assert json.loads(from_file.stdout)["history"][0]["type"] == "started"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (b"", b"file"),
        (b"\xff\xfe", b"file"),
        (b"[]", b"file"),
        (b'{"auction": {"number": "x"}}', b"auction"),
        (b"[" * 100_000, b"file"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_one_line_that_names_the_field(said: bytes, field: bytes) -> None:
    done = adjuge("replay", "-", said=said)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert done.stderr.startswith(b"adjuge: " + field)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        done = adjuge("replay", str(path))
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


def test_a_report_that_finds_no_room_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "auction.json"
    file.write_text(json.dumps(json.loads(GOLDEN[0].read_text())["scenario"]))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [ADJUGE, "replay", str(file)], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "environment", "setting"),
    [
        (["--port", "eighty"], {}, b"--port"),
        (["--port", "70000"], {}, b"--port"),
        ([], {"ADJUGE_PORT": "-1"}, b"ADJUGE_PORT"),
        (["--data", "/dev/null"], {}, b"--data"),
        ([], {"DATABASE_URL": "mysql://there/adjuge"}, b"DATABASE_URL"),
        ([], {"DATABASE_URL": "postgresql://there:port/adjuge"}, b"DATABASE_URL"),
        ([], {"ADJUGE_ORIGINS": "auctions.example"}, b"ADJUGE_ORIGINS"),
        ([], {"ADJUGE_ROOT_PATH": "auctions"}, b"ADJUGE_ROOT_PATH"),
        ([], {"ADJUGE_PUBLIC_URL": "auctions.example"}, b"ADJUGE_PUBLIC_URL"),
        ([], {"ADJUGE_COMMANDS_PER_SECOND": "0"}, b"ADJUGE_COMMANDS_PER_SECOND"),
        ([], {"ADJUGE_COMMANDS_BURST": "5"}, b"ADJUGE_COMMANDS_BURST"),
        ([], {"ADJUGE_SESSION_DAYS": "1.5"}, b"ADJUGE_SESSION_DAYS"),
        ([], {"ADJUGE_LOG_LEVEL": "loud"}, b"ADJUGE_LOG_LEVEL"),
        ([], {"ADJUGE_PROT": "8000"}, b"ADJUGE_PROT"),
        ([], {"ADJUGE_DIRECTORY_URL": "sirene"}, b"ADJUGE_DIRECTORY_URL"),
        ([], {"ADJUGE_DIRECTORY_KEY": "clé"}, b"ADJUGE_DIRECTORY_KEY"),
        ([], {"ADJUGE_BIDDERS": "Auto1"}, b"ADJUGE_BIDDERS"),
        ([], {"ADJUGE_SMTP_HOST": "mail example"}, b"ADJUGE_SMTP_HOST"),
        ([], {"ADJUGE_SMTP_PORT": "0"}, b"ADJUGE_SMTP_PORT"),
        ([], {"ADJUGE_SMTP_TLS": "ssl"}, b"ADJUGE_SMTP_TLS"),
        ([], {"ADJUGE_MAIL_FROM": "nobody"}, b"ADJUGE_MAIL_FROM"),
        ([], {"ADJUGE_MAIL_FROM": "Adjugé <a@b.example"}, b"ADJUGE_MAIL_FROM"),
        ([], {"ADJUGE_SMTP_HOST": "mail.example"}, b"ADJUGE_MAIL_FROM"),
        ([], {"ADJUGE_SMTP_USER": "adjuge"}, b"ADJUGE_SMTP_PASSWORD"),
        ([], {"ADJUGE_SMTP_PASSWORD": "two\nlines"}, b"ADJUGE_SMTP_PASSWORD"),
        (
            [],
            {
                "ADJUGE_SMTP_HOST": "mail.example",
                "ADJUGE_SMTP_TLS": "none",
                "ADJUGE_SMTP_USER": "adjuge",
                "ADJUGE_SMTP_PASSWORD": "secret",
                "ADJUGE_MAIL_FROM": "a@b.example",
            },
            b"ADJUGE_SMTP_TLS",
        ),
    ],
)
def test_a_malformed_setting_stops_the_start(arguments: list[str], environment: dict[str, str], setting: bytes) -> None:
    done = adjuge("serve", *arguments, environment=environment)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"adjuge: " + setting + b": ")
    assert done.stderr.count(b"\n") == 1


def test_help_tells_every_command() -> None:
    said = adjuge("--help").stdout
    for command in (b"demo", b"serve", b"replay", b"migrate", b"export", b"user"):
        assert command in said
