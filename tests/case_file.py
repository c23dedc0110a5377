"""A case: model code as people write it, what is expected beside the line, the fixed code below.

    # run: Net, (2, 3, 8, 8)

    class Net(nn.Module):
        def __init__(self):
            self.c = nn.Conv2d(3, 8, 3)  # expect: CB101
            ...
    # output
    (the same after fixing; left out where fixing changes nothing)

Each ``# run:`` line on top says how to build the model (a class, a call or a model) and the shapes, or
values, that it is called with.  ``# expect:`` names the findings that start on its line; a code is
followed by ``unsafe`` or ``no-fix`` where its fix is not a safe one.  ``# silent: why`` stands beside a
layer whose bias is redundant as these runs go and must be left alone all the same.  ``# gap: why`` on
top of a case says that some of what it expects is not found yet; it may then miss, but say nothing else.

A folder of files is one case as well: a package whose files import each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from convbias_lint.finding import Applicability, Finding

CASES = Path(__file__).with_name("cases")

_OUTPUT = re.compile(r"^# output[ \t]*\r?\n", re.MULTILINE)
_RUN = re.compile(r"^# run: *([^\r\n]*)\r?\n(?:\r?\n)?")
_GAP = re.compile(r"^# gap: *([^\r\n]*)\r?\n(?:\r?\n)?")
_EXPECT = re.compile(r"[ \t]*# expect: *([^\r\n]*)")
_SILENT = re.compile(r"# silent:")
_NEVER_FIXED = ("CB202", "CB203", "CB900")

Mark = tuple[int, str]
"""A row, counted from 1 in the code that is linted, and a code with what its fix is like."""


@dataclass(frozen=True)
class CaseFile:
    """One file of a case; ``code`` and ``output`` hold no markers and no headers."""

    path: Path
    runs: tuple[str, ...]
    gap: str
    code: str
    marks: tuple[Mark, ...]
    silent: frozenset[int]
    output: str
    first_row: int
    """The row of the file on which ``code`` begins."""


@dataclass(frozen=True)
class Case:
    """All files of a case, by their paths within it."""

    path: Path
    files: dict[str, CaseFile] = field(hash=False)

    @property
    def id(self) -> str:
        return self.path.relative_to(CASES).with_suffix("").as_posix()

    @property
    def gap(self) -> bool:
        """Whether it is known that not all is found."""
        return any(file.gap for file in self.files.values())

    @property
    def runs(self) -> list[tuple[str, str]]:
        """Where and how models are built: the file and the expression."""
        return [(name, run) for name, file in self.files.items() for run in file.runs]

    def written_to(self, folder: Path, texts: dict[str, str] | None = None) -> dict[str, Path]:
        """Write the files, clean of markers (or ``texts`` in their place), into ``folder``."""
        paths = {}
        for name, file in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes((texts or {}).get(name, file.code).encode("utf-8"))
            paths[name] = path
        return paths


def all_cases() -> list[Case]:
    """Every case, in the order of their ids."""
    return sorted(_found(), key=lambda case: case.id)


def _found() -> Iterator[Case]:
    for rule in sorted(path for path in CASES.iterdir() if path.is_dir()):
        for path in sorted(rule.iterdir()):
            if path.suffix == ".py":
                yield Case(path, {path.name: read(path)})
            elif path.is_dir() and path.name != "__pycache__":
                files = sorted(path.rglob("*.py"))
                yield Case(path, {file.relative_to(rule).as_posix(): read(file) for file in files})


def read(path: Path) -> CaseFile:
    """Take a file of a case apart."""
    text = path.read_bytes().decode("utf-8")
    runs, header = [], 0
    while match := _RUN.match(text[header:]):
        runs.append(match[1])
        header += match.end()
    gap = _GAP.match(text[header:])
    header += gap.end() if gap else 0
    parts = _OUTPUT.split(text[header:], maxsplit=1)
    code = _EXPECT.sub("", parts[0])
    rows = parts[0].split("\n")
    marks = [
        (row, mark.strip())
        for row, line in enumerate(rows, 1)
        for match in [_EXPECT.search(line)]
        if match
        for mark in match[1].split(",")
    ]
    return CaseFile(
        path=path,
        runs=tuple(runs),
        gap=gap[1] if gap else "",
        code=code,
        marks=tuple(sorted(marks)),
        silent=frozenset(row for row, line in enumerate(rows, 1) if _SILENT.search(line)),
        output=parts[1] if len(parts) == 2 else code,
        first_row=text[:header].count("\n") + 1,
    )


def marks_of(findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """The marks that would expect ``findings``."""
    return tuple(sorted((finding.start.row, _mark(finding)) for finding in findings))


def _mark(finding: Finding) -> str:
    if finding.fix is None or finding.fix.applicability is Applicability.DISPLAY:
        return finding.code if finding.code in _NEVER_FIXED else f"{finding.code} no-fix"
    return finding.code if finding.fix.applicability is Applicability.SAFE else f"{finding.code} unsafe"


def rewritten(file: CaseFile, *, marks: Iterable[Mark] | None = None, output: str | None = None) -> str:
    """The text of a case file with other marks, or another output."""
    by_row: dict[int, list[str]] = {}
    for row, mark in file.marks if marks is None else marks:
        by_row.setdefault(row, []).append(mark)
    rows = file.code.split("\n")
    for row, names in by_row.items():
        line = rows[row - 1].rstrip("\r")
        end = rows[row - 1][len(line) :]
        rows[row - 1] = f"{line}  # expect: {', '.join(names)}{end}"
    newline = "\r\n" if "\r\n" in file.code else "\n"
    lines = [*(f"# run: {run}" for run in file.runs), *([f"# gap: {file.gap}"] if file.gap else [])]
    header = "".join(line + newline for line in [*lines, ""]) if lines else ""
    fixed = file.output if output is None else output
    return header + "\n".join(rows) + (f"# output{newline}{fixed}" if fixed != file.code else "")
