"""Running what an entry point made: its ``forward``, its other methods, and what it left lying about."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Any, Union

from convbias_lint.analysis import ir
from convbias_lint.analysis.classes import find_member, is_module_class
from convbias_lint.analysis.evaluator import Evaluator
from convbias_lint.analysis.holding import parts_of
from convbias_lint.analysis.kept import contents, differ
from convbias_lint.analysis.keras_layers import TRAINING
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.lengths import settled_items
from convbias_lint.analysis.lower_statements import body_of
from convbias_lint.analysis.machine import Arguments, Scope
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.modules import SourceFile, bound_names
from convbias_lint.analysis.nodes import names_in, walk
from convbias_lint.analysis.outside import FOLDED
from convbias_lint.analysis.starts import does_something
from convbias_lint.analysis.state import Dead
from convbias_lint.analysis.values import (
    CHILDREN,
    NEVER,
    NONE,
    Bound,
    Choice,
    Class,
    Const,
    Dict,
    External,
    Function,
    Instance,
    List,
    Parts,
    Segment,
    Symbol,
    Tensor,
    Tuple,
    Value,
)


def run_value(m: Evaluator, value: Value) -> None:
    """Run a model that an entry point made; its output goes to an unknown caller."""
    value = m.state.resolve(value)
    if isinstance(value, Instance):
        before, held = _options(m), contents(m, m.home)
        m.use(_forward(m, value), "returned to the caller")
        if _moves_on(m, before) or differ(m, held):
            m.use(_forward(m, value), "returned to the caller")
        _run_others(m, value)
    elif isinstance(value, Choice):
        # What was built where the condition holds is there only where it does.
        m.state.branch(value.atom, lambda: run_value(m, value.yes), lambda: run_value(m, value.no))
    elif isinstance(value, (Tuple, List)):
        _run_each(m, value)
    else:
        m.use(value, "returned to the caller")


def _options(m: Evaluator) -> list[tuple[Instance, str, Const]]:
    """The plain values that objects hold, such as ``self.first = True``."""
    return [
        (instance, name, value)
        for instance in m.built
        for name, value in instance.state.items()
        if isinstance(value, Const)
    ]


def _moves_on(m: Evaluator, before: list[tuple[Instance, str, Const]]) -> bool:
    """Whether a model changed its options while it ran, so that the next call may do something else.

    A number that is counted up may be any by then.
    """
    changed = [
        (instance, name, value)
        for instance, name, value in before
        if not same(instance.state.get(name, value), value)
    ]
    read = _read_in_conditions(m) if changed else set()
    moved = False
    for instance, name, value in changed:
        if name not in read:
            continue
        moved = True
        if isinstance(value.value, (int, float)) and not isinstance(value.value, bool):
            m.state.write(instance.state, name, Symbol(("state", id(instance), name), name))
    return moved


def _read_in_conditions(m: Evaluator) -> set[str]:
    """The names that conditions mention in the classes of the objects that there are."""
    classes = {base for instance in m.built for base in _lineage(instance)}
    tests = (
        node.test
        for cls in classes
        for node in walk(cls.node.syntax)
        if isinstance(node, (ast.If, ast.IfExp, ast.While, ast.Assert))
    )
    return {name for test in tests for name in names_in(test)}


def _lineage(instance: Instance) -> list[Class]:
    """The classes in view that an object is of, nearest first."""
    order = (instance.cls.mro or ()) if isinstance(instance.cls, Class) else ()
    return [base for base in order if isinstance(base, Class)]


def _run_each(m: Evaluator, several: Union[Tuple, List]) -> None:
    """Run the models of ``return generator, discriminator``, each by itself."""
    items = settled_items(m, several)
    if items is None or not any(isinstance(item, Instance) for item in items):
        m.use(several, "returned to the caller")
        return
    for item in items:
        try:
            run_value(m, item)
        except Dead:
            m.use(item, "returned to the caller")


def _run_others(m: Evaluator, instance: Instance) -> None:
    """Methods that ``forward`` does not call but others may: ``model.embed(x)``.

    They matter where a norm cancelled a bias so far, or where they run layers that nothing ran yet.
    """
    at_stake = any(layer.cancelled for layer in m.layers)
    parts = {
        name
        for name, value in instance.state.items()
        if isinstance(value, (LayerValue, Instance)) and (at_stake or not value.ran)
    }
    for statement in _methods(instance):
        if statement in m.called or statement.name.startswith("__") or FOLDED.search(statement.name):
            continue
        method = find_member(m, instance.cls, statement.name)
        inputs = [param for param in statement.params[1:] if param.kind == ""]
        if not isinstance(method, Function) or not inputs or parts.isdisjoint(statement.names):
            continue
        arguments = Arguments()
        for param in inputs:
            arguments.keywords[param.name] = input_of(m, method, param)
        m.aside = True
        try:
            m.use(m.call(Bound(method, instance), arguments, None), "returned to the caller")
        except Dead:
            pass
        finally:
            m.aside = False


def _methods(instance: Instance) -> list[ir.FuncDef]:
    """The methods of an object, its own and those that it inherits."""
    found: dict[str, ir.FuncDef] = {}
    for cls in reversed(_lineage(instance)):
        found.update({node.name: node for node in body_of(cls.node) if isinstance(node, ir.FuncDef)})
    return list(found.values())


def _forward(m: Evaluator, instance: Instance) -> Value:
    arguments = Arguments()
    method: Value = NEVER
    if isinstance(instance.cls, Class):
        for name in ("forward", "call", "__call__"):
            method = find_member(m, instance.cls, name)
            if method is not NEVER:
                break
    if isinstance(method, Function):
        for param in method.node.params[1:]:
            if param.kind == "**":
                arguments.open_keywords = True
            elif param.kind in ("", "keyword"):
                arguments.keywords[param.name] = input_of(m, method, param)
            elif param.kind == "*":
                arguments.open_positions = True
    elif method is not NEVER or CHILDREN in instance.state or instance.layer is not None:
        if isinstance(instance.cls, External) and not instance.cls.name.endswith("Sequential"):
            return NONE
        arguments.positional.append(Tensor())
        arguments.expressions.append(None)
    else:
        return NONE
    return m.call(instance, arguments, None)


def input_of(m: Evaluator, method: Function, param: ir.Param) -> Value:
    """An input of ``forward``: a tensor, or nothing where that is the default, or an option."""
    if param.name == "training" and isinstance(method.node, ir.FuncDef) and method.node.name == "call":
        return TRAINING
    if param.default is None:
        tensor = Tensor()
        tensor.given = ("input", param.name)
        return tensor
    default = m.evaluate(param.default, method.scope)
    if isinstance(default, Const) and default.value is None:
        return Choice(("is", ("input", param.name), ("NoneType", None)), NONE, Tensor())
    return Symbol(("input", param.name), param.name, default)


def use_stored(m: Evaluator, file: SourceFile) -> None:
    """Outputs that a model keeps in a list, dict or tuple of its own can be read there."""
    seen: dict[int, int] = {}
    for instance in m.built:
        for value in list(instance.state.values()):
            if isinstance(value, (List, Dict, Tuple, Parts, Choice)):
                _use_tensors(m, value, 0, seen)
    for value in list(file.values.values()):
        if isinstance(value, (List, Dict)):
            _use_tensors(m, value, 0, seen)


def run_rest(m: Evaluator) -> None:
    """Containers and models that were built but not run where we could see it, by themselves."""
    inside = _inner(m.built)
    outermost_first = sorted(m.built, key=lambda instance: id(instance) in inside)
    for instance in outermost_first:
        if instance.ran:
            continue
        if isinstance(instance.cls, External) and not instance.cls.name.endswith("Sequential"):
            continue
        if isinstance(instance.cls, Class) and not is_module_class(instance.cls):
            continue
        try:
            m.use(_forward(m, instance), "returned to the caller")
        except Dead:
            continue


def run_statements(m: Evaluator, file: SourceFile, statements: Sequence[ir.Stmt], changing: set[str]) -> None:
    """Run the top-level statements of a file that do something, or bind one of the ``changing`` names."""
    scope = Scope(file, None, None)
    for statement in statements:
        if does_something(statement) or changing.intersection(bound_names(statement)):
            try:
                m.run_block((statement,), scope)
                if isinstance(statement, ir.Assign):
                    for name in bound_names(statement):
                        m.fill_registry(file, name)
            except Dead:
                continue
    run_rest(m)
    use_stored(m, file)


def _inner(instances: Iterable[Instance]) -> set[int]:
    """The ids of the objects that some objects hold, directly or in a container's children."""
    inner: set[int] = set()
    seen: set[int] = set()
    todo: list[Any] = [value for instance in instances for value in instance.state.values()]
    while todo:
        value = todo.pop()
        kind = type(value)
        if kind is Instance:
            inner.add(id(value))
        elif kind in (Tuple, Segment, Choice) and id(value) not in seen:
            seen.add(id(value))
            if kind is Tuple:
                todo += value.items
            elif kind is Segment:
                todo += (*value.yes, *value.no)
            else:
                todo += (value.yes, value.no)
    return inner


_STORING = frozenset((Tensor, Parts, List, Dict, Tuple, Segment, Choice))
"""The values that are tensors, or in which a model or file may keep some."""


def _use_tensors(m: Evaluator, value: Any, depth: int, seen: dict[int, int]) -> None:
    """``seen``: by its id, at which depth a value was looked at: options of a config are in many lists."""
    kind = type(value)
    if kind is Tensor or kind is Parts:
        m.use(value, "stored in the model")
    elif depth < seen.get(id(value), 6):
        seen[id(value)] = depth
        for part in (value.yes, value.no) if kind is Choice else parts_of(value, kind):
            if type(part) in _STORING:  # most are the constants of long lists
                _use_tensors(m, part, depth + 1, seen)
