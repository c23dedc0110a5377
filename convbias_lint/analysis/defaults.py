"""Whether a configuration is one that is built: by the defaults of parameters, or by what callers pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from convbias_lint.analysis.conditions import COMPARISONS, constant_key
from convbias_lint.analysis.layer import Guard
from convbias_lint.analysis.values import Const, Symbol, Tuple

Passed = Callable[[Symbol, Any, bool], bool]
"""Whether a caller in view passes for a parameter what makes an atom hold (or not)."""


def seen(guard: Guard, symbols: dict[Any, Symbol], passed: Passed) -> bool:
    """Whether the defaults of parameters, or what callers pass, allow what happened under ``guard``."""
    return all(
        _default_allows(atom, value, symbols)
        or (atom[0] in ("is", "truth") and atom[1] in symbols and passed(symbols[atom[1]], atom, value))
        for atom, value in _essential(guard)
    )


def _essential(guard: Guard) -> Guard:
    """Without what the rest implies: an option that is on, or is some constant, is not None."""
    told = {atom[1] for atom, value in guard if value and atom[0] in ("is", "truth")}
    return frozenset(
        (atom, value)
        for atom, value in guard
        if value or atom[0] != "is" or atom[1] not in told or _is_on(atom[2])
    )


def _is_on(constant: Any) -> bool:
    """Whether an option that is on may still be this constant."""
    return constant == "default" or constant[0] == "class" or bool(constant[1])


def _default_allows(atom: Any, value: bool, symbols: dict[Any, Symbol]) -> bool:
    kind = atom[0]
    if kind in ("is", "truth"):
        symbol = symbols.get(atom[1])
        if symbol is None or (symbol.default is None and symbol.shown is None):
            return True
        default = symbol.default
        if symbol.shown is not None and value and kind == "is" and atom[2] == ("class", repr(symbol.shown)):
            return True
        if symbol.shown is not None and value and kind == "truth":
            return True
        if kind == "truth":
            return not isinstance(default, Const) or bool(default.value) == value
        if atom[2] == "default":
            return value
        if isinstance(default, Const):
            return bool(atom[2] == constant_key(default.value)) == value
        return not value
    if kind == "length":
        counted = isinstance(atom[1], tuple) and atom[1][0] == "len"
        symbol = symbols.get(atom[1][1] if counted else atom[1])
        default = None if symbol is None else symbol.default
        if counted:
            return not isinstance(default, Tuple) or (len(default.items) >= atom[2]) is value
        number = default.value if isinstance(default, Const) else None
        return not isinstance(number, int) or (number >= atom[2]) is value
    if kind == "compare" and atom[1] in (">", ">=", "<", "<=", "=="):
        sides = []
        for part in atom[2:4]:
            if isinstance(part, tuple) and part and part[0] == "const":
                sides.append(part[2])
                continue
            symbol = symbols.get(part)
            if symbol is None or not isinstance(symbol.default, Const):
                return True
            sides.append(symbol.default.value)
        try:
            held = COMPARISONS[atom[1]](*sides)
        except TypeError:
            return True
        return bool(held) == value
    return True
