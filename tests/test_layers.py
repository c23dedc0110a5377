"""The house stands: imports run down its floors, in no circle, and heavy guests stay in their rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "convbias_lint"

# From the ground up.  A module may import from its own floor and from those below it.
FLOORS = (
    ("finding", "snapshot", "result", "contents", "globs", "gate", "call_stack", "__init__"),
    ("rows", "gitignore", "config"),
    ("comments", "directives", "magics", "source", "notebook", "markdown", "layers"),
    ("analysis",),
    ("rules",),
    ("suppressions", "fixes", "baseline", "diffs"),
    ("examine",),
    ("linter",),
    ("reports",),
    ("messages",),
    ("config_keys", "config_values", "config_files", "config_schema", "discovery"),
    ("project", "one_by_one", "pool", "cache", "cached_results", "writing"),
    ("live_tools",),
    ("torch_tools",),
    ("keras_tools",),
    ("lsp",),
    ("cli", "__main__"),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Who may import what, wherever in the file.
GUESTS = {
    "torch": ("torch_tools", "keras_tools"),
    "safetensors": ("torch_tools",),
    "keras": ("keras_tools",),
    "pygls": ("lsp",),
    "lsprotocol": ("lsp",),
    "libcst": ("analysis",),
    # No network, ever.
    "socket": (),
    "ssl": (),
    "http": (),
    "urllib.request": (),
    "requests": (),
    "ftplib": (),
}

# The commands of the live tools try the import, to say in plain words what to install.
PROBES = {"torch": {"convbias_lint.cli.audit", "convbias_lint.cli.fold", "convbias_lint.cli.migrate"}}


class Import(NamedTuple):
    module: str
    target: str
    row: int
    late: bool
    """Inside a function: made when it is called."""


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _imports(module: str) -> Iterator[Import]:
    """Every import that may be made when the module runs; those for type checkers only are left out."""

    def visit(node: ast.AST, late: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, node.lineno, late)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield Import(module, full if full in MODULES else str(node.module), node.lineno, late)
        inside = late or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            children = list(node.orelse)
        for child in children:
            yield from visit(child, inside)

    yield from visit(ast.parse(MODULES[module].read_text("utf-8")), False)


IMPORTS = [found for module in MODULES for found in _imports(module)]
OWN = [found for found in IMPORTS if found.target in MODULES]


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def test_every_module_has_a_floor() -> None:
    assert {_room(module) for module in MODULES} == set(FLOOR)


def test_no_file_has_more_than_350_lines() -> None:
    folders = ("convbias_lint", "tests", "scripts", "benchmarks")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    own = [path for path in files if not {"cases", "data"}.intersection(path.relative_to(ROOT).parts)]
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path in own}
    assert {path: length for path, length in lengths.items() if length > 350} == {}


def test_imports_run_down() -> None:
    upward = [
        f"{found.module}:{found.row} imports {found.target}"
        for found in OWN
        if FLOOR[_room(found.module)] < FLOOR[_room(found.target)]
    ]
    assert not upward


def test_no_circle() -> None:
    """Among the imports that are made at once; a late one may lead back to who chose between siblings."""
    edges: dict[str, set[str]] = {module: set() for module in MODULES}
    for found in OWN:
        if not found.late:
            edges[found.module].add(found.target)
    done: set[str] = set()
    way: list[str] = []

    def walk(module: str) -> None:
        assert module not in way, " → ".join([*way[way.index(module) :], module])
        if module in done:
            return
        way.append(module)
        for target in sorted(edges[module]):
            walk(target)
        way.pop()
        done.add(module)

    for module in MODULES:
        walk(module)


def test_late_imports_make_no_circle_between_floors_or_rooms() -> None:
    rooms = {(_room(found.module), _room(found.target)) for found in OWN}
    packages = {room for room in FLOOR if (PACKAGE / room).is_dir()}
    both = {
        (one, other)
        for one, other in rooms
        if one < other and (other, one) in rooms and {one, other} & packages
    }
    assert not both


@pytest.mark.parametrize("guest", GUESTS)
def test_guests_stay_in_their_rooms(guest: str) -> None:
    strays = [
        f"{found.module}:{found.row}"
        for found in IMPORTS
        if (found.target == guest or found.target.startswith(f"{guest}."))
        and _room(found.module) not in GUESTS[guest]
        and found.module not in PROBES.get(guest, ())
    ]
    assert not strays


# What takes longer to import than a whole run over a file without models may take.
HEAVY = frozenset(
    ["libcst", "torch", "keras", "dataclasses", "pathspec", "typing", "json", "concurrent.futures", "tomllib"]
)


@pytest.mark.parametrize(
    "code",
    [
        "import convbias_lint",
        "from convbias_lint.gate import may_hold_findings; may_hold_findings(b'x = 1')",
        "from convbias_lint import linter, config; linter.lint_bytes(b'x = 1', 'x.py', config.Settings())",
    ],
)
def test_a_file_without_models_imports_next_to_nothing(code: str) -> None:
    heavy = HEAVY if code == "import convbias_lint" else HEAVY - {"typing"}
    script = f"{code}\nprint(*sorted(set(sys.modules) & {heavy!r}))"
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{script}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert result.stdout.strip() == ""
