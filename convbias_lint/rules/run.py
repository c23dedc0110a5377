"""One text in, findings out: analysis, then every rule over what it proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from convbias_lint.analysis.analyse import analyse
from convbias_lint.analysis.syntax import SyntaxFailure
from convbias_lint.finding import Finding
from convbias_lint.rules.cb201_unguarded_bias_access import finding_of_access
from convbias_lint.rules.cb202_norm_channel_mismatch import finding_of_misfit
from convbias_lint.rules.cb203_missing_bias import finding_of_missing
from convbias_lint.rules.redundant import finding_of_bias


class CheckResult(NamedTuple):
    """What the rules say of one text, and which other files that depended on (absolute paths)."""

    findings: tuple[Finding, ...]
    dependencies: tuple[str, ...]


def check_text(
    text: str,
    filename: str,
    *,
    src: Sequence[str] = (),
    layers: Optional[Mapping[str, Mapping[str, object]]] = None,
    missing: bool = True,
) -> CheckResult:
    """Run every rule over ``text``; nothing is deselected or suppressed here.

    Without ``missing`` models without a norm are not looked at for CB203, which saves their run.
    """
    try:
        analysis = analyse(text, filename, src=src, layers=layers, missing=missing)
    except SyntaxFailure as failure:
        row = failure.position.row
        finding = Finding(
            "CB900", "syntax-error", failure.message, filename, failure.position, failure.position, row
        )
        return CheckResult((finding,), ())
    findings = [finding_of_bias(fact, filename) for fact in analysis.facts]
    findings += [finding_of_access(fact, filename) for fact in analysis.accesses]
    findings += [finding_of_misfit(fact, filename) for fact in analysis.misfits]
    findings += [finding_of_missing(fact, filename) for fact in analysis.missing]
    return CheckResult(tuple(sorted(findings, key=lambda f: f.sort_key)), analysis.dependencies)
