"""The evaluator: all parts put together, and names looked up.

What it assumes: model code is ordinary Python that builds layers in ``__init__`` and calls them in
``forward``; decorators of classes return the class; installed packages keep to their documentation.
What it will not do: import or run anything, follow calls into packages that are not part of the
linted project, look into metaclasses, or guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.bounds import BROKE_OFF, GaveUp
from convbias_lint.analysis.builtins import BUILTINS
from convbias_lint.analysis.calls import call, run_external_forward
from convbias_lint.analysis.changing_globals import opened
from convbias_lint.analysis.classes import make_class
from convbias_lint.analysis.conditions import truth
from convbias_lint.analysis.decorators import hands_back
from convbias_lint.analysis.expressions import EVALUATE
from convbias_lint.analysis.externals import canonical
from convbias_lint.analysis.flow import Flow
from convbias_lint.analysis.in_place import changed_in_place
from convbias_lint.analysis.indexing import append, item_at, iteration_items
from convbias_lint.analysis.keras_models import from_star
from convbias_lint.analysis.layer import CallSite, Step
from convbias_lint.analysis.lengths import items_of, length
from convbias_lint.analysis.machine import Arguments, Machine, Scope
from convbias_lint.analysis.modules import may_hide
from convbias_lint.analysis.mutations import assign_item
from convbias_lint.analysis.objects import attribute, write_attribute
from convbias_lint.analysis.operators import binary
from convbias_lint.analysis.state import GLOBAL, Dead, State
from convbias_lint.analysis.statements import run_block
from convbias_lint.analysis.values import (
    CHILDREN,
    UNKNOWN,
    ClassMethod,
    Dict,
    External,
    Function,
    Instance,
    List,
    Method,
    ModuleValue,
    Parameter,
    Parts,
    Property,
    Segment,
    Shape,
    StaticMethod,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.analysis.views import is_view, set_view_item


class Evaluator(Machine):
    """One run of the abstract machine, for one entry point."""

    def evaluate(self, node: ir.Expr, scope: Scope) -> Value:
        """The value of ``node`` in ``scope``. Raises GaveUp past the bound on the work."""
        state = self.state
        state.work += 1
        if state.work > state.limit:
            state.spend(0)
        return EVALUATE[type(node)](self, node, scope)

    def run_block(self, statements: Sequence[ir.Stmt], scope: Scope) -> Flow:
        return run_block(self, statements, scope)

    def call(self, function: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
        return call(self, function, arguments, site)

    def attribute(self, value: Value, name: str) -> Value:
        return self.state.resolve(attribute(self, value, name))

    def write_attribute(self, obj: Value, name: str, value: Value) -> None:
        write_attribute(self, obj, name, value)

    def truth(self, value: Value) -> Value:
        return truth(self, value)

    def items(self, value: Value) -> tuple[Any, ...]:
        return iteration_items(self, value)

    def make_class(self, node: ir.ClassDef, scope: Scope) -> Value:
        return make_class(self, node, scope)

    def forward(self, instance: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
        return run_external_forward(self, instance, arguments, site)

    # -- names ----------------------------------------------------------------------------------

    def lookup(self, name: str, scope: Optional[Scope]) -> Value:
        file = scope.file if scope is not None else None
        inner = scope
        while scope is not None:
            # The names of a class body are not seen from its methods.
            if name in scope.vars and (scope.owner is None or scope is inner or scope.frame is not None):
                return scope.vars[name]
            scope = scope.parent
        value = self.global_value(file, name) if file is not None else UNKNOWN
        built_in = value is UNKNOWN and (name in BUILTINS or name in _OTHER_BUILTINS)
        return External(f"builtins.{name}") if built_in else value

    def global_value(self, file: Any, name: str) -> Value:
        """A global name of a file; UNKNOWN where the file does not bind it."""
        if name in file.values:
            uses = file.uses.get(name)
            if uses is not None:
                self.loader.asked.update(uses)
            return file.values[name]  # type: ignore[no-any-return]
        if name in file.pending or not (name in file.binds or file.stars):
            return UNKNOWN
        asked, self.loader.asked = self.loader.asked, set()
        try:
            return self._evaluated(file, name)
        finally:
            if self.loader.asked:
                file.use(name, self.loader.asked)
                asked |= self.loader.asked
            self.loader.asked = asked

    def _evaluated(self, file: Any, name: str) -> Value:
        """The value of a global name that is asked for the first time."""
        statements = file.binds.get(name)
        if statements is None:
            return self._from_star(file, name)
        if file.stars:
            later = self._from_later_star(file, name, statements[-1])
            if later is not UNKNOWN:
                file.values[name] = later
                return later
        file.pending.add(name)
        state, sites, active, known = self.state, self.sites, self.active, len(self.layers)
        # Globals do not depend on what is assumed where they are first asked for.
        self.state, self.sites, self.active = State(GLOBAL), [], []
        self.state.on_lost = state.on_lost
        try:
            self.run_block(statements, Scope(file, None, None))
            self.fill_registry(file, name)
        except Dead:
            pass
        except GaveUp:
            # A logger that is set up at length is no reason to give up the model that mentions it.
            file.values[name] = UNKNOWN
            for layer in self.layers[known:]:
                layer.used.append((frozenset(), BROKE_OFF))
        finally:
            self.state, self.sites, self.active = state, sites, active
            file.pending.discard(name)
        value = file.values.setdefault(name, UNKNOWN)
        if name in file.changing:
            value = file.values[name] = opened(value, file.path, name)
        return value  # type: ignore[no-any-return]

    def fill_registry(self, file: Any, name: str) -> None:
        """Let decorators put their definitions into the object ``name``; others may put more into it."""
        entries = file.registered(name)
        for node, decorator in entries:
            try:
                member = self.global_value(file, node.name)
                self.call(self.evaluate(decorator, Scope(file, None, None)), Arguments.of(member), None)
            except Dead:
                continue
        registry = file.values.get(name) if entries else None
        for part in registry.state.values() if isinstance(registry, Instance) else (registry,):
            if isinstance(part, Dict):
                part.open = True

    def _from_star(self, file: Any, name: str) -> Value:
        """A name that only ``from … import *`` brought: the last one that may have done so counts."""
        if name.startswith("__"):
            return UNKNOWN
        for statement in reversed(file.stars):
            target = self.loader.find(file.path, statement.module, statement.level)
            if target is not None and target is not file and not name.startswith("_"):
                value = self.global_value(target, name)
                if value is not UNKNOWN:
                    file.values[name] = value
                    return value
            elif (of_keras := from_star(statement.module, name)) is not None:
                return of_keras
            elif statement.module in ("torch.nn", "torch.nn.functional", "torch") and name not in BUILTINS:
                full = canonical(f"{statement.module}.{name}")
                if full in self.rows or name[:1].isupper():
                    return External(full)
            elif target is None and may_hide(statement):
                break
        return UNKNOWN

    def _from_later_star(self, file: Any, name: str, statement: ir.Stmt) -> Value:
        """What a file in view brings in place of what ``statement`` bound."""
        for star in reversed(file.stars_behind(statement)):
            target = self.loader.find(file.path, star.module, star.level)
            if target is not None and target is not file and name in target.binds and name[:1] != "_":
                return self.global_value(target, name)
        return UNKNOWN

    def module(self, file: Any) -> Value:
        return ModuleValue(file)

    def imported(self, file: Any, module: str, level: int, name: str) -> Value:
        """What ``from module import name`` binds."""
        target = self.loader.find(file.path, module, level)
        if target is not None and (target is not file or target.binds.get(name)):
            value = self.global_value(target, name)
            if value is not UNKNOWN:
                return value
        inner = self.loader.find(file.path, f"{module}.{name}" if module else name, level)
        if inner is not None:
            return ModuleValue(inner)
        return UNKNOWN if level or target is not None else External(canonical(f"{module}.{name}"))

    # -- assignment -----------------------------------------------------------------------------

    def assign(self, target: ir.Expr, value: Value, scope: Scope) -> None:
        if isinstance(target, ir.Name):
            frame = scope.frame
            kind = frame.names.get(target.id) if frame is not None and frame.names else None
            if kind == "seen":
                self.use(value, "a variable that a handler sees")
            elif kind is not None:
                self._assign_outside(target.id, value, scope)
                return
            names = scope.vars if scope.frame is not None or scope.parent is not None else scope.file.values
            self.state.write(names, target.id, value)
        elif isinstance(target, ir.Attr):
            self.write_attribute(self.evaluate(target.obj, scope), target.name, value)
        elif isinstance(target, ir.Display):
            self._unpack(target.items, value, scope)
        elif isinstance(target, ir.Subscript):
            self._assign_item(target, value, scope)
        elif isinstance(target, ir.Starred):
            self.assign(target.value, value, scope)
        else:
            self.use(value, "an assignment")

    def _assign_outside(self, name: str, value: Value, scope: Scope) -> None:
        """Assign to a name declared ``global`` or ``nonlocal``."""
        outer = scope.parent
        while outer is not None and name not in outer.vars:
            outer = outer.parent
        self.state.write(scope.file.values if outer is None else outer.vars, name, value)
        if isinstance(value, Tensor):
            self.use(value, "a variable outside the function")

    def _unpack(self, targets: Sequence[ir.Expr], value: Value, scope: Scope) -> None:
        value = self.state.resolve(value)
        parts = self.state.lift(value, lambda side: Tuple(self._parts(targets, side)))
        for index, target in enumerate(targets):
            self.assign(target, item_at(self, parts.items, index), scope)

    def _parts(self, targets: Sequence[ir.Expr], value: Value) -> list[Value]:
        """One value for each target of an unpacking."""
        count = len(targets)
        star = next((i for i, target in enumerate(targets) if isinstance(target, ir.Starred)), None)
        if isinstance(value, Parts):
            return [value.part] * count
        if isinstance(value, Shape) and star is None:
            if value.tensor.rank is None:
                value.tensor.rank = count
            return [length(value.tensor, index) for index in range(count)]
        items = items_of(self, value)
        if items is None and isinstance(value, Instance):
            items = iteration_items(self, value)
        if items is None:
            if isinstance(value, Symbol):
                return [Symbol(("item", value.key, i), f"{value.label}[{i}]") for i in range(count)]
            self.use(value, "an unpacking")
            return [Tensor() if isinstance(value, Tensor) else UNKNOWN] * count
        if star is None:
            return [item_at(self, items, index) for index in range(count)]
        if any(isinstance(item, Segment) for item in items):
            self.use(value, "an unpacking")
            return [UNKNOWN] * count
        behind = count - star - 1
        middle = items[star : len(items) - behind]
        return [*items[:star], List(middle), *items[len(items) - behind :]]

    def _assign_item(self, target: ir.Subscript, value: Value, scope: Scope) -> None:
        obj = self.evaluate(target.obj, scope)
        index = UNKNOWN if isinstance(target.index, ir.Slice) else self.evaluate(target.index, scope)
        if isinstance(obj, Method) and is_view(obj):
            set_view_item(self, obj, self.state.resolve(index), value)
            return
        self.state.lift(obj, lambda side: assign_item(self, side, index, value))

    def augment(self, node: ir.AugAssign, scope: Scope) -> None:
        """``target op= value``; a list is extended in place."""
        current = self.evaluate(node.target, scope)
        value = self.evaluate(node.value, scope)
        current = self.state.resolve(current)
        if node.op == "+" and isinstance(current, List):
            append(self, current, *iteration_items(self, value))
            return
        if node.op == "+" and isinstance(current, Instance) and CHILDREN in current.state:
            if isinstance(current.cls, External):  # ``self.layers += [...]`` of a ModuleList
                self.call(Method(current, "extend"), Arguments.of(value), None)
                return
        if node.op == "|" and isinstance(current, Dict):
            self.call(Method(current, "update"), Arguments.of(value), None)
            return
        if isinstance(current, Parameter):
            self.use(value, f"`{node.op}=`")  # kept for the next call
        elif isinstance(current, Tensor):
            changed_in_place(self, current, f"{node.op}=", value, scope, node.target)
        step = Step(f"{node.op}=", scope.file, None)
        self.assign(node.target, binary(self, node.op, current, value, step), scope)

    def decorated(self, function: Value, decorators: Sequence[ir.Expr], scope: Scope) -> Value:
        for decorator in decorators:
            name = decorator.func if isinstance(decorator, ir.Call) else decorator
            last = name.name if isinstance(name, ir.Attr) else name.id if isinstance(name, ir.Name) else ""
            if last in ("property", "cached_property") and isinstance(function, Function):
                return Property(function)
            if last == "staticmethod":
                return StaticMethod(function)
            if last == "classmethod":
                return ClassMethod(function)
            if last in ("setter", "deleter", "overload", "fixture"):
                return UNKNOWN
        return UNKNOWN if self.is_replaced(decorators, scope) else function

    def is_replaced(self, decorators: Sequence[ir.Expr], scope: Scope) -> bool:
        """Whether a decorator in view gives back something else than what it decorates."""
        for decorator in decorators:
            is_made = isinstance(decorator, ir.Call)
            name = decorator.func if isinstance(decorator, ir.Call) else decorator
            value = self.lookup(name.id, scope) if isinstance(name, ir.Name) else UNKNOWN
            if isinstance(value, Function):
                node = value.node
                if isinstance(node, ir.Lambda) or not hands_back(node.syntax, is_made):
                    return True
        return False


_OTHER_BUILTINS = frozenset(
    {
        *("int", "float", "str", "bool", "object", "bytes", "slice", "complex", "Exception", "ValueError"),
        *("open", "id", "filter", "hash", "dir", "globals", "input", "ord", "chr", "format"),
        *("NotImplemented", "__import__"),
    }
)
"""Built-in names that code may use, and that the evaluator knows nothing more of."""
