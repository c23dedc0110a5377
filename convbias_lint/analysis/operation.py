"""One call of a function on tensors, as its handlers see it."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.layer import CallSite, Step
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.shifts import under
from convbias_lint.analysis.values import (
    UNKNOWN,
    Const,
    Segment,
    Tensor,
    Value,
)


class Operation:
    """One call of a function on tensors, or of a tensor's method (then ``arguments`` start with it)."""

    __slots__ = ("arguments", "m", "name", "site", "step")

    def __init__(self, m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> None:
        self.m = m
        self.name = name
        self.arguments = arguments
        self.site = site
        self.step: Step = m.here(name, site)

    def first(self) -> Value:
        return self.get(0, "input") or self.arguments.keywords.get("x") or UNKNOWN

    def get(self, position: int, keyword: str) -> Optional[Value]:
        """The value of an argument if it was, or (UNKNOWN) may have been, given."""
        value = self.arguments.get(position, keyword)
        if value is None:
            return UNKNOWN if self.arguments.open_keywords else None
        return self.m.state.resolve(value)

    def integer(self, position: int, keyword: str, default: Optional[int] = None) -> Optional[int]:
        value = self.get(position, keyword)
        if value is None:
            return default
        return value.value if isinstance(value, Const) and isinstance(value.value, int) else None

    def use(self, position: int, keyword: str) -> None:
        """Whatever an argument holds is seen, if it was given."""
        self.m.use(self.get(position, keyword) or UNKNOWN, self.name)

    def use_all(self) -> Value:
        for value in self.arguments.all():
            self.m.use(value, self.name)
        return Tensor()


def flat_tensors(o: Operation, items: tuple[object, ...]) -> list[Tensor]:
    """The tensors among ``items``; those that are there in some configurations only carry that."""
    flat: list[Tensor] = []
    for item in items:
        if isinstance(item, Segment):
            for side, holds in ((item.yes, True), (item.no, False)):
                flat.extend(under(tensor, item.atom, holds) for tensor in flat_tensors(o, side))
        elif isinstance(item, Value):
            value = o.m.state.lift(
                item, lambda value: value if isinstance(value, Tensor) else _lost(o, value)
            )
            if isinstance(value, Tensor):
                flat.append(value)
    return flat


def _lost(o: Operation, value: Value) -> Value:
    o.m.use(value, o.name)
    return Tensor()
