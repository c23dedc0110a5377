"""Objects in view that say themselves whether they are true, how long they are and what they are equal to."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.classes import external_bases, find_member
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.values import (
    UNKNOWN,
    Bound,
    Class,
    Function,
    Instance,
    StaticMethod,
    Value,
)

_PLAIN = ("torch.nn.", "keras.", "abc.", "typing.", "builtins.object", "builtins.Exception")
"""Where classes come from whose objects are true, and equal to nothing but themselves."""


def truth_of(m: Machine, instance: Instance) -> Optional[Value]:
    """What ``bool(instance)`` asks the object; None where it is true, as objects are."""
    for name in ("__bool__", "__len__"):
        method = find_member(m, instance.cls, name)
        if isinstance(method, (Function, StaticMethod)):
            return m.call(Bound(method, instance), Arguments(), None)
    return None if _is_plain(instance) else UNKNOWN


def has_own_equal(m: Machine, value: Value) -> bool:
    """Whether what an object is equal to is for its class to say."""
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return False
    return isinstance(find_member(m, value.cls, "__eq__"), Function) or not _is_plain(value)


def has_own(m: Machine, value: Value, *names: str) -> bool:
    """Whether the class of an object defines one of these methods."""
    if not isinstance(value, Instance) or not isinstance(value.cls, Class):
        return False
    return any(isinstance(find_member(m, value.cls, name), Function) for name in names)


def _is_plain(instance: Instance) -> bool:
    if not isinstance(instance.cls, Class):
        return True
    return all(not name or name.startswith(_PLAIN) for name in external_bases(instance.cls))
