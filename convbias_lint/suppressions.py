"""Which findings of a text are silenced by its comments, and which of these comments silence nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Optional

from convbias_lint.comments import Comment, scan
from convbias_lint.config import SYNTAX_ERROR
from convbias_lint.directives import Directive, Entry, directives_of, mentioned
from convbias_lint.finding import Edit, Finding, Fix, Position

UNUSED = ("CB901", "unused-suppression")


class Suppressions:
    """The suppressions of one text (rows end in ``\\n``), and which of them were of use so far."""

    def __init__(self, text: str) -> None:
        self._rows = text.split("\n")
        mentions = mentioned(text)
        # Reading the comments costs more than all else here: only where it can matter.
        self._scan = scan(text) if mentions or "\\\n" in text or '"""' in text or "'''" in text else None
        comments = self._scan.comments if self._scan is not None and mentions else ()
        self._directives = [found for comment in comments for found in directives_of(comment, self._rows)]
        self._used: set[tuple[int, str]] = set()

    def placed(self, finding: Finding) -> Finding:
        """``finding`` with the row on which a comment silences it: a string or an escape may end later."""
        row = self._last(finding.start.row)
        return finding if row == finding.noqa_row else replace(finding, noqa_row=row)

    def split(self, findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
        """The findings that stay, and those that are silenced."""
        kept: list[Finding] = []
        silenced: list[Finding] = []
        for finding in findings:
            (silenced if self._silences(finding) else kept).append(finding)
        return kept, silenced

    def unused(self, filename: str, enabled: Callable[[str], bool]) -> list[Finding]:
        """A finding for each suppression that silenced nothing in `split`; call it after that.

        Codes of other linters, and of rules that are not ``enabled``, are none of our business.
        """
        found = []
        for index, directive in enumerate(self._directives):
            if directive.problem is not None:
                found.append(
                    self._finding(directive, filename, f"Suppression not understood: {directive.problem}")
                )
                continue
            idle = self._idle(index, directive, enabled)
            if idle is None:
                continue
            named = ", ".join(f"`{entry.text}`" for entry in idle)
            message = f"Unused suppression{': ' if named else ''}{named} (there is nothing to silence)"
            found.append(self._finding(directive, filename, message, removal(directive, idle, self._rows)))
        return [finding for finding in found if not self._accepted(finding)]

    def additions(self, findings: Iterable[Finding], reason: str = "") -> list[Edit]:
        """Edits that silence ``findings`` with ``# noqa`` comments, ``reason`` behind the codes."""
        codes: dict[int, set[str]] = {}
        for finding in findings:
            codes.setdefault(self._last(finding.start.row), set()).add(finding.code)
        why = " ".join(reason.split())
        return [self._addition(row, sorted(new), why) for row, new in sorted(codes.items())]

    def _last(self, row: int) -> int:
        return row if self._scan is None else self._scan.joined.get(row, row)

    def _silences(self, finding: Finding) -> bool:
        rows = {finding.start.row, self._last(finding.start.row), self._last(finding.end.row)}
        silenced = False
        for index, directive in enumerate(self._directives):
            if directive.problem is not None or (directive.row is not None and directive.row not in rows):
                continue
            if finding.code == SYNTAX_ERROR and directive.row is not None:
                continue  # for the whole file only
            if not directive.entries:
                self._used.add((index, ""))
                silenced = True
            for entry in directive.entries:
                if entry.covers(finding.code, finding.name):
                    self._used.add((index, entry.text))
                    silenced = True
        return silenced

    def _idle(
        self, index: int, directive: Directive, enabled: Callable[[str], bool]
    ) -> Optional[tuple[Entry, ...]]:
        """The entries that silenced nothing; () for a whole directive that did; None where all is well."""
        if not directive.entries:
            return () if directive.own and (index, "") not in self._used else None
        idle = tuple(
            entry
            for entry in directive.entries
            if (index, entry.text) not in self._used and _judged(entry, directive, enabled)
        )
        return idle or None

    def _accepted(self, finding: Finding) -> bool:
        """Whether a suppression says that an unused suppression is meant."""
        for directive in self._directives:
            explicit = any(entry.covers(*UNUSED) for entry in directive.entries)
            if explicit and directive.row in (None, finding.start.row):
                return True
            if directive.row is None and not directive.entries and not directive.own:
                return True  # a comment for the whole file: nobody wants to hear of this file
        return False

    def _finding(
        self, directive: Directive, filename: str, message: str, fix: Optional[Fix] = None
    ) -> Finding:
        row = directive.comment.row
        written = directive.comment.text[directive.start : directive.end].rstrip()
        start = directive.comment.column + directive.start
        end = Position(row, start + len(written))
        return Finding(*UNUSED, message, filename, Position(row, start), end, row, fix)

    def _addition(self, row: int, codes: list[str], reason: str) -> Edit:
        for directive in self._directives:
            if directive.comment.row == row and directive.entries and directive.row == row:
                column = directive.comment.column + directive.entries[-1].end
                place = Position(row, column)
                return Edit(place, place, "".join(f", {code}" for code in codes))
        line = self._rows[row - 1]
        written = f"  # noqa: {', '.join(codes)}" + (f" {reason}" if reason else "")
        return Edit(Position(row, len(line.rstrip()) + 1), Position(row, len(line) + 1), written)


def removal(directive: Directive, idle: Sequence[Entry], rows: Sequence[str]) -> Fix:
    """The fix that takes ``idle`` out of a directive, and all of it where nothing else is left."""
    comment = directive.comment
    if len(idle) < len(directive.entries):
        return Fix("Remove the unused codes", (_without_entries(directive, idle),))
    start, end = directive.start, directive.end
    rest = comment.text[end:]
    before = comment.text[:start].rstrip()
    line = rows[comment.row - 1]
    if rest or before:  # other comments share the row
        start = start if rest else len(before)
        first = Position(comment.row, comment.column + start)
        return Fix("Remove the suppression", (Edit(first, Position(comment.row, comment.column + end), ""),))
    if not comment.alone:
        code = line[: comment.column - 1].rstrip()
        return Fix("Remove the suppression", (Edit(Position(comment.row, len(code) + 1), comment.end, ""),))
    return Fix("Remove the suppression", (_without_row(comment, rows),))


def _without_entries(directive: Directive, idle: Sequence[Entry]) -> Edit:
    entries, text = directive.entries, directive.comment.text
    separator = text[entries[0].end : entries[1].start]
    kept = separator.join(entry.text for entry in entries if entry not in idle)
    column = directive.comment.column
    start, end = column + entries[0].start, column + entries[-1].end
    return Edit(Position(directive.comment.row, start), Position(directive.comment.row, end), kept)


def _without_row(comment: Comment, rows: Sequence[str]) -> Edit:
    """A comment alone on its row goes with the row."""
    row = comment.row
    if row < len(rows):
        return Edit(Position(row, 1), Position(row + 1, 1), "")
    if row > 1:
        return Edit(Position(row - 1, len(rows[row - 2]) + 1), Position(row, len(rows[row - 1]) + 1), "")
    return Edit(Position(1, 1), Position(1, len(rows[0]) + 1), "")


def _judged(entry: Entry, directive: Directive, enabled: Callable[[str], bool]) -> bool:
    """Whether an idle entry is one of ours that could have silenced something."""
    from convbias_lint.rules import all_rules

    covered = [code for code, rule in all_rules().items() if entry.covers(code, rule.name)]
    if not covered:
        return directive.own
    return covered != [UNUSED[0]] and any(enabled(code) for code in covered)
