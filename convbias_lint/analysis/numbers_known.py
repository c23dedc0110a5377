"""Which of the values that a caller chooses are numbers for certain.

A number leaves a shift a shift.  A tensor does so only where it is the same at all places, and that nobody
can tell of a tensor that a caller passes: as a mask, say.
"""

from __future__ import annotations

from typing import Any

from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.values import Const, Symbol, Value

_COUNTS = frozenset(("behind", "channels", "dim", "len", "number", "number of", "place", "product", "rank"))
"""What the keys of symbols begin with that stand for lengths and counts."""
_OF_LAYERS = frozenset(("dilation", "groups", "in_channels", "kernel_size", "out_channels", "stride"))


def is_number(m: Machine, value: Value) -> bool:
    if not isinstance(value, Symbol):
        return False
    return _has_numeric_default(value) or _is_numeric(m, value.key)


def _has_numeric_default(symbol: Symbol) -> bool:
    default = symbol.default
    given = isinstance(symbol.key, tuple) and symbol.key[0] == "input"
    # What ``forward`` is given may differ from sample to sample, whatever it is by default.
    return not given and isinstance(default, Const) and type(default.value) in (int, float)


def _is_numeric(m: Machine, key: Any) -> bool:
    """Whether the symbol of this key is a number."""
    if not isinstance(key, tuple) or not key:
        return False
    kind = key[0]
    if kind in _COUNTS or kind in _OF_LAYERS or key in m.numbers:
        return True
    if kind == "const":
        return key[1] in ("int", "float")
    if kind in ("binary", "unary"):
        return all(_is_numeric(m, part) for part in key[2:])
    if kind == "attribute":
        return _is_option(key[1])
    return False


def _is_option(key: Any) -> bool:
    """Whether an object is one with options, such as ``config``: a parameter of a model's constructor."""
    while isinstance(key, tuple) and key and key[0] == "attribute":
        key = key[1]
    return isinstance(key, tuple) and bool(key) and key[0] in ("parameter", "argument", "field")
