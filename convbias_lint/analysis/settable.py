"""Which attributes of an object may be something else by the time that its ``forward`` runs.

Methods that its ``__init__`` does not come by set them: ``def freeze(self): self.frozen = True``, or
``forward`` itself, for the next time.  Told from the text, as :mod:`outside` tells what others do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from convbias_lint.analysis.chunks import cut
from convbias_lint.analysis.class_hooks import set_by_hooks
from convbias_lint.analysis.classes import is_module_class
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.outside import AFTER_TRAINING, HOW
from convbias_lint.analysis.values import UNKNOWN, Choice, Class, Const, Instance, Symbol, Value

_CLASS = re.compile(r"class(?<!.class)[ \t]+(\w+)")
_METHOD = re.compile(r"\n[ \t]+(?:async[ \t]+)?def[ \t]+(\w+)")
_SETTER = re.compile(r"^[ \t]+@(\w+)\.setter\b", re.MULTILINE)
_MENTIONED = re.compile(r"self(?<!\wself)\.(\w+)")
_INHERITED = re.compile(r"super\(\)\.(\w+)")
_STATEMENT = re.compile(
    r"\n[ \t]+((?:[\w.\[\]]+[ \t]*,[ \t]*)*\(?self\.\w+(?:[ \t]*,[ \t]*[\w.\[\]]+)*,?\)?)"
    r"[ \t]*(?::[^=\n]+)?(?:[-+*/%|&]|//)?=(?!=)"
)
_TARGET = re.compile(r"\bself\.(\w+)(?![\w.\[])")
_BY_NAME = re.compile(r"\bsetattr\(\s*self\s*,\s*[\"'](\w+)[\"']")
_ROOTS = ("__init__", "__post_init__", "build")


class Method(NamedTuple):
    """What a method's text says: the attributes of ``self`` that it names, and those that it sets."""

    name: str
    mentions: frozenset[str]
    sets: frozenset[str]
    is_setter: bool


class Methods:
    """The methods of the classes of a file, each class read when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._texts = {start.group(1): body for start, body in cut(text, list(_CLASS.finditer(text)))}
        self._known: dict[str, tuple[Method, ...]] = {}

    def of(self, cls: str) -> tuple[Method, ...]:
        """The methods of a class at the top level; none where there is no such class."""
        if cls not in self._known:
            self._known[cls] = tuple(_methods(self._texts.get(cls, "")))
        return self._known[cls]


def _methods(text: str) -> Iterable[Method]:
    setters = set(_SETTER.findall(text)) if ".setter" in text else set()
    seen: set[str] = set()
    for start, body in cut(text, list(_METHOD.finditer(text))):
        name = start.group(1)
        sets = set(_BY_NAME.findall(body)) if "setattr(" in body else set()
        for targets in _STATEMENT.findall(body):
            sets.update(_TARGET.findall(targets))
        # The getter stands first.
        mentioned = frozenset(_MENTIONED.findall(body) + _INHERITED.findall(body))
        yield Method(name, mentioned, frozenset(sets), name in setters & seen)
        seen.add(name)


class Settable(NamedTuple):
    """The attributes that may be something else once an object is there."""

    names: frozenset[str]
    flags: frozenset[str]
    """Those that building sets in several steps, one of which others may take later."""


def settable_names(classes: Iterable[tuple[Method, ...]], changed: Iterable[str]) -> Settable:
    """The attributes that may be set once an object is there.

    ``classes``: the methods of its class and of those it derives from; ``changed``: what code outside sets.
    """
    methods = [method for cls in classes for method in cls]
    building, todo = set(_ROOTS), set(_ROOTS)
    while todo:
        mentioned = {name for method in methods if method.name in todo for name in method.mentions}
        todo = mentioned - building
        building |= todo
    names = set(changed)
    flags: set[str] = set()
    for method in methods:
        if AFTER_TRAINING.search(method.name) is not None or method.name.startswith("__set"):
            continue
        if method.is_setter or method.name.startswith("set_") or method.name not in building:
            names |= method.sets
        elif not method.name.startswith("_") and method.name not in _ROOTS:
            others = (other.sets for other in methods if other.name in building and other is not method)
            flags |= method.sets & frozenset().union(*others)
    return Settable(*(frozenset(n for n in found if not HOW.search(n)) for found in (names, flags)))


def leave_open(m: Machine, cls: Class, instance: Instance) -> None:
    """Let attributes be something else, too, that may be set by the time that ``forward`` runs."""
    settable = m.settable.get(cls.node)
    if settable is None:
        bases = [base for base in cls.mro or (cls,) if isinstance(base, Class)]
        methods = (base.file.methods_of(base.node.name) for base in bases)
        settable = m.settable[cls.node] = settable_names(methods, m.changed | set_by_hooks(m, cls))
    # Where names are computed these are options of a config: parts of models are told by their names.
    any_name = "*" in m.changed and not is_module_class(cls)
    for name in list(instance.state) if any_name else settable.names.intersection(instance.state):
        value = instance.state[name]
        if isinstance(value, (LayerValue, Instance, Choice)) and name in settable.names:
            m.state.write(instance.state, name, Choice(m.state.fresh("set"), UNKNOWN, value))
        elif isinstance(value, (Symbol, Const)):
            m.state.write(instance.state, name, Symbol(m.state.fresh("set"), name))
    for name in settable.flags.intersection(instance.state):
        if _is_flag(instance.state[name]):
            m.state.write(instance.state, name, Symbol(m.state.fresh("set"), name))


def _is_flag(value: Value) -> bool:
    if isinstance(value, Choice):
        return _is_flag(value.yes) and _is_flag(value.no)
    return isinstance(value, Const) and (value.value is None or isinstance(value.value, bool))
