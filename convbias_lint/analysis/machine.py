"""What every part of the evaluator works with: the state, the scopes, and the record of events.

The parts (expressions, statements, calls, containers, tensors …) are modules of functions that take
a :class:`Machine` as their first argument; :mod:`convbias_lint.analysis.evaluator` puts them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.holding import HOLDERS, parts_of
from convbias_lint.analysis.layer import CallSite, Cancelled, Guard, LayerValue, NormInput, Step
from convbias_lint.analysis.shifts import Shift
from convbias_lint.analysis.state import State
from convbias_lint.analysis.values import (
    UNKNOWN,
    Choice,
    External,
    Function,
    Instance,
    Parameter,
    Segment,
    Tensor,
    Value,
)
from convbias_lint.layers.rows import Layer

MAX_DEPTH = 60
MAX_EVENTS = 300


class Frame:
    """One call of a function: how each parameter got its value."""

    __slots__ = ("bindings", "extra", "function", "generates", "given", "names", "site", "takes_any")

    def __init__(self, function: Optional[Function], site: Optional[CallSite]) -> None:
        self.function = function
        self.site = site
        self.bindings: dict[str, Binding] = {}
        self.extra: dict[str, Binding] = {}
        """What ``**kwargs`` took up."""
        self.generates = False
        self.names: dict[str, str] = {}
        """Names that are more than a variable of the function: "outer" ones (``global``, ``nonlocal``), and
        those of which any value may be "seen", also one that is replaced a line later."""
        self.takes_any = False
        """Whether the function has ``**kwargs``."""
        self.given = False
        """Whether the call hands on the ``**kwargs`` of another caller."""


class Binding:
    """How a parameter got its value: by ``expression`` in the calling scope, or (None) its default.

    ``through_kwargs``: by ``*args`` or ``**kwargs`` that the caller hands on.
    """

    __slots__ = ("expression", "through_kwargs", "value")

    def __init__(self, value: Value, expression: Optional[ir.Expr], through_kwargs: bool = False) -> None:
        self.value = value
        self.expression = expression
        self.through_kwargs = through_kwargs


class Scope:
    """Names of a function, class body, comprehension or module, inside ``parent``."""

    __slots__ = ("file", "frame", "owner", "parent", "vars")

    def __init__(self, file: Any, parent: Optional[Scope], frame: Optional[Frame], owner: Any = None) -> None:
        self.file = file
        self.parent = parent
        self.frame = frame
        self.owner = owner
        self.vars: dict[Any, Value] = {}


class Arguments:
    """The arguments of a call, with the expressions they came from where they were written out."""

    __slots__ = (
        "expressions",
        "given",
        "keywords",
        "names",
        "open_at",
        "open_keywords",
        "open_positions",
        "positional",
    )

    def __init__(self) -> None:
        self.positional: list[Value] = []
        self.expressions: list[Optional[ir.Expr]] = []
        self.keywords: dict[str, Value] = {}
        self.names: dict[str, Optional[ir.Expr]] = {}
        self.open_positions = False
        self.open_at: Optional[int] = None
        """Where ``*`` put arguments that are not known, if it did."""
        self.open_keywords = False
        self.given = False
        """Whether ``**`` hands on what a caller passed: another caller may pass other keywords."""

    @classmethod
    def of(cls, *positional: Value, **keywords: Value) -> Arguments:
        arguments = cls()
        arguments.positional = list(positional)
        arguments.expressions = [None] * len(positional)
        arguments.keywords = dict(keywords)
        arguments.names = dict.fromkeys(keywords)
        return arguments

    def get(self, position: int, keyword: str) -> Optional[Value]:
        """The value of the argument at ``position`` or named ``keyword``, if it was given.

        UNKNOWN behind a ``*`` of which it is not known how much it gives.
        """
        if keyword in self.keywords:
            return self.keywords[keyword]
        if not self.is_settled(position):
            return UNKNOWN
        return self.positional[position] if position < len(self.positional) else None

    def fails_at(self, position: Optional[int], keyword: str) -> bool:
        """Whether the call fails for an argument that stands at its position and under its name, too."""
        if keyword not in self.keywords or position is None or position >= len(self.positional):
            return False
        return self.is_settled(position)

    def is_settled(self, position: int) -> bool:
        """Whether no ``*`` before a position gives more or fewer arguments than are listed."""
        if not self.open_positions:
            return True
        if self.open_at is not None and position >= self.open_at:
            return False
        return not any(isinstance(value, Segment) for value in self.positional[: position + 1])

    def all(self) -> list[Value]:
        return [*self.positional, *self.keywords.values()]

    def behind(self, *first: Value) -> Arguments:
        """The same arguments with others before them."""
        return self._with([*first, *self.positional], [*([None] * len(first)), *self.expressions], len(first))

    def without_first(self) -> Arguments:
        """The same arguments but for the first one."""
        return self._with(self.positional[1:], self.expressions[1:], -1)

    def _with(self, positional: list[Value], expressions: list[Optional[ir.Expr]], moved: int) -> Arguments:
        """Other positional arguments, ``*`` at a place that has ``moved`` on; all else is the same."""
        arguments = Arguments.__new__(Arguments)
        arguments.positional, arguments.expressions = positional, expressions
        arguments.keywords, arguments.names = self.keywords, self.names
        arguments.open_positions, arguments.open_keywords = self.open_positions, self.open_keywords
        arguments.open_at = None if self.open_at is None else max(self.open_at + moved, 0)
        arguments.given = self.given
        return arguments


class Machine:
    """Runs code abstractly; see :mod:`convbias_lint.analysis.evaluator` for what the methods do."""

    def __init__(self, loader: Any, rows: dict[str, Layer]) -> None:
        self.loader = loader
        self.rows = rows
        self.home: Any = None
        """The file whose calls findings are wanted on."""
        self.norm_names: Optional[set[str]] = None
        self.state = State()
        self.state.on_lost = lambda value: self.use(value, "too many alternatives")
        self.layers: list[LayerValue] = []
        self.built: list[Instance] = []
        self.built_classes: set[Any] = set()
        self.called: set[Any] = set()
        self.open_calls: set[Any] = set()
        """The symbols that were called, so that what they make is not known."""
        self.asked: dict[Any, dict[str, External]] = {}
        """By the key of a symbol, the norms that it was compared with."""
        self.running_means: dict[int, tuple[Value, list[NormInput]]] = {}
        """By its id, a running mean that functions are given, and the inputs that they take it from."""
        self.numbers: set[Any] = set()
        """The keys of symbols that are numbers, by what their parameters are annotated with or default to."""
        self.sites: list[CallSite] = []
        self.results: dict[Any, tuple[Any, Value]] = {}
        """What functions of plain data gave back, by arguments and assumptions, and for which call."""
        self.defaults: dict[Any, Any] = {}
        """By node and scope, the lists and dicts that are defaults of parameters, and what they held."""
        self.settable: dict[Any, Any] = {}
        """By class, the attributes that may be set once its objects are built."""
        self.changed: frozenset[str] = frozenset()
        """The attributes that code outside of classes sets."""
        self.reset: frozenset[str] = frozenset()
        """The arguments that code sets on layers once they are there."""
        self.any_format = False
        """Whether code sets where Keras expects the channels, unless a layer says so."""
        self.active: list[Any] = []
        self.aside = False
        """Whether a method other than ``forward`` is run by itself."""
        self.mode: Optional[Value] = None
        """``training`` of the call of a Keras layer or model that is run, if there is one."""
        self.building: list[tuple[Instance, Arguments, Optional[CallSite]]] = []
        self.discarded: Optional[ir.Expr] = None
        """The call whose result the statement being run throws away."""

    # Implemented by Evaluator.
    def evaluate(self, node: ir.Expr, scope: Scope) -> Value:
        raise NotImplementedError

    def run_block(self, statements: Sequence[ir.Stmt], scope: Scope) -> Any:
        raise NotImplementedError

    def call(self, function: Value, arguments: Arguments, site: Optional[CallSite]) -> Value:
        raise NotImplementedError

    def attribute(self, value: Value, name: str) -> Value:
        raise NotImplementedError

    def assign(self, target: ir.Expr, value: Value, scope: Scope) -> None:
        raise NotImplementedError

    def lookup(self, name: str, scope: Optional[Scope]) -> Value:
        raise NotImplementedError

    def truth(self, value: Value) -> Value:
        raise NotImplementedError

    def augment(self, node: ir.AugAssign, scope: Scope) -> None:
        raise NotImplementedError

    def items(self, value: Value) -> tuple[Any, ...]:
        raise NotImplementedError

    def is_replaced(self, decorators: Sequence[ir.Expr], scope: Scope) -> bool:
        raise NotImplementedError

    def decorated(self, function: Value, decorators: Sequence[ir.Expr], scope: Scope) -> Value:
        raise NotImplementedError

    def make_class(self, node: ir.ClassDef, scope: Scope) -> Value:
        raise NotImplementedError

    def module(self, file: Any) -> Value:
        raise NotImplementedError

    def imported(self, file: Any, module: str, level: int, name: str) -> Value:
        raise NotImplementedError

    def global_value(self, file: Any, name: str) -> Value:
        raise NotImplementedError

    def forward(self, instance: Instance, arguments: Arguments, site: Optional[CallSite]) -> Value:
        raise NotImplementedError

    def write_attribute(self, obj: Value, name: str, value: Value) -> None:
        raise NotImplementedError

    # -- bounds ---------------------------------------------------------------------------------

    def step(self) -> None:
        """Count one unit of work. Raises GaveUp past the bound."""
        state = self.state
        state.work += 1
        if state.work > state.limit:
            state.spend(0)

    # -- events ---------------------------------------------------------------------------------

    def chain(self, site: CallSite) -> tuple[CallSite, ...]:
        """The calls that lead here, innermost first."""
        return (site, *reversed(self.sites))

    def use(self, value: Value, why: str) -> None:
        """Something that tells whether a shift is there sees ``value`` and all it holds."""
        kind = type(value)
        if kind in HOLDERS or kind is Tensor or kind is Parameter:
            self._use(value, why, self.state.guard(), {})

    def _use(self, value: Any, why: str, guard: Guard, seen: dict[int, bool]) -> bool:
        """Whether there was anything to use.

        ``seen`` says so of what was met before: one list may be in both sides of a choice, and hold
        something else in each.
        """
        kind = type(value)
        if kind is Tensor:
            for shift in value.shifts:
                self.use_shift(shift, why, guard)
            return bool(value.shifts)
        # What a constructor does with a bias sets its first value; no output shows it.
        if kind is Parameter and value.layer is not None and not self.building:
            value.layer.used.append((guard, why))
            return True
        if kind not in HOLDERS or not seen.get(id(value), True):
            return False
        seen[id(value)] = False
        self.state.spend(1)
        found = self._use_parts(value, kind, why, guard, seen)
        seen[id(value)] = found
        return found

    def _use_parts(self, value: Any, kind: type, why: str, guard: Guard, seen: dict[int, bool]) -> bool:
        if kind is Choice:
            yes = self._use(value.yes, why, guard | {(value.atom, True)}, seen)
            return self._use(value.no, why, guard | {(value.atom, False)}, seen) or yes
        if kind is LayerValue:
            value.used.append((guard, why))
            return True
        if kind is Instance and value.layer is not None:
            value.layer.used.append((guard, why))
        found = [self._use(part, why, guard, seen) for part in parts_of(value, kind)]
        return any(found) or (kind is Instance and value.layer is not None)

    def use_shift(self, shift: Shift, why: str, guard: Optional[Guard] = None) -> None:
        guard = self.state.guard() if guard is None else guard
        if not self.state.contradicts(shift.guard):
            used = shift.layer.used
            if len(used) < MAX_EVENTS:
                used.append((guard | shift.guard, why))
            elif len(used) == MAX_EVENTS:
                used.append((frozenset(), "more ways than can be told apart"))

    def cancel_shift(self, shift: Shift, norm: LayerValue) -> None:
        if not self.state.contradicts(shift.guard) and len(shift.layer.cancelled) < MAX_EVENTS:
            shift.layer.cancelled.append(Cancelled(self.state.guard() | shift.guard, norm, shift.path))

    def here(self, label: str, site: Optional[CallSite]) -> Step:
        """The step of the way that ``site`` is."""
        return Step(label, site.file if site else None, site.node.syntax if site else None)
