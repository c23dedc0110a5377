"""What code is tried on, one layer without a bias, and how it fails."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import NamedTuple, Optional

from convbias_lint.analysis.bias_names import bases_of_layer
from convbias_lint.analysis.bias_values import Items, Type, Value


class Target(NamedTuple):
    """The layer (or several alike) that code is tried on.

    ``layer`` is the qualified name of its class; ``births`` are the ids of the calls of this file that
    build it, ``makers`` of those that are its own constructor's; ``homes`` the ids of the classes whose
    methods build it; ``paths`` the names that lead to it from an object of a class, with whether the
    layer is there in any case ("*" for names that the code tried does not mention).  ``registered``
    says that ``modules()`` comes upon it, ``exact`` that it is of no subclass of ``layer``.
    """

    layer: str
    births: frozenset[int]
    makers: frozenset[int]
    homes: frozenset[int]
    paths: Mapping[tuple[int, tuple[str, ...]], bool]
    registered: bool = True
    exact: bool = True
    names: Optional[frozenset[str]] = None
    """The names under which objects of classes hold the layer; None where it may have any."""

    def may_be_named(self, name: str) -> bool:
        return self.names is None or name in self.names

    def is_built_by(self, call: ast.Call) -> bool:
        return id(call) in self.makers

    def is_a(self, classes: Value) -> Optional[bool]:
        """Whether the layer is of a class, or of one of several; None where that is open."""
        if isinstance(classes, Items):
            answers = [self.is_a(item) for item in classes.values]
            return True if True in answers else None if None in answers else False
        if not isinstance(classes, Type):
            return None
        return classes.name in bases_of_layer(self.layer)


class Failure(NamedTuple):
    """``expression`` is None where a tensor is needed; ``line`` is the simple statement around it, if any.

    ``certain`` says that nothing decides whether it comes to this.
    """

    expression: ast.expr
    line: Optional[ast.stmt]
    certain: bool
