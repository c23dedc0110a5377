"""Trying code on one layer without a bias: what is known on the way, and what has failed.

The code of a class or function is run once, with one question in mind: where does it come upon the
layer, and does it use the layer's ``bias`` there as if it were a tensor?  Conditions are decided for
just this layer (``isinstance(m, nn.Conv2d)``, ``m.bias is not None``); what they do not decide is run
in doubt.  A failure that is met without any doubt is a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, Optional

import libcst as cst

from convbias_lint.analysis.bias_names import Names, bases_of_layer, parameters
from convbias_lint.analysis.bias_text import Touchy
from convbias_lint.analysis.bias_values import (
    UNSURE,
    Func,
    Items,
    Known,
    Model,
    Part,
    Subject,
    Type,
    Value,
    Walk,
)

MAX_STEPS = 60_000
MAX_DEPTH = 8


class TooMuch(Exception):
    """The code is too large to be tried."""


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

    def is_last(self, name: str) -> bool:
        return any(path[-1] == name for _, path in self.paths)

    def is_built_by(self, call: cst.Call) -> bool:
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
    """``expression`` is None where a tensor is needed; ``line`` is the statement, if it has its own row.

    ``certain`` says that nothing decides whether it comes to this.
    """

    expression: cst.BaseExpression
    line: Optional[cst.SimpleStatementLine]
    certain: bool


class Trial:
    """The state of one run; :class:`bias_statements.Runner` adds how statements are run."""

    def __init__(self, names: Names, touchy: Touchy, target: Target) -> None:
        self.names = names
        self.touchy = touchy
        self.target = target
        self.env: dict[str, Value] = {}
        self.failures: dict[int, Failure] = {}
        self.certain = True
        self.born = False
        self.line: Optional[cst.SimpleStatementLine] = None
        self.inlined: list[cst.FunctionDef] = []
        self.closures: dict[int, dict[str, Value]] = {}
        """The variables around a function that is defined inside another, by the id of its node."""
        self._active: list[cst.FunctionDef] = []
        self._steps = 0

    # Implemented by Runner.
    def evaluate(self, node: Any) -> Value:
        raise NotImplementedError

    def run_body(self, body: Any) -> None:
        raise NotImplementedError

    def step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooMuch

    def fails(self, expression: Any, sure: bool) -> None:
        """Note that None was used as a tensor."""
        certain = self.certain and sure and self.target.exact
        known = self.failures.get(id(expression))
        if known is None or (certain and not known.certain):
            self.failures[id(expression)] = Failure(expression, self.line, certain)

    @contextmanager
    def doubt(self) -> Iterator[None]:
        """What is run inside may not be run at all."""
        before, self.certain = self.certain, False
        try:
            yield
        finally:
            self.certain = before

    @contextmanager
    def scope(self, env: dict[str, Value]) -> Iterator[None]:
        """Other variables for what is run inside."""
        before, self.env = self.env, env
        try:
            yield
        finally:
            self.env = before

    # -- what names and attributes stand for ----------------------------------------------------------

    def named(self, node: Any) -> Value:
        """A name of the file: a function or class of its own, or something of PyTorch."""
        if isinstance(node, cst.Name):
            function = self.names.functions.get(node.value)
            if function is not None:
                return Func(function, None)
            if node.value in self.names.classes:
                return Type("")
        qualified = self.names.qualified(node)
        return Type(qualified) if qualified is not None and qualified.split(".")[0] == "torch" else UNSURE

    def member(self, base: Value, name: str) -> Value:
        """An attribute of a model of this file, or of a part of one."""
        if not isinstance(base, (Model, Part)):
            return UNSURE
        path = (*base.path, name) if isinstance(base, Part) else (name,)
        inside = False
        for cls in self.names.lineage(base.cls):
            sure = self.target.paths.get((id(cls), path))
            if sure is not None:
                return Subject(sure) if self.born else UNSURE
            inside = inside or any(
                home == id(cls) and way[: len(path)] == path for home, way in self.target.paths
            )
        if inside:
            return Part(base.cls, path)
        if isinstance(base, Model):
            method = self.names.method(base.cls, name)
            if method is not None:
                static = any(
                    isinstance(d.decorator, cst.Name) and d.decorator.value == "staticmethod"
                    for d in method.decorators
                )
                return Func(method, None if static else base)
        return UNSURE

    def some_child(self, base: Part) -> Value:
        """One of the layers of a container, where it is open which one."""
        found = self._children(base)
        return UNSURE if found is None else Subject(False)

    def _children(self, base: Value) -> Optional[Subject]:
        """The layer, if it is a direct child of a model or a part of one."""
        if not self.born or not isinstance(base, (Model, Part)):
            return None
        path = base.path if isinstance(base, Part) else ()
        homes = {id(cls) for cls in self.names.lineage(base.cls)}
        for (home, way), sure in self.target.paths.items():
            if home in homes and len(way) == len(path) + 1 and way[: len(path)] == path:
                return Subject(sure)
        return None

    def walked(self, base: Value, deep: bool) -> Optional[Subject]:
        """The layer, if a loop over the layers of ``base`` may come upon it."""
        if isinstance(base, Subject):
            return base
        if not isinstance(base, (Model, Part)):
            return Subject(False)
        if not deep:
            return self._children(base)
        if not self.born:
            return None
        homes = {id(cls) for cls in self.names.lineage(base.cls)}
        if isinstance(base, Model):
            return Subject(self.target.registered) if homes & self.target.homes else None
        ways = [
            sure
            for (home, way), sure in self.target.paths.items()
            if home in homes and way[: len(base.path)] == base.path
        ]
        return Subject(any(ways)) if ways else None

    def bind_loop(self, target: Any, iterable: Value) -> bool:
        """Give the variables of a loop their values; whether the loop comes upon the layer for sure."""
        subject: Optional[Subject] = None
        pairs = False
        if isinstance(iterable, Walk):
            subject, pairs = iterable
        elif isinstance(iterable, Items):
            found = [value for value in iterable.values if isinstance(value, Subject)]
            subject = Subject(any(value.sure for value in found)) if found else None
        elif isinstance(iterable, Part):
            subject = self._children(iterable)
        self.forget(target)
        last = target
        if pairs:
            last = None
            if isinstance(target, cst.Tuple) and len(target.elements) == 2:
                last = target.elements[1].value
        if subject is not None and isinstance(last, cst.Name):
            self.env[last.value] = subject
            return True
        return False

    def forget(self, target: Any) -> None:
        """A variable gets a value that is not followed."""
        if isinstance(target, cst.Name):
            self.env[target.value] = UNSURE
        elif isinstance(target, (cst.Tuple, cst.List)):
            for element in target.elements:
                self.forget(element.value)
        elif isinstance(target, cst.StarredElement):
            self.forget(target.value)

    # -- calls of functions of the file ---------------------------------------------------------------

    def enter(self, node: cst.FunctionDef, owner: Optional[Model], others: Value, defaults: bool) -> None:
        """Run a function for a caller who is not seen; ``others`` is what its parameters may be."""
        env: dict[str, Value] = {}
        params = parameters(node)
        if owner is not None and params:
            env[params[0].name.value] = owner
        for param in params:
            if param.name.value not in env:
                constant = _constant(param.default) if defaults and param.default is not None else None
                env[param.name.value] = others if constant is None else constant
        self._active.append(node)
        with self.scope(env):
            self.run_body(node.body)
        self._active.pop()

    def inline(self, callee: Func, call: cst.Call, values: list[Value]) -> Value:
        """Run a function of the file with the values it is called with."""
        node = callee.node
        name = node.name.value
        owner = callee.owner.cls.name.value if isinstance(callee.owner, Model) else ""
        if node in self._active or len(self._active) >= MAX_DEPTH:
            return UNSURE
        if name != "__init__" and not self.touchy.may_touch(name, owner):
            return UNSURE
        if callee.owner is not None:
            values = [callee.owner, *values]
        env: dict[str, Value] = {}
        names = [param.name.value for param in (*node.params.posonly_params, *node.params.params)]
        offset = len(values) - len(call.args)
        for place, value in enumerate(values):
            arg = call.args[place - offset] if offset <= place < offset + len(call.args) else None
            if arg is not None and arg.star:
                break
            if arg is not None and arg.keyword is not None:
                env[arg.keyword.value] = value
            elif place < len(names):
                env[names[place]] = value
        complete = not any(arg.star for arg in call.args)
        self._fill(env, node, complete)
        env = {**self.closures.get(id(node), {}), **env}
        self._active.append(node)
        self.inlined.append(node)
        line = self.line
        with self.scope(env):
            self.run_body(node.body)
        self.line = line
        self._active.pop()
        return UNSURE

    def _fill(self, env: dict[str, Value], node: cst.FunctionDef, defaults: bool) -> None:
        """The parameters that a call leaves out."""
        for param in parameters(node):
            if param.name.value not in env:
                constant = _constant(param.default) if defaults and param.default is not None else None
                env[param.name.value] = UNSURE if constant is None else constant

    def call_super(self, call: cst.Call, name: str) -> Optional[Value]:
        """``super().name(…)``: the method of a base in this file, if there is one."""
        for function in reversed(self._active):
            owner = self._class_of(function)
            me = self.env.get(function.params.params[0].name.value) if function.params.params else None
            if owner is None or not isinstance(me, Model):
                return None
            method = self.names.method(owner, name, behind=True)
            if method is None:
                return None
            values = [self.evaluate(arg.value) for arg in call.args]
            return self.inline(Func(method, me), call, values)
        return None

    def _class_of(self, function: cst.FunctionDef) -> Optional[cst.ClassDef]:
        return next((cls for cls in self.names.classes.values() if function in cls.body.body), None)

    def built(self, call: cst.Call) -> Value:
        """The object that the call of a class of this file makes."""
        func = call.func
        if isinstance(func, cst.Name) and func.value not in self.env:
            cls = self.names.classes.get(func.value)
            if cls is not None:
                homes = {id(base) for base in self.names.lineage(cls)}
                self.born = self.born or bool(homes & self.target.homes)
                return Model(cls)
        return UNSURE


def _constant(node: cst.BaseExpression) -> Optional[Known]:
    if isinstance(node, cst.Name) and node.value in ("None", "True", "False"):
        return Known({"None": None, "True": True, "False": False}[node.value])
    if isinstance(node, cst.Integer):
        return Known(node.evaluated_value)
    if isinstance(node, cst.SimpleString):
        return Known(node.evaluated_value)
    return None
