"""How grave a finding is, for formats that ask."""

from __future__ import annotations

_GRAVE = ("CB201", "CB202", "CB900")
"""Code that crashes, or that is no Python."""
_SLIGHT = ("CB203", "CB901")


def severity(code: str) -> str:
    """``error``, ``warning`` or ``note``: a redundant bias costs, but breaks nothing."""
    return "error" if code in _GRAVE else "note" if code in _SLIGHT else "warning"
