"""Findings of a live model in any format of ``check``, at the source lines that built the layers."""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from convbias_lint.finding import Finding
from convbias_lint.live_tools.errors import ToolError
from convbias_lint.live_tools.safe_write import written_whole
from convbias_lint.reports import FORMATS, TEXT_FORMATS, render
from convbias_lint.reports.report import Report
from convbias_lint.reports.style import colour_wanted
from convbias_lint.result import FileResult


def require_format(name: str) -> None:
    """Refuse a wrong ``--output-format`` before any work is done."""
    if name != "table" and name not in FORMATS:
        raise ToolError(f"--output-format: choose table or one of {', '.join(FORMATS)}")


def write_report(path: str, data: Any) -> None:
    """Write ``data`` to ``path`` as JSON, whole or not at all."""
    with written_whole(path, force=True) as temporary, open(temporary, "w", encoding="utf-8") as stream:
        stream.write(json.dumps(data, indent=2) + "\n")


def render_findings(format_name: str, findings: Sequence[Finding]) -> str:
    """``findings`` as ``check`` shows them: grouped by file, coloured on a terminal."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.filename].append(finding)
    results = [FileResult(name, tuple(found)) for name, found in sorted(by_file.items())]
    colour = format_name in TEXT_FORMATS and colour_wanted(sys.stdout)
    return render(format_name, Report(results, cwd=os.getcwd(), colour=colour, from_files=False))
