"""What holds for every file that anyone may hand to the linter, whatever it contains.

``Promises.check`` raises AssertionError where one of these is broken:

- linting ends, within a bound, in a result that is no internal error;
- every format that shows the result is valid;
- a fixed file parses if the file parsed, fixing it again changes nothing, all its edits lie within
  calls, its syntax tree is the old one but for arguments of calls and guards around statements, and
  outside those it is the old file byte for byte.
"""

from __future__ import annotations

import ast
import io
import itertools
import json
import re
import time
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Optional
from xml.etree import ElementTree

from convbias_lint.config import Settings
from convbias_lint.discovery import Target
from convbias_lint.finding import Finding
from convbias_lint.one_by_one import run_task
from convbias_lint.project import Task
from convbias_lint.reports import FORMATS, render
from convbias_lint.reports.report import Report
from convbias_lint.result import FileResult

ALL = Settings(select=("ALL",))
LIMIT = 60.0
"""Seconds of processor time that one input may take; the command line has the same bound on the clock."""

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Promises:
    """Checks inputs, and counts what they led to."""

    def __init__(self, limit: float = LIMIT, formats_each: int = 1) -> None:
        self.limit = limit
        self.formats_each = formats_each
        self.counts: Counter[str] = Counter()
        self.slowest: tuple[float, int] = (0.0, 0)

    def check(self, data: bytes, filename: str = "/nowhere/m.py") -> None:
        self.counts["inputs"] += 1
        start = time.process_time()  # others may use the machine, too
        result = self._lint(data, filename, "unsafe")
        took = time.process_time() - start
        assert took < self.limit, f"took {took:.1f} s"
        self.slowest = max(self.slowest, (took, len(data)))
        self.counts["findings"] += len(result.findings) + len(result.fixed)
        self.counts["unreadable"] += result.error is not None
        self.counts["syntax errors"] += any(finding.code == "CB900" for finding in result.findings)
        if result.findings or result.fixed or result.error:
            self.counts["with something to say"] += 1
            if self.counts["with something to say"] % self.formats_each == 0:
                self.counts["shown in all formats"] += 1
                _check_formats(result, data)
        if result.new_data is not None:
            self.counts["fixed files"] += 1
            self.counts["fixes"] += len(result.fixed)
            self._check_fix(data, result, filename)

    def _lint(self, data: bytes, filename: str, fix: str) -> FileResult:
        result = run_task(Task(Target(filename, ALL), data, fix, False), 10 * self.limit)  # type: ignore[arg-type]
        error = result.error or ""
        assert "internal error" not in error, error
        assert "took longer" not in error, error
        return result

    def _check_fix(self, data: bytes, result: FileResult, filename: str) -> None:
        new_data = result.new_data
        assert new_data is not None
        again = self._lint(new_data, filename, "unsafe")
        assert again.new_data is None, "fixing again changes the file again"
        left = Counter(finding.code for finding in result.findings)
        assert left == Counter(finding.code for finding in again.findings), (
            "the fixed file is found otherwise"
        )
        if not filename.endswith((".py", ".pyi")):
            return
        old = _tree(data)
        if old is None:
            return
        new = _tree(new_data)
        assert new is not None, "the fixed file does not parse"
        different = list(_differences(old, new))
        assert not different, f"more than arguments of calls changed: {different[:3]}"
        before = self._lint(data, filename, "off")
        _check_places(data, old, before.findings)
        if not any(finding.code == "CB901" for finding in result.fixed):  # that one takes comments away
            changed = list(_changes(old, new))
            edits = sum(len(finding.fix.edits) for finding in result.fixed if finding.fix is not None)
            assert 0 < len(changed) <= edits, f"{len(changed)} places changed by {edits} edits"
            _check_outside(data, new_data, changed)
            self.counts["fixes compared byte for byte"] += len(result.fixed)


def _tree(data: bytes) -> Optional[ast.AST]:
    """The syntax tree, or None if this Python does not read the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _differences(old: object, new: object) -> Iterator[str]:
    """Where two trees differ in more than the arguments that calls give to a bias, and its guards."""
    if isinstance(old, ast.AST) and isinstance(new, ast.AST):
        guarded = _guarded(old, new)
        if guarded is not None:
            yield from _differences(old, guarded)
        elif type(old) is not type(new):
            yield f"{_at(old)}: {type(old).__name__} became {type(new).__name__}"
        elif isinstance(old, ast.Call) and isinstance(new, ast.Call):
            yield from _differences(old.func, new.func)
            yield from _differences(_no_bias(old), _no_bias(new))
            if len(old.args) != len(new.args):
                yield f"{_at(old)}: another number of positional arguments"
            changed = sum(1 for one, other in zip(old.args, new.args) if any(_differences(one, other)))
            if changed > 1:
                yield f"{_at(old)}: {changed} positional arguments changed"
        else:
            for name in old._fields:
                yield from _differences(getattr(old, name, None), getattr(new, name, None))
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield f"{len(old)} nodes became {len(new)}"
        for one, other in zip(old, new):
            yield from _differences(one, other)
    elif old != new or type(old) is not type(new):
        yield f"{old!r} became {new!r}"


def _no_bias(call: ast.Call) -> list[ast.keyword]:
    """The keyword arguments that name no bias."""
    return [keyword for keyword in call.keywords if "bias" not in (keyword.arg or "")]


def _guarded(old: ast.AST, new: ast.AST) -> Optional[ast.stmt]:
    """The statement that ``if layer.bias is not None:`` was put around (CB201), if that is what happened."""
    if isinstance(old, ast.If) or not isinstance(new, ast.If) or new.orelse or len(new.body) != 1:
        return None
    test = ast.unparse(new.test)
    return new.body[0] if test.endswith(" is not None") and "bias" in test else None


def _changes(old: ast.AST, new: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The outermost calls of two trees of one shape whose own arguments differ, and guarded statements."""
    if _guarded(old, new) is not None:
        yield old, new
        return
    if isinstance(old, ast.Call) and isinstance(new, ast.Call):
        named = [
            [ast.dump(keyword) for keyword in call.keywords if keyword not in _no_bias(call)]
            for call in (old, new)
        ]
        given = [[ast.dump(argument) for argument in call.args] for call in (old, new)]
        inner = [pair for one, other in zip(old.args, new.args) for pair in _changes(one, other)]
        if named[0] != named[1] or (given[0] != given[1] and not inner):
            yield old, new
            return
    for one, other in zip(_children(old), _children(new)):
        yield from _changes(one, other)


def _children(node: ast.AST) -> list[ast.AST]:
    return list(ast.iter_child_nodes(node))


def _check_outside(old: bytes, new: bytes, changed: list[tuple[Any, Any]]) -> None:
    """With the changed places cut out, both files are the same, line ends and all."""
    one, other = (_without(data, [pair[side] for pair in changed]) for side, data in enumerate((old, new)))
    assert one == other, "something outside of the fixed places changed"


def _without(data: bytes, nodes: list[Any]) -> str:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    rows = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", data.decode(encoding))
    starts = [0, *itertools.accumulate(len(row) for row in rows)]

    def offset(row: int, column: int) -> int:
        return starts[row - 1] + len(rows[row - 1].encode()[:column].decode())

    text = "".join(rows)
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        end = offset(node.end_lineno, node.end_col_offset)
        text = text[: offset(node.lineno, node.col_offset)] + "<changed>" + text[end:]
    return text


def _at(node: ast.AST) -> str:
    return f"row {getattr(node, 'lineno', '?')}"


def _check_places(data: bytes, tree: ast.AST, findings: tuple[Finding, ...]) -> None:
    """Every edit lies within one of the calls of the file."""
    if not data.isascii() or b"\r" in data or b"\f" in data:
        return  # rows and columns count otherwise there; the tree has been compared
    calls = [
        ((node.lineno, node.col_offset + 1), (node.end_lineno or 0, (node.end_col_offset or 0) + 1))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]
    for finding in findings:
        for edit in finding.fix.edits if finding.fix is not None else ():
            start, end = (edit.start.row, edit.start.column), (edit.end.row, edit.end.column)
            if finding.code in ("CB201", "CB901"):
                continue  # put a guard around a statement, take a comment away
            inside = any(first < start and end <= last for first, last in calls)
            assert inside, f"{finding.code}: an edit at {start} lies in no call"


class _Elements(HTMLParser):
    """Which elements are open; a report closes all of them in order."""

    EMPTY = ("meta", "link", "br", "hr", "img", "input", "wbr", "col")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"


def _check_formats(result: FileResult, data: bytes) -> None:
    def texts(_: str, cell: Optional[int]) -> Optional[str]:
        return None if cell is not None else data.decode("utf-8", "replace")

    report = Report((result,), texts=texts, cwd="/nowhere", unsafe_fixes=True)
    for name in FORMATS:
        text = render(name, report)
        text.encode("utf-8")
        assert text.endswith("\n") or not text, name
        assert not _CONTROLS.search(text), f"{name} holds control characters"
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(text)
        elif name in ("json-lines", "lsp"):
            for line in text.splitlines():
                json.loads(line)
        elif name == "junit":
            ElementTree.fromstring(text)
        elif name == "html":
            elements = _Elements()
            elements.feed(text)
            assert not elements.open, f"left open: {elements.open}"
