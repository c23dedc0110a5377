"""Assumptions, branches and merges.

An ``if`` whose condition the code does not decide is run both ways, each side from the same start:
writes are journalled, taken back, and the two results merged into choices.  What was assumed is
kept, so that ``if batch_norm:`` in ``__init__`` and ``if self.batch_norm:`` in ``forward`` agree.
The cost is that of running each side once; it does not double with every further ``if``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Optional, TypeVar

from convbias_lint.analysis.bounds import Bounds
from convbias_lint.analysis.layer import Guard
from convbias_lint.analysis.merging import merged_tuples, same, simplified
from convbias_lint.analysis.ordered import Ordered
from convbias_lint.analysis.shifts import merged
from convbias_lint.analysis.values import (
    NEVER,
    UNKNOWN,
    Atom,
    Choice,
    Const,
    External,
    Never,
    Symbol,
    Tensor,
    Tuple,
    Unknown,
    Value,
)

_T = TypeVar("_T")

GLOBAL = "? of a file"
"""Begins the conditions that global values depend on and the code does not decide."""
MAX_CHOICE = 48
"""How many alternatives one value may have before it becomes unknown."""


class Dead(Exception):
    """The path being run cannot be taken: it raised, or a value does not exist on it."""


_MISSING: Any = object()
_NONE_WRITTEN: dict[Any, Any] = {}
_NOTHING: tuple[dict[Any, Any], dict[Any, Any]] = ({}, _NONE_WRITTEN)
OPEN = frozenset((Choice, Symbol, Never))
"""The values that what is assumed may decide; all others are what they are."""


_Writes = dict[int, tuple[dict[Any, Any], dict[Any, Any]]]
"""By the id of a dict that was written to, the dict and, by key, a value that it held."""


class State(Bounds):
    """What is assumed now, and the writes that a branch may have to take back."""

    def __init__(self, unknown: str = "?") -> None:
        super().__init__()
        self.assumed: dict[Atom, bool] = {}
        self._unknown = unknown
        self._of_symbol: dict[Hashable, list[Atom]] = {}
        self._journal: list[_Writes] = []
        self._sticky: list[list[Atom]] = [[]]
        self._fresh = 0
        self._guard: Optional[Guard] = None
        self._looking = self._careful = False
        self.on_lost: Callable[[Value], None] = lambda value: None
        """Called with values that can no longer be followed."""

    # -- writes ---------------------------------------------------------------------------------

    def write(self, place: dict[Any, Any], key: Any, value: Any) -> None:
        """``place[key] = value``, so that a branch can take it back."""
        if self._journal:
            frame = self._journal[-1]
            known = frame.get(id(place))
            if known is None:
                frame[id(place)] = (place, {key: place.get(key, _MISSING)})
            elif key not in known[1]:
                known[1][key] = place.get(key, _MISSING)
        place[key] = value

    def leave(self, names: dict[Any, Any]) -> None:
        """The names of a call that has come to its end: no branch around it need take them back.

        Only what the call left behind can see them, and that is there on the same side of the branch only.
        """
        if self._journal:
            self._journal[-1].pop(id(names), None)

    # -- assumptions ----------------------------------------------------------------------------

    def fresh(self, what: str) -> Atom:
        """A new condition, like no other."""
        self._fresh += 1
        return (self._unknown, what, self._fresh)

    def guard(self) -> Guard:
        """All that is assumed now."""
        if self._guard is None:
            self._guard = frozenset(self.assumed.items())
        return self._guard

    def settled(self) -> int:
        """How many conditions this path has settled for what follows it."""
        return len(self._sticky[-1])

    def holds(self, atom: Atom) -> Optional[bool]:
        """Whether ``atom`` holds under what is assumed; None where that is open."""
        known = self.assumed.get(atom)
        if known is not None:
            return known
        kind = atom[0]
        if kind == "is":
            return self._holds_is(atom)
        if kind == "truth":
            for other in self._of_symbol.get(atom[1], ()):
                if other[0] == "is" and self.assumed[other] and isinstance(other[2], tuple):
                    return bool(other[2][1])
        if kind == "any":
            return self._holds_any(atom)
        return None

    def _holds_any(self, atom: Atom) -> Optional[bool]:
        """Whether one of several sets of conditions holds."""
        possible = False
        for path in atom[1:]:
            answers = [self.holds(part) for part, _ in path]
            if all(answer is holds for answer, (_, holds) in zip(answers, path)):
                return True
            possible = possible or not any(answer is (not holds) for answer, (_, holds) in zip(answers, path))
        return None if possible else False

    def _holds_is(self, atom: Atom) -> Optional[bool]:
        constant = atom[2]
        for other in self._of_symbol.get(atom[1], ()):
            value = self.assumed[other]
            if other[0] == "is" and value:
                return bool(other[2] == constant)
            if other[0] == "truth" and isinstance(constant, tuple) and bool(constant[1]) != value:
                return False
        return None

    def bound_constant(self, symbol: Symbol) -> Optional[Value]:
        """The constant or class of a framework that ``symbol`` is assumed to be, if any."""
        for atom in self._of_symbol.get(symbol.key, ()):
            if atom[0] == "is" and self.assumed[atom]:
                if atom[2] == "default":
                    return symbol.default
                kind, constant = atom[2]
                if kind != "class":
                    return Const(constant)
                if constant.startswith(("torch.", "keras.")):
                    return External(constant)
        return None

    def _push(self, atom: Atom, value: bool) -> None:
        self.assumed[atom] = value
        self._guard = None
        if atom[0] in ("is", "truth"):
            self._of_symbol.setdefault(atom[1], []).append(atom)

    def _pop(self, atom: Atom) -> None:
        del self.assumed[atom]
        self._guard = None
        if atom[0] in ("is", "truth"):
            self._of_symbol[atom[1]].remove(atom)

    def contradicts(self, guard: Guard) -> bool:
        """Whether something that happened under ``guard`` cannot happen under what is assumed."""
        assumed = self.assumed
        for atom, value in guard:
            known = assumed.get(atom)
            if known is None:
                known = self.holds(atom)
            if known is not None and known != value:
                return True
        return False

    # -- branches -------------------------------------------------------------------------------

    def resolve(self, value: Value) -> Value:
        """``value`` under what is assumed: choices that are decided are taken."""
        while type(value) is Choice:
            known = self.holds(value.atom)
            if known is None:
                return value
            value = value.yes if known else value.no
        if type(value) is Symbol:
            constant = self.bound_constant(value)
            return value if constant is None else constant
        if type(value) is Never:
            raise Dead
        return value

    def branch(self, atom: Atom, yes: Callable[[], _T], no: Callable[[], _T], merge: Any = None) -> _T:
        """Run ``yes`` where ``atom`` holds and ``no`` where not; the merged result of both.

        ``merge(atom, one, other)`` merges the results (:meth:`choose` unless given).
        Raises Dead where neither side comes to an end.
        """
        known = self.holds(atom)
        if known is not None:
            return yes() if known else no()
        return self._fork(atom, yes, no, merge or self.choose)

    def _fork(self, atom: Atom, yes: Callable[[], _T], no: Callable[[], _T], merge: Any) -> _T:
        """:meth:`branch` on an atom that is open."""
        self.spend(2 + len(self.assumed) // 8)
        one, one_writes, one_alive = self._side(atom, True, yes)
        other, other_writes, other_alive = self._side(atom, False, no)
        if not one_alive and not other_alive:
            raise Dead
        if not one_alive or not other_alive:
            for place, written in (one_writes if one_alive else other_writes).values():
                for key, value in written.items():
                    self.write(place, key, value)
            # From here on the atom is settled: the other way does not come back.
            self._push(atom, one_alive)
            self._sticky[-1].append(atom)
            alive: _T = one if one_alive else other
            return alive
        if one_writes or other_writes:
            self._merge(atom, one_writes, other_writes)
        result: _T = merge(atom, one, other)
        return result

    def _merge(self, atom: Atom, one: _Writes, other: _Writes) -> None:
        """Write what the two sides of a branch wrote."""
        self.spend(sum(len(written) for side in (one, other) for _, written in side.values()))
        for number in {**one, **other}:
            place, left = one.get(number, _NOTHING)
            place, right = other.get(number, (place, _NONE_WRITTEN))
            if type(place) is Ordered and left and right:
                place.note(left, right)
            for key in {**left, **right} if left and right else left or right:
                before = place.get(key, NEVER)
                value = self.choose(atom, left.get(key, before), right.get(key, before))
                self.write(place, key, value)

    def _side(self, atom: Atom, value: bool, thunk: Callable[[], Any]) -> tuple[Any, _Writes, bool]:
        """What ``thunk`` gives back and writes where an atom holds or not, and if it comes to an end."""
        self._push(atom, value)
        self._journal.append({})
        self._sticky.append([])
        try:
            result, alive = thunk(), True
        except Dead:
            result, alive = NEVER, False
        finally:
            writes = self._journal.pop()
            for place, written in writes.values():
                for key, before in written.items():
                    written[key] = place[key]
                    if before is _MISSING:
                        del place[key]
                    else:
                        place[key] = before
            for settled in self._sticky.pop():
                self._pop(settled)
            self._pop(atom)
        return result, writes, alive

    def weigh(self, atom: Atom, yes: Callable[[], Value], no: Callable[[], Value]) -> Value:
        """:meth:`branch` for sides that only look at values, and write nothing: for less."""
        if self._careful or self.holds(atom) is not None:
            return self.branch(atom, yes, no)
        self.spend(2 + len(self.assumed) // 8)
        looking, self._looking = self._looking, True
        try:
            results = []
            for value, side in ((True, yes), (False, no)):
                self._push(atom, value)
                try:
                    results.append(side())
                finally:
                    self._pop(atom)
        except Dead:
            if looking:
                raise
            # What a side that cannot be taken settles is for the outermost branch to keep.
            self._careful = True
            try:
                return self.branch(atom, yes, no)
            finally:
                self._careful = False
        finally:
            self._looking = looking
        return self.choose(atom, *results)  # type: ignore[no-any-return]

    def lift(self, value: Value, function: Callable[[Value], _T], merge: Any = None) -> _T:
        """``function`` of every alternative of ``value``, merged."""
        value = self.resolve(value)
        if type(value) is Choice:
            choice = value
            return self._fork(
                choice.atom,
                lambda: self.lift(choice.yes, function, merge),
                lambda: self.lift(choice.no, function, merge),
                merge or self.choose,
            )
        return function(value)

    # -- merges ---------------------------------------------------------------------------------

    def choose(self, atom: Atom, yes: Any, no: Any) -> Any:
        """``yes`` where ``atom`` holds, else ``no``, as simply as it can be said."""
        if yes is no:
            return yes
        if type(yes) is Choice:
            yes = simplified(yes, atom, True)
        if type(no) is Choice:
            no = simplified(no, atom, False)
        if type(yes) is Tensor and type(no) is Tensor:
            return merged(yes, no, atom)
        if type(yes) is Tuple and type(no) is Tuple:
            self.spend((len(yes.items) + len(no.items)) // 4)
            return merged_tuples(atom, yes, no)
        if type(yes) is Tensor and type(no) is Unknown:
            return Tensor(merged(yes, Tensor(), atom).shifts)
        if type(no) is Tensor and type(yes) is Unknown:
            return Tensor(merged(Tensor(), no, atom).shifts)
        if same(yes, no):
            return yes
        choice = Choice(atom, yes, no)
        if choice.size > MAX_CHOICE:
            self.on_lost(choice)
            return UNKNOWN
        return choice
