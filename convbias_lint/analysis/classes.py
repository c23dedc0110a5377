"""Classes in view: bases, members, and what of a framework they derive from."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.class_hooks import leave_to_hooks
from convbias_lint.analysis.lower_statements import body_of
from convbias_lint.analysis.machine import Arguments, Machine, Scope
from convbias_lint.analysis.values import (
    NEVER,
    Class,
    Const,
    External,
    Instance,
    Partial,
    Symbol,
    Tuple,
    Value,
)
from convbias_lint.layers.rows import Layer


def make_class(m: Machine, node: ir.ClassDef, scope: Scope) -> Class:
    """The class that a ``class`` statement defines; its body is run at once, its methods are not."""
    bases = [m.state.resolve(m.evaluate(base, scope)) for base in node.bases]
    cls = Class(node, scope, scope.file, bases)
    inner = Scope(scope.file, scope, None, cls)
    cls.members = inner.vars
    m.run_block(body_of(node), inner)
    cls.mro = _mro(cls)
    leave_to_hooks(m, cls)
    return cls


def _mro(cls: Class) -> tuple[Value, ...]:
    """The order in which attributes are looked up; bases before what they share, as far as it goes."""
    order: list[Value] = []
    for base in cls.bases:
        for item in (base.mro or (base,)) if isinstance(base, Class) else (base,):
            if item in order:
                order.remove(item)
            order.append(item)
    # What lies outside the view (nn.Module) comes behind all that is in view.
    inside = [item for item in order if isinstance(item, Class)]
    outside = [item for item in order if not isinstance(item, Class)]
    return (cls, *inside, *outside)


def find_member(m: Machine, cls: Value, name: str, behind: Optional[Class] = None) -> Value:
    """The attribute ``name`` of a class in view (behind ``behind``, for super()); NEVER where it has none."""
    if not isinstance(cls, Class):
        return NEVER
    order = cls.mro or (cls,)
    if behind is not None and behind in order:
        order = order[order.index(behind) + 1 :]
    for base in order:
        if isinstance(base, Class) and name in base.members:
            return m.state.resolve(base.members[name])
    return NEVER


def external_bases(cls: Value) -> list[str]:
    """The qualified names of the classes outside the view that ``cls`` derives from; "" for unknown ones."""
    if isinstance(cls, External):
        return [cls.name]
    if not isinstance(cls, Class):
        return [""]
    return [
        base.name if isinstance(base, External) else RECORD if _is_record(base) else ""
        for base in cls.mro or ()
        if not isinstance(base, Class)
    ]


RECORD = "collections.namedtuple(…)"
"""What makes the objects of a class that ``namedtuple`` has made."""


def _is_record(base: Value) -> bool:
    return isinstance(base, Partial) and isinstance(base.func, External) and base.func.name == RECORD


def hidden_before(cls: Value, base: str) -> bool:
    """Whether a class out of view stands before ``base`` in the order in which methods are looked up."""
    names = external_bases(cls)
    before = names[: names.index(base)] if base in names else []
    return any(not name.startswith(_WITHOUT_METHODS) for name in before)


_WITHOUT_METHODS = ("torch.nn.", "keras.", "abc.", "typing.", "builtins.", "enum.")


def row_of(m: Machine, instance: Instance) -> Optional[Layer]:
    """The row of the layer that an object's class derives from, if any."""
    for name in external_bases(instance.cls):
        if name in m.rows:
            return m.rows[name]
    return None


def is_module_class(cls: Class) -> bool:
    """Whether a class is, or may be, a layer or model: it derives from a framework's module."""
    return any(
        name == ""
        or name.endswith(("Module", "Model", "Layer", "Sequential"))
        or name.startswith("torch.nn.")
        for name in external_bases(cls)
    )


def is_dataclass(cls: Class) -> bool:
    """Whether the fields of a class are the arguments of its constructor."""
    return any(map(_makes_fields, cls.mro or ()))


def _makes_fields(base: Value) -> bool:
    """Whether what stands in a class itself are fields: not because a base or a derived class has some."""
    if not isinstance(base, Class):
        return _is_record(base)
    for decorator in base.node.decorators:
        target = decorator.func if isinstance(decorator, ir.Call) else decorator
        name = target.name if isinstance(target, ir.Attr) else getattr(target, "id", "")
        if name == "dataclass":
            return True
    return any(isinstance(b, External) and b.name.rsplit(".", 1)[-1] == "NamedTuple" for b in base.bases)


def fill_fields(cls: Class, instance: Instance, arguments: Arguments) -> None:
    """What the ``__init__`` that a dataclass is given does."""
    names: list[str] = []
    for base in filter(_makes_fields, reversed(cls.mro or ())):
        if isinstance(base, Partial) and isinstance(base.args[0], Tuple):
            names += [str(field.value) for field in base.args[0].items if isinstance(field, Const)]
        elif isinstance(base, Class):
            for statement in body_of(base.node):
                name = None
                if isinstance(statement, ir.Declare):
                    name = statement.name
                elif isinstance(statement, ir.AnnAssign) and isinstance(statement.targets[0], ir.Name):
                    name = statement.targets[0].id
                if name is not None and name not in names:
                    names.append(name)
    for index, name in enumerate(names):
        value = arguments.get(index, name)
        if value is None and arguments.open_keywords:
            value = Symbol(("field", id(instance), name), name)
        if value is not None:
            instance.state[name] = value
