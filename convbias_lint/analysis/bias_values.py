"""What a variable can hold while code is tried on one layer that has no bias."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple, Optional, Union

from convbias_lint.analysis.nodes import Function


class Subject(NamedTuple):
    """The layer; ``sure`` is False where it may be something else."""

    sure: bool


class Missing(NamedTuple):
    """The layer's bias, which is None."""

    sure: bool


class Known(NamedTuple):
    """A constant."""

    constant: Any


class Type(NamedTuple):
    """A class, by its qualified name; "" for one of this file, which no layer of PyTorch is of."""

    name: str


class Items(NamedTuple):
    """A tuple or list display, or (``module``) a container of PyTorch's own with all its layers."""

    values: tuple[Any, ...]
    module: bool = False


class Around(NamedTuple):
    """Something that is not the layer, and may hold it."""

    what: str = ""


class Model(NamedTuple):
    """An object of a class of this file."""

    cls: ast.ClassDef


class Part(NamedTuple):
    """Something inside such an object, by the names that lead to it, with the layer somewhere in it."""

    cls: ast.ClassDef
    path: tuple[str, ...]


class Walk(NamedTuple):
    """What a loop over the layers of a model gives, with the layer in question among them.

    ``pairs`` says that each comes with its name.
    """

    subject: Union[Subject, Around]
    pairs: bool


class Func(NamedTuple):
    """A function of this file, with the object it is a method of (or None)."""

    node: Function
    owner: Any


class Present(NamedTuple):
    """Something that is not None, such as a weight."""

    what: str = ""


class Unsure(NamedTuple):
    """Anything else."""

    what: str = ""


Value = Union[Subject, Missing, Known, Type, Items, Around, Model, Part, Walk, Func, Present, Unsure]

UNSURE = Unsure()
"""Anything that neither is the layer nor holds it."""
ANY = Subject(False)
AROUND = Around()
PRESENT = Present()
NONE = Known(None)


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal (tuples of different classes are not)."""
    return type(one) is type(other) and one == other


def joined(one: Value, other: Value) -> Value:
    """What a variable holds behind a branch that gave it one of two values."""
    if same(one, other):
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
