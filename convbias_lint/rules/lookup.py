"""A rule by what someone typed: its code or its name, and what a wrong one may have meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from convbias_lint.rules.rule import Rule


def find_rule(asked: str, known: Mapping[str, Rule]) -> Optional[Rule]:
    """The rule of a code or a name, in any case."""
    rule = known.get(asked.upper())
    if rule is None:
        rule = next((rule for rule in known.values() if rule.name == asked.lower()), None)
    return rule


def hint(asked: str, known: Mapping[str, Rule]) -> str:
    """The end of a message about an unknown rule: which one may be meant, or where all are listed."""
    from difflib import get_close_matches

    wanted = asked.strip().lower()
    near = ""
    if wanted.startswith("cb") and not wanted[2:].strip("0123456789"):
        # Codes are so alike that their families say more than their letters: CB1 and CB109 mean CB10x.
        best = max(known, key=lambda code: _common_start(code, wanted.upper()))
        if _common_start(best, wanted.upper()) > len("CB"):
            near = best
    else:
        names = {rule.name: code for code, rule in known.items()}
        close = [name for name in names if name.startswith(wanted)] or get_close_matches(
            wanted, [*names, *(code.lower() for code in known)], n=1, cutoff=0.5
        )
        near = names.get(close[0], close[0].upper()) if close else ""
    if not near:
        return "; `convbias-lint rules` lists them all"
    return f"; did you mean {near} ({known[near].name})?"


def _common_start(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
