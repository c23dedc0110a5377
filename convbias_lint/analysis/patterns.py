"""``rearrange(x, "b c h w -> b (h w) c")``: what einops does with the axes, told by its patterns.

Axes that are joined keep a shift along the joint one.  An axis that is taken apart does not: the shift
would run along several.
"""

from __future__ import annotations

import re
from typing import Optional

from convbias_lint.analysis.layer import CallSite
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.shifts import normal_axis
from convbias_lint.analysis.values import Const, External, Partial, Tensor, Value

_TOKEN = re.compile(r"\s*(\.\.\.|\w+|[()])")
_REST = ("...",)
_PASSING = ("mean", "max", "min")

Groups = list[tuple[str, ...]]
"""One side of a pattern: for each axis the names in it, one unless it is put together."""


def rearranged(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``einops.rearrange`` and ``einops.repeat``."""
    return _with_pattern(m, "rearrange", arguments, arguments.get(1, "pattern"), site)


def reduced(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``einops.reduce``: a mean or an extreme of a shift is the shift itself."""
    how = arguments.get(2, "reduction")
    how = None if how is None else m.state.resolve(how)
    if not isinstance(how, Const) or how.value not in _PASSING:
        return _use_all(m, "reduce", arguments)
    return _with_pattern(m, "reduce", arguments, arguments.get(1, "pattern"), site)


def layer(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """``Rearrange("b c h w -> b (h w) c")`` from ``einops.layers.torch``."""
    pattern = arguments.get(0, "pattern")
    return Partial(External("einops.rearrange"), (), {} if pattern is None else {"pattern": pattern})


def reducing_layer(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    pattern, how = arguments.get(0, "pattern"), arguments.get(1, "reduction")
    given = {"pattern": pattern, "reduction": how}
    return Partial(External("einops.reduce"), (), {k: v for k, v in given.items() if v is not None})


def _use_all(m: Machine, name: str, arguments: Arguments) -> Value:
    for value in arguments.all():
        m.use(value, name)
    return Tensor()


def _with_pattern(
    m: Machine, name: str, arguments: Arguments, pattern: Optional[Value], site: Optional[CallSite]
) -> Value:
    pattern = None if pattern is None else m.state.resolve(pattern)
    sides = _sides(pattern.value) if isinstance(pattern, Const) and isinstance(pattern.value, str) else None
    given = arguments.get(0, "tensor")
    if sides is None or given is None:
        return _use_all(m, name, arguments)
    left, right = sides
    step = m.here(name, site)

    def move(value: Value) -> Value:
        if not isinstance(value, Tensor):
            m.use(value, name)
            return Tensor()
        rank = value.rank if _REST in left else len(left)
        out = []
        for shift in value.shifts:
            place = _moved(normal_axis(shift.axis, rank), rank, left, right)
            if place is None:
                m.use_shift(shift, name)
            else:
                out.append(shift.moved(place, step))
        return Tensor(tuple(out), None if _REST in right else len(right))

    return m.state.lift(given, move)


def _sides(pattern: str) -> Optional[tuple[Groups, Groups]]:
    parts = pattern.split("->")
    if len(parts) != 2:
        return None
    left, right = _groups(parts[0]), _groups(parts[1])
    return None if left is None or right is None else (left, right)


def _groups(text: str) -> Optional[Groups]:
    groups: Groups = []
    inside: Optional[list[str]] = None
    place = 0
    text = text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            return None
        token, place = found.group(1), found.end()
        if token == "(":
            inside = []
        elif token == ")":
            groups.append(tuple(inside or ()))
            inside = None
        elif inside is not None:
            inside.append(token)
        else:
            groups.append((token,))
    return groups


def _moved(axis: int, rank: Optional[int], left: Groups, right: Groups) -> Optional[int]:
    """Where an axis is found again, counted from the back behind "..."; None where it is taken apart."""
    group = _group_at(axis, rank, left)
    if group is None or len(group) != 1 or not group[0].isidentifier():
        return None
    for place, names in enumerate(right):
        if group[0] in names:
            return place - len(right) if _REST in right[:place] else place
    return None


def _group_at(axis: int, rank: Optional[int], groups: Groups) -> Optional[tuple[str, ...]]:
    if _REST not in groups:
        return groups[axis] if 0 <= axis < len(groups) else None
    rest = groups.index(_REST)
    if 0 <= axis < rest:
        return groups[axis]
    from_back = axis if axis < 0 else None if rank is None else axis - rank
    if from_back is None or not -(len(groups) - rest) < from_back < 0:
        return None
    return groups[from_back]
