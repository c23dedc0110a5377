"""A file that may hold findings: read it, check it, sort out what is silenced, fix it until it rests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, Optional

from convbias_lint.call_stack import with_room
from convbias_lint.comments import scan
from convbias_lint.config import SYNTAX_ERROR
from convbias_lint.directives import mentioned
from convbias_lint.finding import Applicability, Finding, Fix, Position
from convbias_lint.fixes import applicable, compatible, merged_edits
from convbias_lint.gate import may_hold_findings
from convbias_lint.result import FileResult
from convbias_lint.source import Source, SourceError, open_source
from convbias_lint.suppressions import UNUSED, Suppressions

if TYPE_CHECKING:
    from convbias_lint.config import Settings
    from convbias_lint.linter import FixMode

MAX_ROUNDS = 10
MAX_NESTING = 200  # Python's own limit; LibCST's parser crashes at some hundreds more
MAX_LENGTH = 5_000_000
"""Characters of one text. A parser takes some hundred times their number of bytes of memory."""
_BRACKET = re.compile(r"[()\[\]{}]")
_NO_BRACKETS = bytes(set(range(256)).difference(b"()[]{}"))


class _Found(NamedTuple):
    """A finding whose positions count in the text of a unit."""

    unit: int
    finding: Finding


class _Checked(NamedTuple):
    """What one look at a source found."""

    source: Source
    findings: tuple[_Found, ...]
    suppressed: tuple[_Found, ...]
    dependencies: tuple[str, ...]

    @property
    def broken(self) -> int:
        """How many places do not parse."""
        return sum(found.finding.code == SYNTAX_ERROR for found in self.findings)


@with_room
def examine(
    data: bytes, filename: str, settings: Settings, *, fix: FixMode = "off", ignore_noqa: bool = False
) -> FileResult:
    """Lint one file's content, and fix it if wanted. Raises SourceError."""
    examiner = _Examiner(filename, settings, ignore_noqa)
    checked = examiner.check(open_source(data, filename))
    fixed: list[Finding] = []
    if fix != "off":
        fixer = _Fixer(examiner, unsafe=fix == "unsafe")
        checked, new_data = fixer.run(checked, data)
        fixed = fixer.fixed
        checked = checked._replace(findings=tuple(map(fixer.explained, checked.findings)))
    else:
        new_data = data
    return FileResult(
        filename,
        findings=_shown(checked.source, checked.findings),
        suppressed=_shown(checked.source, checked.suppressed),
        dependencies=checked.dependencies,
        fixed=tuple(fixed),
        new_data=None if new_data == data else new_data,
    )


def silence(data: bytes, filename: str, settings: Settings, reason: str = "") -> tuple[bytes, int]:
    """The file with a ``# noqa`` comment for each finding, and how many findings that silences.

    Raises SourceError.
    """
    checked = _Examiner(filename, settings, ignore_noqa=False).check(open_source(data, filename))
    by_unit: dict[int, list[Finding]] = {}
    for unit, finding in checked.findings:
        if finding.code not in (SYNTAX_ERROR, UNUSED[0]):
            by_unit.setdefault(unit, []).append(finding)
    edits = {
        unit: Suppressions(checked.source.units[unit]).additions(findings, reason)
        for unit, findings in by_unit.items()
    }
    return checked.source.edited(edits), sum(map(len, by_unit.values()))


class _Examiner:
    """How to look at the sources of one file."""

    def __init__(self, filename: str, settings: Settings, ignore_noqa: bool) -> None:
        self.filename = filename
        self.settings = settings
        self.ignore_noqa = ignore_noqa

    def check(self, source: Source) -> _Checked:
        kept: list[_Found] = []
        silenced: list[_Found] = []
        dependencies: set[str] = set()
        for unit, text in enumerate(source.units):
            holds = may_hold_findings(text.encode("utf-8"), self.settings.layers)
            if holds and len(text) > MAX_LENGTH:
                raise SourceError(f"not checked: longer than {MAX_LENGTH // 10**6} million characters")
            findings, needed = self._unit(source, unit, text) if holds else ((), ())
            dependencies.update(needed)
            if not findings and not mentioned(text):
                continue
            suppressions = Suppressions(text)
            enabled = [
                self._permitted(source, unit, suppressions.placed(finding))
                for finding in findings
                if self.settings.enabled(finding.code, self.filename)
            ]
            if not self.ignore_noqa:
                enabled, quiet = suppressions.split(enabled)
                silenced += [_Found(unit, finding) for finding in quiet]
                if not _fails(findings):
                    enabled += self._unused(source, unit, suppressions)
            kept += [_Found(unit, finding) for finding in sorted(enabled, key=lambda f: f.sort_key)]
        return _Checked(source, tuple(kept), tuple(silenced), tuple(sorted(dependencies)))

    def _unit(self, source: Source, unit: int, text: str) -> tuple[Sequence[Finding], Sequence[str]]:
        """All findings of a unit; where parts of it do not parse, those of the other parts too."""
        findings, dependencies = self._text(text)
        parts = source.parts(unit)
        if len(parts) < 2 or not _fails(findings):
            return findings, dependencies
        rows = text.split("\n")
        errors: list[Finding] = []
        for first, last in parts:
            alone, _ = self._text("\n".join(rows[first - 1 : last]) + "\n")
            if _fails(alone):
                errors += [_lower(error, first - 1) for error in alone]
                rows[first - 1 : last] = [""] * (last - first + 1)
        if not errors:
            return findings, dependencies
        others, dependencies = self._text("\n".join(rows))
        return (*errors, *others), dependencies

    def _text(self, text: str) -> tuple[Sequence[Finding], Sequence[str]]:
        deep = _too_deep(text)
        if deep is not None:
            message = f"more than {MAX_NESTING} brackets nested"
            error = Finding(SYNTAX_ERROR, "syntax-error", message, self.filename, deep, deep, deep.row)
            return (error,), ()
        from convbias_lint.rules.run import check_text

        result = check_text(
            text,
            self.filename,
            src=self.settings.src,
            layers=self.settings.layers,
            missing=self.settings.enabled("CB203", self.filename),
        )
        return result.findings, result.dependencies

    def _unused(self, source: Source, unit: int, suppressions: Suppressions) -> Iterable[Finding]:
        if not self.settings.enabled(UNUSED[0], self.filename):
            return ()
        unused = suppressions.unused(self.filename, lambda code: self.settings.enabled(code, self.filename))
        return [self._permitted(source, unit, finding) for finding in unused]

    def _permitted(self, source: Source, unit: int, finding: Finding) -> Finding:
        """``finding`` with its fix as far as the settings and the kind of file allow one."""
        fix = finding.fix
        if fix is None:
            return finding
        cell = source.span(unit, finding.start, finding.end).cell
        elsewhere = any(source.span(unit, edit.start, edit.start).cell != cell for edit in fix.edits)
        if elsewhere or not self.settings.may_fix(finding.code):
            return replace(finding, fix=None)
        if fix.applicability is Applicability.UNSAFE and self.settings.trusts_fix(finding.code):
            return replace(finding, fix=replace(fix, applicability=Applicability.SAFE))
        return finding


class _Fixer:
    """Applies fixes, round after round, until nothing changes."""

    def __init__(self, examiner: _Examiner, unsafe: bool) -> None:
        self.examiner = examiner
        self.unsafe = unsafe
        self.fixed: list[Finding] = []
        self._refused: dict[object, str] = {}

    def run(self, checked: _Checked, data: bytes) -> tuple[_Checked, bytes]:
        """What is found when all is fixed, and the file's content then."""
        seen = {data}
        for _ in range(MAX_ROUNDS):
            chosen = self._choose(checked)
            if not chosen:
                break
            attempt = self._attempt(checked, chosen)
            if attempt is None:
                continue
            after, new_data = attempt
            if new_data in seen:
                break
            seen.add(new_data)
            self.fixed += _shown(checked.source, chosen)
            checked, data = after, new_data
        return checked, data

    def explained(self, found: _Found) -> _Found:
        """A finding whose fix was given up says so."""
        fix = found.finding.fix
        reason = self._refused.get(_content(found))
        if fix is None or reason is None:
            return found
        fix = Fix(f"{fix.message} (not applied: {reason})", fix.edits, Applicability.DISPLAY)
        return _Found(found.unit, replace(found.finding, fix=fix))

    def _choose(self, checked: _Checked) -> list[_Found]:
        open_ = [
            found
            for found in checked.findings
            if applicable(found.finding, self.unsafe) and _content(found) not in self._refused
        ]
        units = sorted({found.unit for found in open_})
        return [
            _Found(unit, finding)
            for unit in units
            for finding in compatible([found.finding for found in open_ if found.unit == unit])
        ]

    def _attempt(self, checked: _Checked, chosen: list[_Found]) -> Optional[tuple[_Checked, bytes]]:
        """The file with the chosen fixes; None where some break it, which are refused from then on."""
        edits = {
            unit: merged_edits(found.finding for found in chosen if found.unit == unit)
            for unit in {found.unit for found in chosen}
        }
        try:
            new_data = checked.source.edited(edits)
            after = self.examiner.check(open_source(new_data, self.examiner.filename))
        except SourceError as error:
            self._refused.update({_content(found): str(error) for found in chosen})
            return None
        if after.broken <= checked.broken:
            return after, new_data
        if len(chosen) == 1:
            self._refused[_content(chosen[0])] = "the result would not parse"
            return None
        good = [found for found in chosen if self._attempt(checked, [found]) is not None]
        if len(good) == len(chosen):  # each alone is fine, together they are not: one at a time
            good = good[:1]
        return self._attempt(checked, good) if good else None


def _content(found: _Found) -> object:
    """What a fix is, wherever in the file it stands."""
    fix = found.finding.fix
    edits = () if fix is None else fix.edits
    first = found.finding.start
    return (
        found.unit,
        found.finding.code,
        tuple((edit.content, edit.start.row - first.row, edit.start.column) for edit in edits),
    )


def _fails(findings: Sequence[Finding]) -> bool:
    return any(finding.code == SYNTAX_ERROR for finding in findings)


def _lower(finding: Finding, rows: int) -> Finding:
    """A finding of a part of a text, placed in the whole."""
    start = Position(finding.start.row + rows, finding.start.column)
    end = Position(finding.end.row + rows, finding.end.column)
    return replace(finding, start=start, end=end, noqa_row=finding.noqa_row + rows)


def _too_deep(text: str) -> Optional[Position]:
    """Where brackets are nested deeper than Python allows, or None."""
    if _is_shallow(text):
        return None
    signs = (1 if bracket in "([{" else -1 for bracket in _BRACKET.findall(text))
    # Brackets in strings and comments count here too, so that this is no more than a first look.
    depths = list(accumulate(signs))
    if not depths or max(depths) - min(0, *depths) <= MAX_NESTING or scan(text).depth <= MAX_NESTING:
        return None
    deepest = depths.index(max(depths))
    offset = [match.start() for match in _BRACKET.finditer(text)][deepest]
    row = text.count("\n", 0, offset)
    return Position(row + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def _is_shallow(text: str) -> bool:
    """Whether so few brackets are left once pairs are taken away, innermost first, that none is too deep."""
    left = text.encode("utf-8", "surrogatepass").translate(None, _NO_BRACKETS)
    depth = 0
    while depth + len(left) > MAX_NESTING:
        before = len(left)
        left = left.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        depth += 3  # "[()]" goes at once
        if len(left) == before:
            return False
    return True


def _shown(source: Source, found: Iterable[_Found]) -> tuple[Finding, ...]:
    """Findings with the positions that the reader of the file counts."""
    shown = [_placed(source, unit, finding) for unit, finding in found]
    return tuple(sorted(shown, key=lambda finding: finding.sort_key))


def _placed(source: Source, unit: int, finding: Finding) -> Finding:
    cell, start, end = source.span(unit, finding.start, finding.end)
    noqa = source.span(unit, Position(finding.noqa_row, 1), Position(finding.noqa_row, 1)).start.row
    related = []
    for step in finding.related:
        if step.filename == finding.filename:
            there = source.span(unit, step.start, step.end)
            step = replace(step, start=there.start, end=there.end, cell=there.cell)
        related.append(step)
    fix = finding.fix
    if fix is not None:
        edits = [
            replace(edit, start=there.start, end=there.end)
            for edit in fix.edits
            for there in [source.span(unit, edit.start, edit.end)]
        ]
        fix = replace(fix, edits=tuple(edits))
    faded = finding.unnecessary
    if faded is not None:
        faded = source.span(unit, *faded)[1:]
    return replace(
        finding,
        start=start,
        end=end,
        noqa_row=noqa,
        cell=cell,
        fix=fix,
        related=tuple(related),
        unnecessary=faded,
    )
