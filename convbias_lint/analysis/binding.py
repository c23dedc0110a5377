"""How the arguments of a call become the parameters of a function."""

from __future__ import annotations

from typing import Any

from convbias_lint.analysis import ir
from convbias_lint.analysis.indexing import any_number
from convbias_lint.analysis.kept import default_of
from convbias_lint.analysis.machine import Arguments, Binding, Frame, Machine, Scope
from convbias_lint.analysis.memo import holds_data_only
from convbias_lint.analysis.values import (
    UNKNOWN,
    Const,
    Dict,
    Function,
    Partial,
    Segment,
    Symbol,
    Tuple,
    Value,
)


def with_partial(partial: Partial, arguments: Arguments) -> Arguments:
    """The arguments of a call of ``partial``, with those that it holds already."""
    result = arguments.behind(*partial.args)
    result.keywords = {**partial.kwargs, **arguments.keywords}
    return result


def counts_down(value: Value) -> bool:
    """Whether a value is a number computed from one that the caller chooses."""
    return isinstance(value, Symbol) and isinstance(value.key, tuple) and value.key[0] == "binary"


def only_numbers(arguments: Arguments) -> bool:
    """Whether a call gets numbers only, not all of them known: what it recurs for is a number, too."""
    values = arguments.all()
    return all(map(holds_data_only, values)) and not all(isinstance(v, Const) for v in values)


def bind(m: Machine, function: Function, arguments: Arguments, frame: Frame, scope: Scope) -> bool:
    """Give each parameter its value; False where the call does not fit the function."""
    positional = list(arguments.positional)
    expressions = list(arguments.expressions)
    keywords = dict(arguments.keywords)
    index = 0
    open_at = arguments.open_at
    for param in function.node.params:
        name = param.name
        if param.kind == "*":
            rest: list[Any] = positional[index:]
            if open_at is not None and rest:
                place = max(open_at - index, 0)
                rest[place:place] = any_number(m, None, lambda rank: UNKNOWN)
            index = len(positional)
            scope.vars[name] = UNKNOWN if arguments.open_positions and not rest else Tuple(rest)
            continue
        if param.kind == "" and open_at is not None and open_at <= index < len(positional):
            # Behind ``*`` it is open which argument goes to which parameter.
            m.use(Tuple(positional[index:]), "*")
            index = len(positional)
        if param.kind == "**":
            scope.vars[name] = Dict(dict(keywords), arguments.open_keywords, given=True)
            frame.takes_any = True
            frame.extra = {
                key: Binding(value, arguments.names.get(key), key not in arguments.names)
                for key, value in keywords.items()
            }
            keywords = {}
            continue
        if param.kind == "" and index < len(positional):
            value = positional[index]
            if isinstance(value, Segment):
                scope.vars[name] = UNKNOWN
                m.use(Tuple([value]), "*")
                continue
            binding = Binding(value, expressions[index], expressions[index] is None)
            index += 1
        elif name in keywords:
            binding = Binding(keywords.pop(name), arguments.names.get(name), name not in arguments.names)
        else:
            binding = Binding(_default(m, function, param, arguments, frame), None)
        if param.number and isinstance(binding.value, Symbol) and not _is_input(binding.value):
            m.numbers.add(binding.value.key)
        frame.bindings[name] = binding
        scope.vars[name] = binding.value
    if index < len(positional) or (keywords and not arguments.open_keywords):
        return any(isinstance(item, Segment) for item in positional[index:])
    return True


def _is_input(symbol: Symbol) -> bool:
    """Whether a symbol is what a model is given when it runs."""
    return isinstance(symbol.key, tuple) and symbol.key[0] == "input"


def _default(m: Machine, function: Function, param: ir.Param, arguments: Arguments, frame: Frame) -> Value:
    default = default_of(m, function, param)
    open_call = arguments.open_keywords or (arguments.open_positions and param.kind == "")
    if open_call:
        key = ("argument", id(frame.site.node) if frame.site else 0, param.name)
        return Symbol(key, param.name, default)
    return UNKNOWN if default is None else default
