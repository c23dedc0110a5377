"""What the linter says of code that uses ``.bias``."""

from __future__ import annotations

from collections.abc import Sequence

from convbias_lint.finding import Applicability, Finding
from convbias_lint.rules.run import check_text


def found(text: str) -> list[Finding]:
    compile(text, "model.py", "exec")
    return [finding for finding in check_text(text, "model.py").findings if finding.code == "CB201"]


def rows_of(text: str, findings: Sequence[Finding]) -> list[str]:
    """The rows that findings stand on."""
    rows = text.split("\n")
    return [rows[finding.start.row - 1].strip() for finding in findings]


def redundant_fix(text: str) -> Applicability:
    compile(text, "model.py", "exec")
    (finding,) = [f for f in check_text(text, "model.py").findings if f.code == "CB101"]
    assert finding.fix is not None
    return finding.fix.applicability
