"""The objects of the ``json`` format, one on each line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from convbias_lint.reports.json import items

if TYPE_CHECKING:
    from convbias_lint.reports.report import Report


def render(report: Report) -> str:
    return "".join(json.dumps(item) + "\n" for item in items(report))
