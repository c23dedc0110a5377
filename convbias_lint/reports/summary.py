"""The last lines of a report that people read: how much was found, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convbias_lint.reports.escapes import printable
from convbias_lint.reports.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convbias_lint.finding import Finding
    from convbias_lint.reports.report import Report

REDUNDANT = "CB1"
"""The rules whose findings are redundant biases."""
MIGRATE = (
    "Checkpoints saved before still hold these biases; `convbias-lint migrate` carries them over exactly."
)


def summary(report: Report) -> str:
    """One line on what was found, and one on checkpoints where biases were removed; empty if unwanted."""
    if not report.summary:
        return ""
    style = Style(report.colour)
    found = [finding for result in report.results for finding in result.findings]
    fixed = [finding for result in report.results for finding in result.fixed]
    errors = sum(1 for _ in report.errors())
    lines = []
    if fixed:
        lines.append(_fixed(report, fixed, style))
        lines += _fixes(report)
    if found:
        lines.append(_found(report, found, style))
    if errors:
        lines.append(f"{counted(errors, 'file')} could not be checked.")
    if not lines:
        lines.append(_nothing(report))
    if any(_redundant(finding) for finding in fixed) and not report.would_fix:
        lines.append(MIGRATE)
    return "".join(f"{line}\n" for line in lines)


def _found(report: Report, found: Sequence[Finding], style: Style) -> str:
    files = sum(1 for result in report.results if result.findings)
    fixable = sum(map(report.fixable, found))
    hidden = sum(map(report.hidden_fix, found))
    remedies = [f"{fixable:,} fixable with --fix"] if fixable else []
    if hidden:
        remedies.append(f"{hidden:,} {'more' if fixable else 'fixable'} with --unsafe-fixes")
    advice = f" ({', '.join(remedies)})" if remedies else ""
    return f"{style('bold', f'Found {_kinds(found)}')}{advice} in {counted(files, 'file')}{_saving(found)}"


def _fixed(report: Report, fixed: Sequence[Finding], style: Style) -> str:
    files = sum(1 for result in report.results if result.fixed)
    verb = "Would fix" if report.would_fix else "Fixed"
    return f"{style('bold', f'{verb} {_kinds(fixed)}')} in {counted(files, 'file')}{_saving(fixed)}"


def _fixes(report: Report) -> Iterator[str]:
    """What was fixed, file by file and rule by rule, where that is asked for."""
    if not report.show_fixes:
        return
    for result in report.results:
        kinds: dict[tuple[str, str], int] = {}
        for finding in result.fixed:
            kind = (finding.code, finding.name)
            kinds[kind] = kinds.get(kind, 0) + 1
        if kinds:
            counts = ", ".join(
                f"{count:,} × {code} ({name})" for (code, name), count in sorted(kinds.items())
            )
            yield f"  {printable(report.relative(result.filename))}: {counts}"


def _nothing(report: Report) -> str:
    if not report.results:
        return "Nothing to report: no Python files." if report.from_files else "Nothing to report."
    silenced = sum(len(result.suppressed) for result in report.results) if report.show_suppressed else 0
    besides = f" besides {counted(silenced, 'silenced finding')}" if silenced else ""
    return f"Nothing to report{besides} in {counted(len(report.results), 'file')}."


def _kinds(findings: Sequence[Finding]) -> str:
    """Redundant biases, and other problems, counted."""
    redundant = sum(map(_redundant, findings))
    others = len(findings) - redundant
    parts = [counted(redundant, "redundant bias", "redundant biases")] if redundant else []
    if others:
        parts.append(counted(others, "other problem" if redundant else "problem"))
    return " and ".join(parts)


def _saving(findings: Sequence[Finding]) -> str:
    """The parameters that the findings with known sizes are about."""
    known = sum(finding.parameters or 0 for finding in findings)
    if not known:
        return "."
    some = any(finding.parameters is None for finding in findings if _redundant(finding))
    return f": {'at least ' if some else ''}{counted(known, 'parameter')}."


def _redundant(finding: Finding) -> bool:
    return finding.code.startswith(REDUNDANT)


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things in words: ``1 file``, ``2,000 files``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
