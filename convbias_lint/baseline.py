"""Findings that were there before: they are known by what the code says, not by where it stands.

An entry names the file, the rule, the class and function around the call, and the call itself with
blanks evened out; ``count`` is how many such calls there are.  So a baseline survives edits above the
code, and can be read and reviewed.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Optional

from convbias_lint.finding import Finding, Position

VERSION = 1
_ANEW = "delete it, and write it anew with --update-baseline"
_SCOPE = re.compile(r"[ \t]*(?:async[ \t]+def|def|class)[ \t]+(?P<name>\w+)")
_COMMENT = re.compile(r"(?:^|[ \t])#[^'\"]*$")

TextOf = Callable[[str, Optional[int]], str]
"""The text that a file's rows count in, from its name and the notebook cell (or None)."""


class BaselineError(Exception):
    """The baseline cannot be used; the text is one line that says why."""


class Entry(NamedTuple):
    """What a known finding is recognised by; ``file`` is relative to the baseline's folder."""

    file: str
    code: str
    context: str
    source: str


class Sorted(NamedTuple):
    """Findings sorted by a baseline: the new ones, the known ones, and entries that nothing matches."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    stale: tuple[Entry, ...]


class Baseline:
    """The known findings of a project; ``folder`` is where the baseline's file lies."""

    def __init__(self, folder: str, entries: Optional[Counter[Entry]] = None) -> None:
        self.folder = folder
        self.entries: Counter[Entry] = Counter() if entries is None else entries

    def sort(self, findings: Iterable[Finding], text_of: TextOf, checked: Iterable[str]) -> Sorted:
        """Tell new findings from known ones; only entries of ``checked`` or vanished files can be stale."""
        left = Counter(self.entries)
        new: list[Finding] = []
        known: list[Finding] = []
        for finding in findings:
            entry = self._entry(finding, text_of)
            if left[entry] > 0:
                left[entry] -= 1
                known.append(finding)
            else:
                new.append(finding)
        seen = {self._relative(filename) for filename in checked}
        stale = [entry for entry in left.elements() if entry.file in seen or not self._exists(entry.file)]
        return Sorted(tuple(new), tuple(known), tuple(sorted(stale)))

    def updated(self, findings: Iterable[Finding], text_of: TextOf, checked: Iterable[str]) -> Baseline:
        """The baseline that knows ``findings``; entries of files that were not checked stay."""
        seen = {self._relative(filename) for filename in checked}
        entries = Counter(
            {
                entry: count
                for entry, count in self.entries.items()
                if entry.file not in seen and self._exists(entry.file)
            }
        )
        entries.update(self._entry(finding, text_of) for finding in findings)
        return Baseline(self.folder, entries)

    def dump(self) -> str:
        """The text of the baseline's file: sorted, so that its diffs are small."""
        rows = [
            {**entry._asdict(), **({"count": count} if count > 1 else {})}
            for entry, count in sorted(self.entries.items())
            if count > 0
        ]
        return json.dumps({"version": VERSION, "findings": rows}, indent=2, ensure_ascii=False) + "\n"

    def _entry(self, finding: Finding, text_of: TextOf) -> Entry:
        rows = text_of(finding.filename, finding.cell).split("\n")
        source = _between(rows, finding.start, finding.end)
        return Entry(self._relative(finding.filename), finding.code, _context(rows, finding.start), source)

    def _relative(self, filename: str) -> str:
        path = os.path.abspath(filename)
        try:
            path = os.path.relpath(path, self.folder)
        except ValueError:  # another drive on Windows
            pass
        return path.replace(os.sep, "/")

    def _exists(self, file: str) -> bool:
        return os.path.exists(os.path.join(self.folder, file))


def load(path: str) -> Baseline:
    """The baseline in the file ``path``. Raises BaselineError, or OSError if it cannot be read."""
    with open(path, encoding="utf-8") as stream:
        try:
            document = json.load(stream)
        except (ValueError, RecursionError) as error:
            raise BaselineError(f"{path} is no baseline: {' '.join(str(error).split())}; {_ANEW}") from None
    folder = os.path.dirname(os.path.abspath(path))
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise BaselineError(f"{path} is no baseline of this version; {_ANEW}")
    entries: Counter[Entry] = Counter()
    rows = document.get("findings")
    for number, row in enumerate(rows if isinstance(rows, list) else [None], start=1):
        count = row.get("count", 1) if isinstance(row, dict) else 0
        fields = [row.get(field) for field in Entry._fields] if isinstance(row, dict) else []
        texts = [field for field in fields if isinstance(field, str)]
        if len(texts) != len(Entry._fields) or type(count) is not int or count < 1:
            raise BaselineError(f"{path}: finding {number} is not readable; {_ANEW}")
        entries[Entry(*texts)] += count
    return Baseline(folder, entries)


def _between(rows: Sequence[str], start: Position, end: Position) -> str:
    """The code of a range on one line, its blanks evened out and comments left out."""
    picked = list(rows[start.row - 1 : end.row])
    if not picked:
        return ""
    if start == end:  # a point, such as that of a syntax error: the whole row
        return " ".join(picked[0].split())
    picked[-1] = picked[-1][: end.column - 1]
    picked[0] = picked[0][start.column - 1 :]
    code = " ".join(_COMMENT.sub("", row) for row in picked)
    code = re.sub(r"\s+", " ", code).strip()
    return re.sub(r",? ?(?=[)\]}])|(?<=[(\[{]) ", "", code)


def _context(rows: Sequence[str], start: Position) -> str:
    """The names of the classes and functions around a position, by their indentation."""
    names: list[str] = []
    depth = _depth(rows[start.row - 1]) if start.row <= len(rows) else 0
    for row in reversed(rows[: start.row - 1]):
        if depth == 0:
            break
        if row.strip() and _depth(row) < depth:
            depth = _depth(row)
            match = _SCOPE.match(row)
            if match is not None:
                names.append(match["name"])
    return ".".join(reversed(names))


def _depth(row: str) -> int:
    return len(row) - len(row.lstrip())
