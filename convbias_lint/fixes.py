"""Fixes onto a text: which of them go together, and the text that they make."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from convbias_lint.finding import Applicability, Edit, Finding
from convbias_lint.rows import Rows


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with ``edits``, which must not overlap, made; all else stays as it is."""
    return Rows(text).edited(edits)


def applicable(finding: Finding, unsafe: bool) -> bool:
    """Whether the fix of ``finding`` may be applied: safe ones always, unsafe ones if wanted."""
    if finding.fix is None or not finding.fix.edits:
        return False
    allowed = (Applicability.SAFE, Applicability.UNSAFE) if unsafe else (Applicability.SAFE,)
    return finding.fix.applicability in allowed


def compatible(findings: Sequence[Finding]) -> list[Finding]:
    """As many of the findings, from the top, as have fixes that do not touch each other.

    A fix that several findings share (the same edits) counts once and settles all of them.
    """
    chosen: list[Finding] = []
    taken: list[Edit] = []  # in order, none touching another
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        edits = finding.fix.edits if finding.fix is not None else ()
        new = [edit for edit in edits if edit not in _neighbours(edit, taken)]
        if any(_touch(edit, other) for edit in new for other in _neighbours(edit, taken)):
            continue
        chosen.append(finding)
        for edit in new:
            insort(taken, edit)
    return chosen


def merged_edits(findings: Iterable[Finding]) -> list[Edit]:
    """The edits of compatible findings, each once, in order."""
    edits = {edit for finding in findings if finding.fix is not None for edit in finding.fix.edits}
    return sorted(edits)


def _neighbours(edit: Edit, ordered: Sequence[Edit]) -> Sequence[Edit]:
    """The edits right before and behind ``edit``, or ``edit`` itself: if it touches any, then these."""
    index = bisect_left(ordered, edit)
    return ordered[max(index - 1, 0) : index + 1]


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits overlap, or insert at the same place, where their order would be a guess."""
    if one.start == other.start:
        return True
    first, second = sorted((one, other))
    return second.start < first.end
