"""What a variable can hold while code is tried on one layer that has no bias.

No tuples: those of different classes, such as ``Known(0)`` and ``Subject(False)``, are equal.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any, Optional, Union

from convbias_lint.analysis.nodes import Function


@dataclass(frozen=True)
class Subject:
    """The layer; ``sure`` is False where it may be something else."""

    sure: bool


@dataclass(frozen=True)
class Missing:
    """The layer's bias, which is None."""

    sure: bool


@dataclass(frozen=True)
class Known:
    """A constant."""

    constant: Any


@dataclass(frozen=True)
class Type:
    """A class, by its qualified name; "" for one of this file, which no layer of PyTorch is of."""

    name: str


@dataclass(frozen=True)
class Items:
    """A tuple or list display, or (``module``) a container of PyTorch's own with all its layers."""

    values: tuple[Any, ...]
    module: bool = False


@dataclass(frozen=True)
class Around:
    """Something that is not the layer, and may hold it."""


@dataclass(frozen=True)
class Model:
    """An object of a class of this file."""

    cls: ast.ClassDef


@dataclass(frozen=True)
class Part:
    """Something inside such an object, by the names that lead to it, with the layer somewhere in it."""

    cls: ast.ClassDef
    path: tuple[str, ...]


@dataclass(frozen=True)
class Walk:
    """What a loop over the layers of a model gives, with the layer in question among them.

    ``pairs`` says that each comes with its name.
    """

    subject: Union[Subject, Around]
    pairs: bool


@dataclass(frozen=True)
class Func:
    """A function of this file, with the object it is a method of (or None)."""

    node: Function
    owner: Any


@dataclass(frozen=True)
class Present:
    """Something that is not None, such as a weight."""

    what: str = ""


@dataclass(frozen=True)
class Unsure:
    """Anything else."""


Value = Union[Subject, Missing, Known, Type, Items, Around, Model, Part, Walk, Func, Present, Unsure]

UNSURE = Unsure()
"""Anything that neither is the layer nor holds it."""
ANY = Subject(False)
AROUND = Around()
PRESENT = Present()
NONE = Known(None)


def joined(one: Value, other: Value) -> Value:
    """What a variable holds behind a branch that gave it one of two values."""
    if one == other:
        return one
    if isinstance(one, Missing) or isinstance(other, Missing):
        return Missing(False)
    return ANY if may_hold(one) or may_hold(other) else UNSURE


def may_hold(value: Value) -> bool:
    """Whether a value may be the layer, or may lead to it."""
    if isinstance(value, Items):
        return any(map(may_hold, value.values))
    return isinstance(value, (Subject, Around, Model, Part, Walk))


def holder(value: Value) -> Value:
    """What is made of a value that may lead to the layer: something that may lead to it, too."""
    return ANY if isinstance(value, Subject) else AROUND if may_hold(value) else UNSURE


def has_missing(value: Value) -> bool:
    """Whether a value is the layer's bias, or a display with it."""
    return isinstance(value, Missing) or (isinstance(value, Items) and any(map(has_missing, value.values)))


def truth_of(value: Value) -> Optional[bool]:
    """Whether a value is true; None where that is open."""
    if isinstance(value, Known):
        return bool(value.constant)
    if isinstance(value, Missing):
        return False
    if isinstance(value, Subject):
        return True if value.sure else None
    if isinstance(value, (Model, Type, Func)):
        return True
    if isinstance(value, Items):
        return bool(value.values)
    return None
