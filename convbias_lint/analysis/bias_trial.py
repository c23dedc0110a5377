"""Trying code on one layer without a bias: what is known on the way, and what has failed.

The code of a class or function is run once, with one question in mind: where does it come upon the
layer, and does it use the layer's ``bias`` there as if it were a tensor?  Conditions are decided for
just this layer (``isinstance(m, nn.Conv2d)``, ``m.bias is not None``); what they do not decide is run
in doubt.  A failure that is met without any doubt is a fact.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, Optional, Union

from convbias_lint.analysis.bias_attributes import Attributes
from convbias_lint.analysis.bias_names import bases_of_layer, is_static, parameters, positional
from convbias_lint.analysis.bias_text import Touchy
from convbias_lint.analysis.bias_values import (
    ANY,
    AROUND,
    PRESENT,
    UNSURE,
    Around,
    Func,
    Items,
    Known,
    Missing,
    Model,
    Part,
    Subject,
    Type,
    Value,
    Walk,
    has_missing,
    may_hold,
)
from convbias_lint.analysis.nodes import Function

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
    lasts: Optional[frozenset[str]] = None
    """The names under which objects of classes hold the layer; None where it may have any."""

    def is_last(self, name: str) -> bool:
        return self.lasts is None or name in self.lasts

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


class Trial:
    """The state of one run; :class:`bias_statements.Runner` adds how statements are run."""

    def __init__(self, attributes: Attributes, touchy: Touchy, target: Target) -> None:
        self.names = attributes.names
        self.attributes = attributes
        self.touchy = touchy
        self.target = target
        self.env: dict[str, Value] = {}
        self.failures: dict[int, Failure] = {}
        self.certain = True
        self.born = False
        self.line: Optional[ast.stmt] = None
        self.inlined: list[Function] = []
        self.calls: set[int] = set()
        """The ids of the calls that were come upon."""
        self.globals: dict[str, Value] = {}
        self.given: set[tuple[int, str]] = set()
        """The attributes of classes that code was seen to give something that may hold the layer."""
        self.results: list[Value] = []
        """What the function that is run gives back."""
        self.closures: dict[int, dict[str, Value]] = {}
        """The variables around a function that is defined inside another, by the id of its node."""
        self._active: list[Function] = []
        self.steps = 0
        self.allowed = MAX_STEPS

    # Implemented by Runner.
    def evaluate(self, node: Any) -> Value:
        raise NotImplementedError

    def run_body(self, body: Any) -> None:
        raise NotImplementedError

    def step(self) -> None:
        self.steps += 1
        if self.steps > self.allowed:
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
        if isinstance(node, ast.Name):
            function = self.names.functions.get(node.id)
            if function is not None:
                return Func(function, None)
            if node.id in self.names.classes:
                return Type("")
            if node.id in self.globals:
                return self.globals[node.id]
            if self.names.is_bound(node.id):
                return ANY
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
                return Func(method, None if is_static(method) else base)
            return self._unlisted(base, name)
        return UNSURE

    def _unlisted(self, base: Model, name: str) -> Value:
        """An attribute of a model under which the runs of the models did not see the layer."""
        lineage = self.names.lineage(base.cls)
        if name in ("_modules", "__dict__"):
            return AROUND if self.born else UNSURE
        if any((id(cls), name) in self.given for cls in lineage):
            return ANY
        owners = {home for home, _ in self.target.paths}
        if any(id(cls) in owners for cls in lineage):
            return UNSURE
        return self.inside(AROUND, name, self.attributes.held(base.cls, name))

    def inside(self, base: Value, name: str, held: Value = ANY) -> Value:
        """An attribute of something that may hold the layer; ``held`` is what it may be at most."""
        if name == "bias":
            return UNSURE
        if name == "weight":
            return PRESENT
        if isinstance(held, Subject) and not self.target.is_last(name):
            return AROUND
        return held

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

    def children_of(self, value: Value) -> Optional[Subject]:
        """The layer, if a loop over ``value`` comes upon it; None where that is not known."""
        if isinstance(value, Items):
            found = [item for item in value.values if isinstance(item, Subject)]
            return Subject(any(item.sure for item in found)) if found else None
        return self._children(value)

    def walked(self, base: Value, deep: bool) -> Optional[Subject]:
        """The layer, if a loop over the layers of ``base`` may come upon it."""
        if isinstance(base, Subject):
            return base
        if isinstance(base, Items):
            found = [value for value in base.values if may_hold(value)]
            sure = any(isinstance(value, Subject) and value.sure for value in found)
            return Subject(sure) if found else None
        if not isinstance(base, (Model, Part)):
            return Subject(False)
        if not deep:
            return self._children(base)
        if not self.born:
            return None
        homes = {id(cls) for cls in self.names.lineage(base.cls)}
        if isinstance(base, Model):
            if homes & self.target.homes:
                return Subject(self.target.registered)
            return ANY if self.attributes.takes_models(base.cls) else None
        ways = [
            sure
            for (home, way), sure in self.target.paths.items()
            if home in homes and way[: len(base.path)] == base.path
        ]
        return Subject(any(ways)) if ways else None

    def bind_loop(self, target: Any, iterable: Value) -> bool:
        """Give the variables of a loop their values; whether the loop comes upon the layer for sure."""
        subject: Union[Subject, Around, None] = None
        pairs = False
        if isinstance(iterable, Walk):
            subject, pairs = iterable
        elif isinstance(iterable, (Items, Part)):
            subject = self.children_of(iterable)
        loose = subject is None and may_hold(iterable)
        self.forget(target, ANY if loose else UNSURE)
        if isinstance(iterable, Items) and any(map(has_missing, iterable.values)):
            self.forget(target, Missing(False))
            return False
        if loose:
            return False
        last = target
        if pairs:
            last = None
            if isinstance(target, ast.Tuple) and len(target.elts) == 2:
                last = target.elts[1]
        if subject is not None and isinstance(last, ast.Name):
            self.env[last.id] = subject
            return isinstance(subject, Subject)
        return False

    def forget(self, target: Any, value: Value = UNSURE) -> None:
        """A variable gets a value that is not followed further than ``value`` tells."""
        if isinstance(target, ast.Name):
            self.env[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            for element in target.elts:
                self.forget(element, value)
        elif isinstance(target, ast.Starred):
            self.forget(target.value, value)

    # -- calls of functions of the file ---------------------------------------------------------------

    def enter(self, node: Function, owner: Optional[Model], others: Value, defaults: bool) -> None:
        """Run a function for a caller who is not seen; ``others`` is what its parameters may be."""
        env: dict[str, Value] = dict(self.closures.get(id(node), {}))
        params = parameters(node)
        if owner is not None and params:
            env[params[0][0]] = owner
        for name, default in params[0 if owner is None else 1 :]:
            constant = _constant(default) if defaults else None
            env[name] = others if constant is None else constant
        for rest in (node.args.vararg, node.args.kwarg):
            if rest is not None:
                env[rest.arg] = others
        before, self.results = self.results, []
        self._active.append(node)
        with self.scope(env):
            self.run_body(node.body)
        self._active.pop()
        self.results = before

    def inline(self, callee: Func, call: ast.Call, values: list[Value]) -> Value:
        """Run a function of the file with the values it is called with."""
        node = callee.node
        name = node.name
        owner = callee.owner.cls.name if isinstance(callee.owner, Model) else ""
        if node in self._active or len(self._active) >= MAX_DEPTH:
            return ANY
        if name != "__init__" and not self.touchy.may_touch(name, owner):
            return ANY
        if callee.owner is not None:
            values = [callee.owner, *values]
        env: dict[str, Value] = {}
        names = positional(node)
        args = arguments(call)
        offset = len(values) - len(args)
        complete = True
        for place, value in enumerate(values):
            keyword, arg = args[place - offset] if offset <= place < offset + len(args) else ("", None)
            if keyword is None or isinstance(arg, ast.Starred):
                complete = False
                break
            if keyword:
                env[keyword] = value
            elif place < len(names):
                env[names[place]] = value
        self._fill(env, node, complete)
        env = {**self.closures.get(id(node), {}), **env}
        self._active.append(node)
        self.inlined.append(node)
        line = self.line
        before, self.results = self.results, []
        with self.scope(env):
            self.run_body(node.body)
        self.line = line
        self._active.pop()
        returned, self.results = self.results, before
        # The same call may build another layer at another time.
        return self._returned(returned)

    def _returned(self, values: list[Value]) -> Value:
        if len(values) == 1 and isinstance(values[0], (Model, Part)):
            return values[0]
        return ANY if any(map(may_hold, values)) else UNSURE

    def _fill(self, env: dict[str, Value], node: Function, defaults: bool) -> None:
        """The parameters that a call leaves out."""
        for name, default in parameters(node):
            if name not in env:
                constant = _constant(default) if defaults else None
                env[name] = ANY if constant is None and not defaults else constant or UNSURE
        for rest in (node.args.vararg, node.args.kwarg):
            if rest is not None:
                env[rest.arg] = ANY

    def call_super(self, call: ast.Call, name: str) -> Optional[Value]:
        """``super().name(…)``: the method of a base in this file, if there is one."""
        for function in reversed(self._active):
            owner = self._class_of(function)
            me = self.env.get(function.args.args[0].arg) if function.args.args else None
            if owner is None or not isinstance(me, Model):
                return None
            method = self.names.method(owner, name, behind=True)
            if method is None:
                return None
            values = [self.evaluate(arg) for _, arg in arguments(call)]
            return self.inline(Func(method, me), call, values)
        return None

    def _class_of(self, function: Function) -> Optional[ast.ClassDef]:
        return next((cls for cls in self.names.classes.values() if function in cls.body), None)

    def built(self, call: ast.Call) -> Optional[Value]:
        """The object that the call of a class of this file makes."""
        func = call.func
        if isinstance(func, ast.Name) and func.id not in self.env:
            cls = self.names.classes.get(func.id)
            if cls is not None:
                homes = {id(base) for base in self.names.lineage(cls)}
                self.born = self.born or bool(homes & self.target.homes)
                return Model(cls)
        return None


def arguments(call: ast.Call) -> list[tuple[Optional[str], ast.expr]]:
    """The arguments of a call by their names: "" for one by its place, None for ``**``."""
    return [*(("", arg) for arg in call.args), *((keyword.arg, keyword.value) for keyword in call.keywords)]


def _constant(node: Optional[ast.expr]) -> Optional[Known]:
    if isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, str, type(None))):
        return Known(node.value)
    return None
