"""Python's built-in functions, as far as model code needs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

from convbias_lint.analysis.classes import external_bases
from convbias_lint.analysis.conditions import constant_key, is_definition, on, truth
from convbias_lint.analysis.indexing import MAX_REPEAT, any_number, iteration_items
from convbias_lint.analysis.layer import CallSite, LayerValue, Step
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.shapes import items_of, settled_items
from convbias_lint.analysis.tensors import elementwise
from convbias_lint.analysis.values import (
    CHILDREN,
    FALSE,
    NEVER,
    NONE,
    TRUE,
    UNKNOWN,
    Bound,
    Choice,
    Class,
    Const,
    Dict,
    External,
    Function,
    Instance,
    List,
    Method,
    Parameter,
    Partial,
    Segment,
    Shape,
    Super,
    Symbol,
    Tensor,
    Tuple,
    Value,
)

MAX_UNDECIDED = 4
"""How many undecided items len(), any() and all() look at before they give up."""

Builtin = Callable[[Machine, Arguments, Optional[CallSite]], Value]


def _one(arguments: Arguments) -> Value:
    return arguments.positional[0] if arguments.positional else UNKNOWN


def _len(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return m.state.lift(_one(arguments), lambda value: _length(m, value))


def _length(m: Machine, value: Value) -> Value:
    if isinstance(value, Symbol):
        return Symbol(("len", value.key), f"len({value.label})")
    if isinstance(value, Const):
        return Const(len(value.value)) if isinstance(value.value, (str, bytes)) else UNKNOWN
    items: Optional[tuple[Any, ...]] = items_of(m, value)
    if isinstance(value, Dict) and not value.open:
        return Const(len(value.state))
    if isinstance(value, Shape):
        return (
            Const(value.tensor.rank)
            if value.tensor.rank is not None
            else Symbol(("rank", id(value)), "dim()")
        )
    if isinstance(value, Instance) and isinstance(value.state.get(CHILDREN), Tuple):
        items = value.state[CHILDREN].items  # type: ignore[attr-defined]
    if items is None:
        return UNKNOWN
    if _segments(items) > MAX_UNDECIDED:
        return Symbol(m.state.fresh("len"), "len(…)")
    return _count(m, items, 0)


def _segments(items: tuple[Any, ...], so_far: int = 0) -> int:
    """How many segments a sequence holds, nested ones too (or just more than the bound)."""
    for item in items:
        if isinstance(item, Segment) and so_far <= MAX_UNDECIDED:
            so_far = _segments(item.no, _segments(item.yes, so_far + 1))
    return so_far


def _count(m: Machine, items: tuple[Any, ...], so_far: int) -> Value:
    """The number of items; of a sequence of unknown length its name, so that loops over it agree."""
    for index, item in enumerate(items):
        if isinstance(item, Segment):
            if item.atom[0] == "length" and item.atom[2] == 1 and len(items) == 1:
                return Symbol(item.atom[1], "len(…)")
            rest = items[index + 1 :]
            return m.state.branch(
                item.atom,
                lambda: _count(m, (*item.yes, *rest), so_far + index),
                lambda: _count(m, (*item.no, *rest), so_far + index),
            )
    return Const(so_far + len(items))


def _range(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    bounds = [m.state.resolve(value) for value in arguments.positional]
    if all(isinstance(bound, Const) and isinstance(bound.value, int) for bound in bounds) and bounds:
        numbers = range(*(bound.value for bound in bounds))  # type: ignore[attr-defined]
        if len(numbers) <= MAX_REPEAT:
            return Tuple([Const(number) for number in numbers])
    if any(isinstance(bound, Choice) for bound in bounds) and len(bounds) == 1:
        return m.state.lift(bounds[0], lambda bound: _range(m, Arguments.of(bound), site))
    start = bounds[0] if len(bounds) > 1 else Const(0)
    last = bounds[1] if len(bounds) > 1 else bounds[0] if bounds else UNKNOWN
    plain = isinstance(last, Symbol) and isinstance(start, Const) and start.value == 0 and len(bounds) < 3
    key = last.key if plain and isinstance(last, Symbol) else ("range", *(_key(bound) for bound in bounds))

    def item(rank: int) -> Value:
        if rank == 0 and isinstance(start, Const):
            return start
        # Any later number; with a known start its place in a list built by a like loop is known.
        place = rank if isinstance(start, Const) and start.value == 0 else None
        if isinstance(start, Const) and isinstance(start.value, int) and place is None:
            place = start.value + rank if start.value >= 0 else None
        return Symbol(("number", key, rank), "i", rank=place)

    return Tuple(any_number(m, key, item))


def _key(value: Value) -> Any:
    if isinstance(value, Symbol):
        return value.key
    return constant_key(value.value) if isinstance(value, Const) else id(value)


def _zip(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if arguments.open_positions:
        return UNKNOWN
    return Tuple(_zipped(m, [iteration_items(m, value) for value in arguments.positional]))


def _zipped(m: Machine, columns: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    rows: list[Any] = []
    index = 0
    while columns and all(index < len(column) for column in columns):
        row = [column[index] for column in columns]
        atom = next((item.atom for item in row if isinstance(item, Segment)), None)
        if atom is not None:
            sides = [
                _zipped(m, [_decided(column[index:], atom, holds) for column in columns])
                for holds in (True, False)
            ]
            rows.append(Segment(atom, sides[0], sides[1]))
            return tuple(rows)
        rows.append(Tuple(row))
        index += 1
    return tuple(rows)


def _decided(items: tuple[Any, ...], atom: Any, holds: bool) -> tuple[Any, ...]:
    """``items`` where ``atom`` is known; columns of unknown length that are zipped are equally long."""
    out: list[Any] = []
    for item in items:
        alike = isinstance(item, Segment) and (
            item.atom == atom or (item.atom[0] == "length" == atom[0] and item.atom[2] == atom[2])
        )
        if alike:
            out.extend(_decided(item.yes if holds else item.no, atom, holds))
        else:
            out.append(item)
    return tuple(out)


def _enumerate(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    start = arguments.get(1, "start")
    first = start.value if isinstance(start, Const) and isinstance(start.value, int) else 0

    def number(items: tuple[Any, ...], index: int, known: bool) -> tuple[Any, ...]:
        out: list[Any] = []
        for item in items:
            if isinstance(item, Segment):
                further = known and item.atom[0] == "length" and item.atom[2] == 1
                out.append(
                    Segment(item.atom, number(item.yes, index, further), number(item.no, index, further))
                )
                known = further
            else:
                place: Value = Const(index)
                if not known:
                    place = Symbol(("place", id(out), index), "i", rank=index - first)
                out.append(Tuple((place, item)))
                index += 1
        return tuple(out)

    return Tuple(number(iteration_items(m, _one(arguments)), first, True))


def _list(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return List(iteration_items(m, _one(arguments)) if arguments.positional else ())


def _tuple(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return Tuple(iteration_items(m, _one(arguments)) if arguments.positional else ())


def _reversed(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    def backwards(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            Segment(i.atom, backwards(i.yes), backwards(i.no)) if isinstance(i, Segment) else i
            for i in reversed(items)
        )

    return Tuple(backwards(iteration_items(m, _one(arguments))))


def _dict(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    result = Dict(open=arguments.open_keywords, given=arguments.given)
    for value in arguments.positional:
        value = m.state.resolve(value)
        if isinstance(value, Dict):
            result.state.update(value.state)
            result.open |= value.open
            result.given |= value.given
            continue
        items = settled_items(m, value)
        for item in items if items is not None else (UNKNOWN,):
            pair = settled_items(m, item)
            if pair is not None and len(pair) == 2 and isinstance(pair[0], Const):
                result.state[pair[0].value] = pair[1]
            else:
                m.use(item, "a dict that is not followed")
                result.open = True
    result.state.update(arguments.keywords)
    return result


def _isinstance(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    value, kinds = m.state.resolve(arguments.positional[0]), m.state.resolve(arguments.positional[1])
    options = settled_items(m, kinds) if isinstance(kinds, (Tuple, List)) else (kinds,)
    return m.state.lift(value, lambda side: _is_one_of(m, side, options or ()))


def _is_one_of(m: Machine, value: Value, kinds: tuple[Value, ...]) -> Value:
    result: Value = FALSE
    for kind in kinds:
        held = _is_a(m, value, kind)
        if held is TRUE:
            return TRUE
        if held is not FALSE:
            result = held
    return result


_PYTHON = {
    "int": (int,),
    "float": (float,),
    "str": (str,),
    "bool": (bool,),
    "bytes": (bytes,),
    "complex": (complex,),
}


def _is_a(m: Machine, value: Value, kind: Value) -> Value:
    name = kind.name if isinstance(kind, External) else ""
    short = name.rsplit(".", 1)[-1]
    if isinstance(value, Const):
        if name.startswith("builtins.") and short in _PYTHON:
            return TRUE if isinstance(value.value, _PYTHON[short]) else FALSE
        return (
            FALSE if isinstance(kind, (External, Class)) and short not in ("Number", "Hashable") else UNKNOWN
        )
    if isinstance(value, (List, Tuple, Dict)):
        fitting = {
            List: ("list", "Sequence", "Iterable", "MutableSequence", "set"),
            Tuple: ("tuple", "Sequence", "Iterable"),
            Dict: ("dict", "Mapping", "OrderedDict", "MutableMapping", "Iterable"),
        }[type(value)]
        return TRUE if short in fitting else FALSE
    if isinstance(value, LayerValue):
        if name == value.row.name or name == "torch.nn.Module":
            return TRUE
        return FALSE if name in m.rows or name.startswith("builtins.") else _open(m, value, kind)
    if isinstance(value, Instance):
        if isinstance(kind, Class):
            mro = value.cls.mro if isinstance(value.cls, Class) else ()
            return TRUE if kind in (mro or ()) else FALSE
        bases = external_bases(m, value.cls)
        if name in bases or (name == "torch.nn.Module" and (value.layer or CHILDREN in value.state)):
            return TRUE
        if name.startswith("builtins.") or (name.startswith("torch.nn.") and "" not in bases):
            return FALSE
    if isinstance(value, (Tensor, Parameter)):
        return TRUE if short in ("Tensor", "Parameter") else FALSE
    if isinstance(value, (Function, Class, Partial)) and name in _CALLABLES:
        return TRUE if isinstance(value, _CALLABLES[name]) else FALSE
    if isinstance(value, (Function, Class, Partial, Bound, Method)):
        return FALSE if name.startswith("builtins.") or isinstance(kind, Class) else _open(m, value, kind)
    if is_definition(value) and name in _NO_CLASSES:
        return FALSE
    if is_definition(value) and name == "builtins.type":
        return TRUE if repr(value).rsplit(".", 1)[-1][:1].isupper() else FALSE
    return _open(m, value, kind)


_CALLABLES: dict[str, Any] = {
    "functools.partial": Partial,
    "types.FunctionType": Function,
    "builtins.type": Class,
}
_NO_CLASSES = frozenset(("builtins.str", "builtins.int", "functools.partial", "types.FunctionType"))


def _open(m: Machine, value: Value, kind: Value) -> Value:
    if isinstance(value, Symbol):
        if value.key[0] in ("binary", "unary", "number", "number of") and not _numeric(kind):  # type: ignore[index]
            return FALSE
        return on(m, ("isinstance", value.key, repr(kind)))
    return on(m, m.state.fresh("isinstance"))


def _numeric(kind: Value) -> bool:
    return isinstance(kind, External) and kind.name.rsplit(".", 1)[-1] in (
        "int",
        "float",
        "Number",
        "Tensor",
        "SymInt",
    )


def _getattr(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    obj, name = arguments.positional[0], m.state.resolve(arguments.positional[1])
    if not (isinstance(name, Const) and isinstance(name.value, str)):
        if isinstance(obj, (External, Symbol)):
            return UNKNOWN
        return _any_attribute(m, obj)
    text = name.value
    if len(arguments.positional) > 2 and not _has(m, obj, text):
        return arguments.positional[2]
    return m.state.lift(obj, lambda value: m.attribute(value, text))


def _any_attribute(m: Machine, obj: Value) -> Value:
    """``getattr(self, f"layer{i}")`` with an unknown number: any layer or object among the attributes."""
    if not isinstance(obj, Instance):
        m.use(obj, "getattr")
        return UNKNOWN
    for value in obj.state.values():
        if isinstance(value, LayerValue):
            m.use(value, "getattr")
    return UNKNOWN


def _has(m: Machine, obj: Value, name: str) -> bool:
    if isinstance(obj, Instance):
        return name in obj.state or (
            isinstance(obj.cls, Class)
            and any(isinstance(b, Class) and name in b.members for b in obj.cls.mro or ())
        )
    return True


def _hasattr(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    obj, name = (
        _one(arguments),
        m.state.resolve(arguments.positional[1]) if len(arguments.positional) > 1 else UNKNOWN,
    )
    if isinstance(obj, Instance) and isinstance(name, Const) and isinstance(name.value, str):
        if _has(m, obj, name.value):
            value = obj.state.get(name.value)
            return on(m, value.atom) if isinstance(value, Choice) and value.no is NEVER else TRUE
        if "" not in external_bases(m, obj.cls) and not obj.layer:
            return FALSE
    return on(m, m.state.fresh("hasattr"))


def _setattr(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) == 3:
        obj, name, value = arguments.positional
        name = m.state.resolve(name)
        if isinstance(name, Const) and isinstance(name.value, str):
            m.write_attribute(obj, name.value, value)
        elif isinstance(name, Symbol) and isinstance(obj, Instance):
            m.write_attribute(obj, repr(name.key), value)
        else:
            m.use(value, "setattr")
    return NONE


def _super(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if site is None or site.scope.frame is None:
        return UNKNOWN
    scope = site.scope
    while scope is not None and scope.owner is None:
        scope = scope.parent
    frame = site.scope.frame
    self_name = next(iter(frame.bindings), None)
    if scope is None or self_name is None:
        return UNKNOWN
    self_ = arguments.positional[1] if len(arguments.positional) > 1 else frame.bindings[self_name].value
    owner = arguments.positional[0] if len(arguments.positional) > 1 else scope.owner
    return Super(owner, self_) if isinstance(owner, Class) else UNKNOWN


def _sum(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    result: Optional[Value] = None
    step = Step("sum", site.file, site.node.cst) if site is not None else Step("sum", None, None)
    items = iteration_items(m, _one(arguments))

    def add(part: tuple[Any, ...], so_far: Optional[Value]) -> Value:
        for index, item in enumerate(part):
            if isinstance(item, Segment):
                rest, current = part[index + 1 :], so_far
                return m.state.branch(
                    item.atom,
                    lambda: add((*item.yes, *rest), current),
                    lambda: add((*item.no, *rest), current),
                )
            so_far = item if so_far is None else elementwise(m, "+", so_far, item, step) or UNKNOWN
        return UNKNOWN if so_far is None else so_far

    result = add(items, None)
    if any(isinstance(item, (Tensor, Segment)) for item in items):
        return result
    return Symbol(("sum", id(site)), "sum")


def _type(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    value = _one(arguments)
    if isinstance(value, Instance):
        return value.cls
    if isinstance(value, LayerValue):
        return External(value.row.name)
    if isinstance(value, Const):
        return External(f"builtins.{type(value.value).__name__}")
    if isinstance(value, Partial):
        return External("functools.partial")
    return Symbol(("type", value.key), "type") if isinstance(value, Symbol) else UNKNOWN


def _number(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """int, float, round, max, min …: a number that depends on numbers."""
    values = [m.state.resolve(value) for value in arguments.positional]
    for value in values:
        m.use(value, "a number")
    keys = tuple(_key(value) for value in values)
    return Symbol(
        ("number of", site.node.func.__class__ if site else "", id(site.node) if site else 0, keys), "number"
    )


def _convert(kind: Callable[[Any], Any]) -> Builtin:
    def convert(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
        value = m.state.resolve(_one(arguments))
        if isinstance(value, Const) and arguments.positional:
            try:
                return Const(kind(value.value))
            except (TypeError, ValueError, OverflowError):
                return UNKNOWN
        return _number(m, arguments, site)

    return convert


def _extreme(kind: Callable[..., Any]) -> Builtin:
    def extreme(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
        values = [m.state.resolve(value) for value in arguments.positional]
        numbers = [v.value for v in values if isinstance(v, Const) and isinstance(v.value, (int, float))]
        if len(numbers) == len(values) and len(values) > 1:
            return Const(kind(*numbers))
        return _number(m, arguments, site)

    return extreme


def _issubclass(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    one, other = (m.state.resolve(value) for value in ([*arguments.positional, UNKNOWN, UNKNOWN])[:2])
    if isinstance(one, Class) and isinstance(other, Class):
        return TRUE if other in (one.mro or ()) else FALSE
    if isinstance(one, External) and isinstance(other, (External, Class)):
        return TRUE if one.name == getattr(other, "name", None) else on(m, m.state.fresh("issubclass"))
    return on(m, m.state.fresh("issubclass"))


def _bool(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return truth(m, _one(arguments)) if arguments.positional else FALSE


def _callable(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    value = m.state.resolve(_one(arguments))
    if isinstance(value, (Function, Class, External, Partial, Bound, LayerValue, Instance)):
        return TRUE
    return FALSE if isinstance(value, Const) else on(m, m.state.fresh("callable"))


def _str(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    value = m.state.resolve(_one(arguments))
    if isinstance(value, Const):
        return Const(str(value.value))
    return Symbol(("str", value.key), "str") if isinstance(value, Symbol) else UNKNOWN


def _print(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    return NONE


def _any_all(name: str) -> Builtin:
    def decide(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
        decisive = name == "any"

        def held(items: tuple[Any, ...], undecided: int = 0) -> Value:
            if undecided > MAX_UNDECIDED:
                return on(m, m.state.fresh(name))
            undecided += 1
            for index, item in enumerate(items):
                rest = items[index + 1 :]
                if isinstance(item, Segment):
                    yes = held((*item.yes, *rest), undecided)
                    return on(m, item.atom, yes, held((*item.no, *rest), undecided))
                value = truth(m, item)
                if isinstance(value, Const):
                    if bool(value.value) is decisive:
                        return TRUE if decisive else FALSE
                    continue
                if not isinstance(value, Choice):
                    return on(m, m.state.fresh(name))
                end = TRUE if decisive else FALSE
                return m.state.lift(
                    value,
                    lambda side: (
                        end
                        if isinstance(side, Const) and bool(side.value) is decisive
                        else held(rest, undecided)
                    ),
                )
            return FALSE if decisive else TRUE

        return held(iteration_items(m, _one(arguments)))

    return decide


def _map(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    if len(arguments.positional) != 2:
        return UNKNOWN
    function = arguments.positional[0]

    def each(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            Segment(i.atom, each(i.yes), each(i.no))
            if isinstance(i, Segment)
            else m.call(function, Arguments.of(i), site)
            for i in items
        )

    return Tuple(each(iteration_items(m, arguments.positional[1])))


BUILTINS: dict[str, Builtin] = {
    "len": _len,
    "range": _range,
    "zip": _zip,
    "enumerate": _enumerate,
    "list": _list,
    "set": _list,
    "sorted": _list,
    "frozenset": _list,
    "iter": _tuple,
    "tuple": _tuple,
    "reversed": _reversed,
    "dict": _dict,
    "isinstance": _isinstance,
    "issubclass": _issubclass,
    "getattr": _getattr,
    "hasattr": _hasattr,
    "setattr": _setattr,
    "super": _super,
    "sum": _sum,
    "type": _type,
    "int": _convert(int),
    "float": _convert(float),
    "abs": _convert(abs),
    "round": _convert(round),
    "max": _extreme(max),
    "min": _extreme(min),
    "pow": _number,
    "divmod": _number,
    "bool": _bool,
    "callable": _callable,
    "str": _str,
    "repr": _str,
    "print": _print,
    "any": _any_all("any"),
    "all": _any_all("all"),
    "map": _map,
}
