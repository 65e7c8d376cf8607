"""The house rules that no linter knows: sizes, names, laws, citations, and what must never be committed.

Reads the tree as git sees it (tracked files, and new ones that are not ignored). A rule that hinders is changed here,
for everybody, with its reason; never by an exception for one file.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LONGEST_FILE_LINES = 400
LONGEST_FUNCTION_LINES = 60
LONGEST_LAW_LINES = 8
SMALL_FILE_LINES = 100  # a law of one line is enough

CODE = {".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".sql", ".sh"}
MEASURED = CODE | {".md"}
SCRIPT = {".ts", ".tsx"}
GENERATED = Path("web/src/wire/generated")  # a command writes it (make wire) and nobody reads it from top to bottom
SPEAKING = ("engine", "persistence", "server", "loadtests", "tests", "web/src", "web/tests")
DRAWERS = {"util", "utils", "common", "helper", "helpers", "manager", "managers", "service", "services", "misc"}


@cache
def tree(*options: str) -> tuple[Path, ...]:
    git = ["git", "ls-files", "-z", *options]
    listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


def files(*suffixes: str) -> list[Path]:
    present = tree("--cached", "--others", "--exclude-standard")
    return sorted({path for path in present if not suffixes or path.suffix in suffixes})


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def module(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def nothing(complaints: Iterator[str]) -> None:
    __tracebackhide__ = True
    found = sorted(complaints)
    assert not found, "\n".join(["", *found])


# --------------------------------------------------------------------------------------------------- sizes and laws


def test_no_file_is_two_things() -> None:
    nothing(
        f"{path}: {lines} lines"
        for path in files(*MEASURED)
        if not path.is_relative_to(GENERATED) and (lines := len(text(path).splitlines())) > LONGEST_FILE_LINES
    )


def test_no_function_is_two_things() -> None:
    nothing(
        f"{path}:{node.lineno}: {node.name} has {lines} lines"
        for path in files(".py")
        for node in ast.walk(module(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and (lines := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION_LINES
    )


def test_every_module_says_its_law() -> None:
    nothing(_lawless())


def _lawless() -> Iterator[str]:
    for path in files(".py"):
        docstring = (ast.get_docstring(module(path)) or "").splitlines()
        law = [line for line in docstring if line and not line.startswith(" ")]  # what is indented is a drawing
        brief = path.parts[0] == "tests" or len(text(path).splitlines()) < SMALL_FILE_LINES
        if not (1 if brief else 2) <= len(law) <= LONGEST_LAW_LINES:
            yield f"{path}: a law of {len(law)} lines"
    for path in files(*SCRIPT):
        if path.parts[:2] == ("web", "src") and not re.match(r"\s*/[/*]", text(path)):
            yield f"{path}: does not open with its law"


# ------------------------------------------------------------------------------------------------------------ names


def test_no_drawers_and_no_pattern_words() -> None:
    nothing(_drawers())


def _drawers() -> Iterator[str]:
    for path in files():
        if path.as_posix().startswith(SPEAKING) and (drawer := DRAWERS & _words(path.as_posix())):
            yield f"{path}: {', '.join(drawer)}"
    for path in files(".py"):
        for node in ast.walk(module(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and DRAWERS & _words(node.name):
                yield f"{path}:{node.lineno}: {node.name}"


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


# ------------------------------------------------------------------------------------------------------------ tests


def test_no_test_sleeps() -> None:
    nothing(
        f"{path}:{node.lineno}: sleeps"
        for path in files(".py")
        if path.parts[0] == "tests" and path.parts[1] != "simulation"  # where time is virtual and sleeping costs none
        for node in ast.walk(module(path))
        if isinstance(node, ast.Call) and _name(node.func).endswith("sleep") and not _is_yielding(node)
    )


def _is_yielding(call: ast.Call) -> bool:
    """`sleep(0)` waits for nothing: it lets the others run."""
    return len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
        case _:
            return ""


def test_no_test_is_skipped_without_a_reason() -> None:
    nothing(
        f"{path}:{node.lineno}: skipped without a reason"
        for path in files(".py")
        if path.parts[0] == "tests"
        for node in ast.walk(module(path))
        if isinstance(node, ast.Attribute | ast.Call) and _skips(node) and not _reasoned(node, path)
    )


def _skips(node: ast.Attribute | ast.Call) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail"} and "pytest" in ast.dump(node)


def _reasoned(node: ast.AST, path: Path) -> bool:
    for call in ast.walk(module(path)):
        if isinstance(call, ast.Call) and call.func is node:
            words = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "reason")]
            return any(isinstance(word, ast.Constant | ast.JoinedStr) for word in words)
    return False


def test_every_exemption_gives_its_reason() -> None:
    silent = re.compile(r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore(\[[\w, -]+\])?)\s*$", re.MULTILINE)
    nothing(
        f"{path}:{text(path).count(chr(10), 0, match.start()) + 1}: {match.group().strip()}"
        for path in files(".py")
        for match in silent.finditer(text(path))
    )


# -------------------------------------------------------------------------------------------- what is never committed


def test_nothing_that_is_made_here_is_tracked() -> None:
    nothing(str(path) for path in tree("--cached", "--ignored", "--exclude-standard"))
    assert not [path for path in tree() if path.name in {"uv.lock", "poetry.lock", "yarn.lock", "pnpm-lock.yaml"}]


def test_no_tracked_file_names_a_registry_or_a_place_on_this_machine() -> None:
    named = re.compile(
        r"registry\.npmjs|registry\.yarnpkg|pythonhosted\.org|\bpypi\.org|deb\.debian\.org|crates\.io"
        r'|"resolved"\s*:|^\s*(--)?(extra-)?index-url|^\s*--find-links'
        r"|(?<![\w.])/(work|root|home|opt|Users)/\w|\.\./shared/",
        re.MULTILINE,
    )
    nothing(
        f"{path}: {match.group().strip()}"
        for path in files()
        if path != Path("tests/test_tidy.py") and _is_text(path)
        for match in named.finditer(text(path))
    )


def _is_text(path: Path) -> bool:
    with (ROOT / path).open("rb") as opened:
        return b"\0" not in opened.read(8192)


# ------------------------------------------------------------------------------------------------------------ papers


def test_every_link_between_papers_leads_somewhere() -> None:
    links = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
    nothing(
        f"{path}: {link}"
        for path in files(".md")
        for link in links.findall(text(path))
        if not (ROOT / path.parent / link).exists()
    )


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [
        path.name[:4] for path in files(".md") if path.parts[:2] == ("docs", "decisions") and path.name[0].isdigit()
    ]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    listed = re.findall(r"^- (\d{4}) · ", text(Path("docs/decisions/README.md")), re.MULTILINE)
    assert listed == numbers, "docs/decisions/README.md lists every decision"


# ------------------------------------------------------------------------------------------------------------- rules

RULE = re.compile(r"^- \*\*§(\d+(?:\.\d+)+)\*\*(?! \*\(later\)\*)", re.MULTILINE)
CITATION = re.compile(r"§(\d+(?:\.\d+)+)(?:[–-](\d+)\b)?")


@cache
def cited() -> frozenset[str]:
    """Every rule number that a test names; `§5.3.1–4` names four."""
    rules = set()
    for path in files(".py", *SCRIPT):
        if path.name.startswith("test_") or ".test." in path.name:
            for first, last in CITATION.findall(text(path)):
                stem, _, number = first.rpartition(".")
                rules |= {f"{stem}.{rule}" for rule in range(int(number), int(last or number) + 1)}
    return frozenset(rules)


def built() -> list[str]:
    return RULE.findall(text(Path("docs/rules.md")))


def test_a_rule_has_one_entry() -> None:
    assert len(built()) == len(set(built()))


@pytest.mark.parametrize("rule", sorted(set(built())))
def test_every_rule_that_is_built_has_a_test(rule: str) -> None:
    assert rule in cited(), f"no test cites §{rule}"
