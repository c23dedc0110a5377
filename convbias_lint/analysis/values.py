"""What a variable can hold while model code is evaluated abstractly.

Mutable values (objects, lists, dicts) keep their content in a ``state`` dict that only ``State.write``
changes, so that the two sides of a branch can each be run from the same start and their results merged.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.ordered import Ordered, made

if TYPE_CHECKING:
    from convbias_lint.analysis.layer import LayerValue
    from convbias_lint.analysis.shifts import Shift, Stack

Atom = tuple[Any, ...]
"""A condition that the code does not decide.  ``("is", key, constant)`` says that the symbol ``key``
is that constant, ``("truth", key)`` that it is true; anything else is true or false by itself."""


class Value:
    __slots__ = ()


class Const(Value):
    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __repr__(self) -> str:
        return repr(self.value)


NONE = Const(None)
TRUE = Const(True)
FALSE = Const(False)


class Unknown(Value):
    """Anything; holds no tensor and no layer whose fate is still open."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "?"


class Never(Value):
    """The value of a path that cannot be taken (it raised, or a name was not bound)."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "never"


UNKNOWN = Unknown()
NEVER = Never()


class Symbol(Value):
    """A number, string or callable that the caller chooses; equal keys mean equal values.

    ``default`` is the parameter's default, if it has one; ``shown`` another value that the package's
    code passes for it.  ``rank`` is which iteration of a loop of unknown length the symbol stands for,
    so that ``self.convs[i]`` finds the matching item; ``least`` is what a loop's number is at least.
    """

    __slots__ = ("default", "key", "label", "least", "rank", "shown")

    def __init__(
        self,
        key: Hashable,
        label: str,
        default: Optional[Value] = None,
        rank: Optional[int] = None,
        least: Optional[int] = None,
    ) -> None:
        self.key = key
        self.label = label
        self.default = default
        self.rank = rank
        self.least = least
        self.shown: Optional[Value] = None

    def __repr__(self) -> str:
        return f"<{self.label}>"


class Choice(Value):
    """``yes`` where the atom holds, else ``no``."""

    __slots__ = ("atom", "no", "size", "yes")

    def __init__(self, atom: Atom, yes: Value, no: Value) -> None:
        self.atom = atom
        self.yes = yes
        self.no = no
        self.size: int = (yes.size if type(yes) is Choice else 1) + (no.size if type(no) is Choice else 1)

    def __repr__(self) -> str:
        return f"({self.yes!r} if {self.atom} else {self.no!r})"


class Segment:
    """A part of a sequence that differs: items ``yes`` where the atom holds, else items ``no``."""

    __slots__ = ("atom", "no", "yes")

    def __init__(self, atom: Atom, yes: tuple[Any, ...], no: tuple[Any, ...]) -> None:
        self.atom, self.yes, self.no = atom, yes, no


class Tuple(Value):
    """An immutable sequence; an item is a value or a :class:`Segment`."""

    __slots__ = ("items",)

    def __init__(self, items: Sequence[Any]) -> None:
        self.items: tuple[Any, ...] = tuple(items)

    def __repr__(self) -> str:
        return repr(self.items)


class List(Value):
    """A list (or set); ``state["items"]`` is a :class:`Tuple`, or Unknown past what can be followed."""

    __slots__ = ("number", "state")

    def __init__(self, items: Sequence[Any]) -> None:
        self.number = next(made)
        self.state: dict[Any, Value] = {"items": Tuple(items)}


class Dict(Value):
    """A dict with constant keys, in order; ``state[key]`` is a value, NEVER where the key is absent.

    ``open`` says that keys unknown here may be present too; ``given`` that it holds what a caller
    passed as ``**kwargs``: another caller may pass other keys.
    """

    __slots__ = ("given", "open", "state")

    def __init__(
        self, items: Optional[dict[Any, Value]] = None, open: bool = False, given: bool = False
    ) -> None:
        self.state = Ordered(items or {})
        self.open = open
        self.given = given


class Tensor(Value):
    """A tensor with the shifts in it; ``rank`` is its number of axes where that is known.

    ``maker`` gave it its channels; ``bare`` is a layer without a bias whose output has met no norm since:
    both are lost behind what may not keep them.  ``given`` names what a caller passed: maybe no tensor.
    """

    __slots__ = ("bare", "dims", "given", "maker", "number", "rank", "shifts", "stack")

    def __init__(
        self,
        shifts: tuple[Shift, ...] = (),
        rank: Optional[int] = None,
        dims: Optional[tuple[Value, ...]] = None,
    ) -> None:
        self.shifts = shifts
        self.rank = rank
        self.dims = dims
        self.maker: Optional[LayerValue] = None
        self.bare: Optional[LayerValue] = None
        self.stack: Optional[Stack] = None
        self.number: Optional[int] = None
        self.given: Optional[Hashable] = None

    def __repr__(self) -> str:
        return f"Tensor{list(self.shifts)}"


class Parts(Value):
    """As many equal parts of a tensor as whoever unpacks it asks for."""

    __slots__ = ("part",)

    def __init__(self, part: Tensor) -> None:
        self.part = part


class Parameter(Value):
    """A learned or constant tensor that no sample changes; ``layer`` is whose ``bias`` it is, if any.

    ``dims`` are the lengths of its axes where these are known.
    """

    __slots__ = ("dims", "layer")

    def __init__(self, layer: Optional[LayerValue] = None, dims: Optional[tuple[Value, ...]] = None) -> None:
        self.layer = layer
        self.dims = dims


class Shape(Value):
    """``tensor.shape``."""

    __slots__ = ("tensor",)

    def __init__(self, tensor: Tensor) -> None:
        self.tensor = tensor


class External(Value):
    """Something outside the code in view, by its qualified name."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


class ModuleValue(Value):
    """A module whose source is in view; ``file`` is its :class:`modules.SourceFile`."""

    __slots__ = ("file",)

    def __init__(self, file: Any) -> None:
        self.file = file


class Function(Value):
    """A function or lambda in view, with the scope and (of an inner one) the defaults it was defined with."""

    __slots__ = ("defaults", "node", "owner", "scope")

    def __init__(self, node: ir.FuncDef | ir.Lambda, scope: Any, owner: Optional[Class] = None) -> None:
        self.node = node
        self.scope = scope
        self.owner = owner
        self.defaults: dict[str, Value] = {}


class Class(Value):
    """A class in view; ``bases`` are values, ``members`` its own attributes."""

    __slots__ = ("bases", "file", "members", "mro", "node", "scope")

    def __init__(self, node: ir.ClassDef, scope: Any, file: Any, bases: Sequence[Value]) -> None:
        self.node = node
        self.scope = scope
        self.file = file
        self.bases = tuple(bases)
        self.members: dict[Any, Value] = {}
        self.mro: Optional[tuple[Value, ...]] = None

    def __repr__(self) -> str:
        return f"class {self.node.name}"


class Instance(Value):
    """An object of a class in view, or a container of torch.nn; ``state`` holds its attributes.

    ``layer`` is set where the class derives from a layer of the table.  A container's children are
    the :class:`Tuple` ``state[CHILDREN]`` of (name, value) pairs, in the order in which they run.
    ``ran`` says that its ``forward`` was called, ``done`` that a call came to its end.
    """

    __slots__ = ("cls", "done", "layer", "origin", "ran", "state")

    def __init__(self, cls: Value, origin: Any) -> None:
        self.cls = cls
        self.state: dict[Any, Value] = {}
        self.layer: Optional[LayerValue] = None
        self.origin = origin
        self.ran = self.done = False

    def __repr__(self) -> str:
        return f"<{self.cls}>"


CHILDREN = "<children>"


class Bound(Value):
    """A method with its object."""

    __slots__ = ("func", "self")

    def __init__(self, func: Value, self_: Value) -> None:
        self.func = func
        self.self = self_


class Method(Value):
    """A method that the evaluator itself provides: ``list.append``, ``Tensor.view``, ``Module.to``."""

    __slots__ = ("name", "self")

    def __init__(self, self_: Value, name: str) -> None:
        self.self = self_
        self.name = name


class Partial(Value):
    """``functools.partial``."""

    __slots__ = ("args", "func", "kwargs")

    def __init__(self, func: Value, args: Sequence[Value], kwargs: dict[str, Value]) -> None:
        self.func = func
        self.args = tuple(args)
        self.kwargs = dict(kwargs)


class Super(Value):
    """``super()``: attributes are looked up behind ``cls`` in the order of ``self``'s class."""

    __slots__ = ("cls", "self")

    def __init__(self, cls: Class, self_: Value) -> None:
        self.cls = cls
        self.self = self_


class Wrapped(Value):
    __slots__ = ("func",)

    def __init__(self, func: Value) -> None:
        self.func = func


class Property(Wrapped):
    __slots__ = ()


class StaticMethod(Wrapped):
    __slots__ = ()


class ClassMethod(Wrapped):
    __slots__ = ()
