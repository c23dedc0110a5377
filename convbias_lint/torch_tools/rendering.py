"""Findings of a live model in any format of ``check``, at the source lines that built the layers."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Sequence

from convbias_lint.finding import Finding
from convbias_lint.reports import TEXT_FORMATS, render
from convbias_lint.reports.report import Report
from convbias_lint.result import FileResult


def render_findings(format_name: str, findings: Sequence[Finding]) -> str:
    """``findings`` as ``check`` shows them: grouped by file, coloured on a terminal."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.filename].append(finding)
    results = [FileResult(name, tuple(found)) for name, found in sorted(by_file.items())]
    colour = format_name in TEXT_FORMATS and _coloured()
    return render(format_name, Report(results, cwd=os.getcwd(), colour=colour, from_files=False))


def _coloured() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
