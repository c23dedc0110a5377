"""What a finding is recognised by from one run to the next: what the code says, not on which row."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from convbias_lint.reports.escapes import encodable

if TYPE_CHECKING:
    from convbias_lint.finding import Finding
    from convbias_lint.reports.report import Report


class Fingerprints:
    """Hands out fingerprints; equal findings of a file are numbered in order, so that each has its own."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        rows = self._report.rows(finding.filename, finding.cell)[finding.start.row - 1 : finding.end.row]
        code = " ".join(" ".join(rows).split())
        return self.of_parts(self._report.relative(finding.filename), finding.code, code)

    def of_parts(self, *parts: str) -> str:
        content = encodable("\0".join(parts).replace("\\", "/"))
        self._seen[content] += 1
        return hashlib.sha256(f"{content}\0{self._seen[content]}".encode()).hexdigest()[:40]
