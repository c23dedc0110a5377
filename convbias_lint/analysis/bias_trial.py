"""Trying code on one layer without a bias: what is known on the way, and what has failed.

The code of a class or function is run once, with one question in mind: where does it come upon the
layer, and does it use the layer's ``bias`` there as if it were a tensor?  Conditions are decided for
just this layer (``isinstance(m, nn.Conv2d)``, ``m.bias is not None``); what they do not decide is run
in doubt.  A failure that is met without any doubt is a fact.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Optional, Union

from convbias_lint.analysis.bias_attributes import Attributes
from convbias_lint.analysis.bias_lookup import Lookup
from convbias_lint.analysis.bias_names import parameters, positional
from convbias_lint.analysis.bias_target import Failure, Target
from convbias_lint.analysis.bias_text import Touchy
from convbias_lint.analysis.bias_values import (
    ANY,
    UNSURE,
    Around,
    Func,
    Items,
    Known,
    Missing,
    Model,
    Part,
    Subject,
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


class Trial(Lookup):
    """The state of one run; :class:`bias_statements.Runner` adds how statements are run."""

    def __init__(self, attributes: Attributes, touchy: Touchy, target: Target) -> None:
        super().__init__(attributes, target)
        self.touchy = touchy
        self.env: dict[str, Value] = {}
        self.failures: dict[int, Failure] = {}
        self.certain = True
        self.line: Optional[ast.stmt] = None
        self.inlined: list[Function] = []
        self.calls: set[int] = set()
        """The ids of the calls that were come upon."""
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

    # -- variables ------------------------------------------------------------------------------------

    def bind_loop(self, target: Any, iterable: Value) -> bool:
        """Give the variables of a loop their values; whether the loop comes upon the layer for sure."""
        subject: Union[Subject, Around, None] = None
        pairs = False
        if isinstance(iterable, Walk):
            subject, pairs = iterable.subject, iterable.pairs
        elif isinstance(iterable, (Items, Part)):
            subject = self.iterated(iterable)
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
        self.replaced = set()
        self._active.append(node)
        with self.scope(env):
            self.run_body(node.body)
        self._active.pop()
        self.results = before

    def sets_up(self) -> bool:
        """Whether a constructor is run: what it leaves behind is what objects are known to hold."""
        return bool(self._active) and self._active[0].name == "__init__"

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
        return _returned(returned)

    def _fill(self, env: dict[str, Value], node: Function, defaults: bool) -> None:
        """The parameters that a call leaves out."""
        for name, default in parameters(node):
            if name not in env:
                env[name] = (_constant(default) or UNSURE) if defaults else ANY
        for rest in (node.args.vararg, node.args.kwarg):
            if rest is not None:
                env[rest.arg] = ANY

    def call_super(self, call: ast.Call, name: str) -> Optional[Value]:
        """``super().name(…)``: the method of a base in this file, if there is one."""
        if not self._active:
            return None
        function = self._active[-1]
        owner = self._class_of(function)
        me = self.env.get(function.args.args[0].arg) if function.args.args else None
        if owner is None or not isinstance(me, Model):
            return None
        method = self.names.method(owner, name, behind=True)
        if method is None:
            return None
        values = [self.evaluate(arg) for _, arg in arguments(call)]
        return self.inline(Func(method, me), call, values)

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


def _returned(values: list[Value]) -> Value:
    """What a function gives that may give each of ``values``."""
    if len(values) == 1 and isinstance(values[0], (Model, Part)):
        return values[0]
    return ANY if any(map(may_hold, values)) else UNSURE


def _constant(node: Optional[ast.expr]) -> Optional[Known]:
    if isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, str, type(None))):
        return Known(node.value)
    return None
