"""Texts put together of known and open parts: ``f"conv{i}"``, ``"Conv%dd" % dim``, ``"Conv{}d".format(dim)``.

They are alike where their parts are, however they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional

from convbias_lint.analysis.conditions import constant_key, key_of
from convbias_lint.analysis.values import NEVER, UNKNOWN, Choice, Const, External, Symbol, Value

_PERCENT = re.compile(r"%[ds]")
_BRACES = re.compile(r"\{(\w*)\}")
_DIMENSIONS = frozenset("123")


def joined(parts: Sequence[Value]) -> Value:
    """The text that the parts make one behind the other."""
    if all(isinstance(part, Const) for part in parts):
        return Const("".join(str(part.value) for part in parts if isinstance(part, Const)))
    keys = tuple(key_of(part) for part in parts if not (isinstance(part, Const) and part.value == ""))
    if None in keys:
        return UNKNOWN
    open_parts = [part for part in parts if isinstance(part, Symbol)]
    return Symbol(("text", keys), "text", least=open_parts[0].least if len(open_parts) == 1 else None)


def may_be(symbol: Symbol, other: Value) -> bool:
    """Whether an open text may be another: ``f"conv{i}"`` is not ``"conv0"`` where ``i`` is at least 1."""
    ends = _ends(symbol)
    if ends is None:
        return True
    before, behind = ends
    if isinstance(other, Symbol):
        others = _ends(other)
        return others is None or (_agree(before, others[0]) and _agree(behind[::-1], others[1][::-1]))
    text = other.value if isinstance(other, Const) else None
    if not isinstance(text, str):
        return True
    if not (text.startswith(before) and text.endswith(behind)):
        return False
    part = text[len(before) : len(text) - len(behind)]
    return not (part.isdigit() and symbol.least is not None and int(part) < symbol.least)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _ends(symbol: Symbol) -> Optional[tuple[str, str]]:
    """What a text begins and ends with."""
    if not (isinstance(symbol.key, tuple) and symbol.key[0] == "text"):
        return None
    keys = symbol.key[1]
    places = [place for place, key in enumerate(keys) if key[:1] != ("const",)]
    before, behind = keys[: places[0]], keys[places[-1] + 1 :]
    return "".join(str(key[2]) for key in before), "".join(str(key[2]) for key in behind)


def percent(template: str, values: Sequence[Value]) -> Value:
    """``template % values``."""
    return _filled(template, _PERCENT, values, {}) if "%%" not in template else UNKNOWN


def braces(template: str, positional: Sequence[Value], named: dict[str, Value]) -> Value:
    """``template.format(*positional, **named)``."""
    escaped = "{{" in template or "}}" in template
    return UNKNOWN if escaped else _filled(template, _BRACES, positional, named)


def _filled(
    template: str, holes: re.Pattern[str], positional: Sequence[Value], named: dict[str, Value]
) -> Value:
    parts: list[Value] = []
    place = 0
    for number, hole in enumerate(holes.finditer(template)):
        name = hole.group(1) if holes.groups else ""
        value: Optional[Value] = named.get(name)
        if value is None and (not name or name.isdigit()):
            index = int(name) if name else number
            value = positional[index] if index < len(positional) else None
        if value is None:
            return UNKNOWN
        parts += [Const(template[place : hole.start()]), value]
        place = hole.end()
    rest = template[place:]
    if not parts or "%" in rest or "{" in rest or any(set("%{") & set(_text_of(part)) for part in parts[::2]):
        return UNKNOWN
    return joined([*parts, Const(rest)])


def _text_of(part: Value) -> str:
    return str(part.value) if isinstance(part, Const) else ""


def layer_named(obj: External, name: Symbol, known: Iterable[str], default: Value = NEVER) -> Optional[Value]:
    """``getattr(nn, f"Conv{dim}d", default)``: one of the layers known that have such a name.

    There are none but those in one, two and three dimensions where there are all these.
    """
    open_part = _around(name)
    if open_part is None:
        return None
    before, key, behind = open_part
    found = dict(_captured(obj.name, before, behind, known))
    if not found:
        return None
    result = default if found.keys() >= _DIMENSIONS else UNKNOWN
    for part, full in found.items():
        constant = constant_key(int(part) if part.isdigit() else part)
        result = Choice(("is", key, constant), External(full), result)
    return result


def _around(name: Symbol) -> Optional[tuple[str, Any, str]]:
    """What stands before and behind the only part of a text that is open, and the key of that."""
    ends = _ends(name)
    if ends is None:
        return None
    parts = [key for key in name.key[1] if key[:1] != ("const",)]  # type: ignore[index]
    return (ends[0], parts[0], ends[1]) if len(parts) == 1 else None


def _captured(module: str, before: str, behind: str, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    pattern = re.compile(rf"{re.escape(module)}\.{re.escape(before)}(\d|[A-Za-z]+){re.escape(behind)}")
    for full in known:
        match = pattern.fullmatch(full)
        if match is not None:
            yield match.group(1), full
