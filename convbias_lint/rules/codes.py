"""The codes of all rules, for whoever must know them before anything else is imported.

A test keeps them equal to the rules that :func:`convbias_lint.rules.all_rules` finds.
"""

from __future__ import annotations

CODES = (
    "CB101",
    "CB102",
    "CB103",
    "CB104",
    "CB105",
    "CB201",
    "CB202",
    "CB203",
    "CB900",
    "CB901",
)
