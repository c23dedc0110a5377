"""Which option of the code tells the configurations that need a bias from those that do not."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any, Optional

from convbias_lint.analysis.conditions import constant_key
from convbias_lint.analysis.defaults import Passed, seen
from convbias_lint.analysis.layer import CallSite, Guard, LayerValue
from convbias_lint.analysis.machine import Scope
from convbias_lint.analysis.quotes import written
from convbias_lint.analysis.values import Choice, Class, Const, External, Function, Partial, Symbol, Value

_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "in": "not in", "==": "!="}


@dataclass(frozen=True)
class Option:
    """``redundant`` is the condition, in the words of the code, under which the bias does nothing.

    ``needed`` is its opposite, ready to be written as the bias argument; None where the option has
    no name at the place where the layer is built.
    """

    redundant: str
    needed: Optional[str]


MAX_ANSWERS = 12
"""How many conditions are tried in pairs: those that most of the uses deny."""


def telling_option(
    layers: list[LayerValue], level: int, symbols: dict[Any, Symbol], evident: bool, passed: Passed
) -> Optional[Option]:
    """The option that alone decides; None where there is no single one.

    It is spelled in the names of the place where the calls at ``level`` of the layers' chains stand.

    Unless it is ``evident`` that the redundant configuration is built, the defaults must lead to it,
    or what callers in view ``passed`` (in what configurations the layer is built at all is not asked).
    """
    cancelled = [event.guard for layer in layers for event in layer.cancelled]
    built = {event.guard: layer.guard for layer in layers for event in layer.cancelled}
    used = [guard for layer in layers for guard, _ in layer.used]
    if not cancelled or not used:
        return None
    names = _Names([layer.chain[level] for layer in layers], symbols)
    best: tuple[int, Optional[Option]] = (0, None)
    for key in _keys(cancelled):
        for option, covered in (
            _values_option(key, cancelled, used, names),
            _atom_option(key, cancelled, used, names),
        ):
            enough = option is not None and len(covered) > best[0]
            if enough and (evident or any(seen(guard - built[guard], symbols, passed) for guard in covered)):
                best = (len(covered), option)
    if best[1] is None:
        option, covered = _two_answers(cancelled, used, names)
        if option is not None and (
            evident or any(seen(guard - built[guard], symbols, passed) for guard in covered)
        ):
            return option
    return best[1]


def _keys(guards: list[Guard]) -> list[Any]:
    """The symbols and comparisons that occur in the guards."""
    keys = {_subject(atom) for guard in guards for atom, _ in guard}
    return sorted((key for key in keys if key is not None and not _of_forward(key)), key=repr)


def _of_forward(key: Any) -> bool:
    """Whether a symbol is an argument of ``forward``: no layer's bias can follow that."""
    return isinstance(key, tuple) and any(part == "input" or _of_forward(part) for part in key)


def _subject(atom: Any) -> Any:
    if atom[0] in ("is", "truth"):
        return atom[1] if atom[1] != "training" else None
    return atom if atom[0] in ("compare", "isinstance") or _any_rounds(atom) else None


def _any_rounds(atom: Any) -> bool:
    """Whether an atom asks if a loop of unknown length goes round at all."""
    return bool(atom[0] == "length" and atom[2] == 1 and isinstance(atom[1], tuple))


_Found = tuple[Optional[Option], list[Guard]]
"""An option, and the guards of the events in which it makes the bias redundant."""


def _values_option(key: Any, cancelled: list[Guard], used: list[Guard], names: _Names) -> _Found:
    """The bias is redundant where the symbol is one of a few constants."""
    constants: list[Any] = []
    for guard in cancelled:
        constants.extend(c for c in _constants(key, guard, True) if c not in constants)
    for guard in used:
        held = _constants(key, guard, True)
        constants = [c for c in constants if (c not in held if held else _denied(c, key, guard))]
    covered = [guard for guard in cancelled if any(c in constants for c in _constants(key, guard, True))]
    flag = _is_flag(key, [*cancelled, *used], names)
    return (_one_of(key, constants, names, flag) if constants else None), covered


def _constants(key: Any, guard: Guard, value: bool) -> list[Any]:
    """The constants that a guard says the symbol is, or is not."""
    return [atom[2] for atom, held in guard if atom[0] == "is" and atom[1] == key and held is value]


def _denied(constant: Any, key: Any, guard: Guard) -> bool:
    """Whether a guard says that the symbol is not this constant, or nothing of its type."""
    kind = ("isinstance", key, f"builtins.{constant[0]}")
    return (("is", key, constant), False) in guard or (kind, False) in guard


def _is_flag(key: Any, guards: list[Guard], names: _Names) -> bool:
    """Whether a symbol is on or off and nothing else, as far as the code tells."""
    symbol = names.symbols.get(key)
    default = None if symbol is None else symbol.default
    return (default is None or (isinstance(default, Const) and isinstance(default.value, bool))) and not any(
        atom[0] not in ("is", "truth") or (atom[0] == "is" and atom[2][0] != "bool")
        for guard in guards
        for atom, _ in guard
        if len(atom) > 1 and atom[1] == key
    )


def _one_of(key: Any, constants: list[Any], names: _Names, flag: bool) -> Optional[Option]:
    name = names.of(key)
    label = name or _label(key)
    texts = [_constant_text(constant, key, names) for constant in constants]
    if constants == ["default"] and texts == [None]:
        return _left_alone(key, True, names)
    if label is None or any(text is None for text in texts):
        return None
    if len(texts) == 1:
        by_identity = texts[0] in ("None", "True", "False") or _is_class(constants[0])
        yes, no = ("is", "is not") if by_identity else ("==", "!=")
        if flag and texts[0] in ("True", "False"):
            positive = texts[0] == "True"
            redundant, needed = (label, f"not {label}") if positive else (f"not {label}", label)
        else:
            redundant, needed = f"{label} {yes} {texts[0]}", f"{label} {no} {texts[0]}"
    else:
        listed = ", ".join(str(text) for text in texts)
        redundant, needed = f"{label} in ({listed})", f"{label} not in ({listed})"
    return Option(redundant, needed if name is not None else None)


def _atom_option(key: Any, cancelled: list[Guard], used: list[Guard], names: _Names) -> _Found:
    """One yes-or-no question that has another answer wherever the bias is used."""
    answers = {answer for guard in cancelled for answer in guard if _subject(answer[0]) == key}
    for atom, value in sorted(answers, key=repr):
        if all((atom, not value) in guard for guard in used):
            covered = [guard for guard in cancelled if (atom, value) in guard]
            return _spelled(atom, value, names), covered
    return None, []


def _two_answers(cancelled: list[Guard], used: list[Guard], names: _Names) -> _Found:
    """Two questions, one of which has another answer wherever the bias is used: ``norm and not last``."""
    answers = {
        (atom, value)
        for guard in cancelled
        for atom, value in guard
        if _subject(atom) is not None and not _of_forward(_subject(atom))
    }
    against = {a: frozenset(i for i, guard in enumerate(used) if (a[0], not a[1]) in guard) for a in answers}
    telling = sorted((a for a in answers if against[a]), key=lambda a: (-len(against[a]), repr(a)))
    telling = sorted(telling[:MAX_ANSWERS], key=repr)
    for index, one in enumerate(telling):
        for other in telling[index + 1 :]:
            covered = [guard for guard in cancelled if one in guard and other in guard]
            if covered and len(against[one] | against[other]) == len(used):
                left, right = (_spelled(atom, value, names) for atom, value in (one, other))
                if left is None or right is None:
                    continue
                needed = f"{left.needed} or {right.needed}" if left.needed and right.needed else None
                return Option(f"{left.redundant} and {right.redundant}", needed), covered
    return None, []


def _spelled(atom: Any, value: bool, names: _Names) -> Optional[Option]:
    kind = atom[0]
    if kind in ("truth", "is"):
        name = names.of(atom[1])
        label = name or _label(atom[1])
        if label is None:
            return None
        if kind == "truth":
            yes, no = label, f"not {label}"
        else:
            constant = _constant_text(atom[2], atom[1], names)
            if constant is None:
                return _left_alone(atom[1], value, names) if atom[2] == "default" else None
            identity = constant in ("None", "True", "False") or _is_class(atom[2])
            yes = f"{label} {'is' if identity else '=='} {constant}"
            no = f"{label} {'is not' if identity else '!='} {constant}"
        known = name is not None
    elif kind == "compare" and atom[1] in _OPPOSITE:
        left, right = (_operand(part, names) for part in atom[2:4])
        if left is None or right is None:
            return None
        yes, no = f"{left} {atom[1]} {right}", f"{left} {_OPPOSITE[atom[1]]} {right}"
        known = all(part[0] == "const" or names.of(part) for part in atom[2:4] if isinstance(part, tuple))
    elif kind == "length":
        counted = atom[1][0] == "len"
        label = _label(atom[1][1] if counted else atom[1])
        if label is None:
            return None
        yes, no = (f"len({label}) > 0", f"len({label}) == 0") if counted else (f"{label} > 0", f"{label} < 1")
        # Nobody builds a model without any of its blocks: no bias should be written to follow that.
        known = False
    else:
        return None
    redundant, needed = (yes, no) if value else (no, yes)
    return Option(redundant, needed if known else None)


def _left_alone(key: Any, value: bool, names: _Names) -> Optional[Option]:
    """The option that a parameter is its default, where that has no name (``norm=batch_norm(eps=1e-5)``)."""
    symbol, label = names.symbols.get(key), _label(key)
    if label is None or symbol is None or not isinstance(symbol.default, (Function, Partial)):
        return None
    return Option(f"{label} is {'' if value else 'not '}its default", None)


def _operand(key: Any, names: _Names) -> Optional[str]:
    if isinstance(key, tuple) and key and key[0] == "const":
        return names.constant(key[2])
    return names.of(key) or _label(key)


def _label(key: Any) -> Optional[str]:
    """How the caller knows a symbol: by the name of the parameter."""
    if isinstance(key, tuple) and key[0] in ("parameter", "argument", "input"):
        return str(key[-1])
    if isinstance(key, tuple) and key[0] == "attribute":
        inner = _label(key[1])
        return None if inner is None else f"{inner}.{key[2]}"
    if isinstance(key, tuple) and key[0] == "item" and key[2] == 0:
        # A later item stands for any that follow.
        inner = _label(key[1])
        return None if inner is None else f"{inner}[0]"
    return None


class _Names:
    """What symbols are called at some calls."""

    def __init__(self, sites: list[CallSite], symbols: dict[Any, Symbol]) -> None:
        self.sites = sites
        self.scopes: list[Scope] = [site.scope for site in sites]
        self.symbols = symbols

    def of(self, key: Any) -> Optional[str]:
        """A name that holds the symbol at every call."""
        candidates: Optional[set[str]] = None
        for site in self.sites:
            names = {name for name in _names_in(site.scope, key) if _is_bound_before(name, site)}
            candidates = names if candidates is None else candidates & names
        return min(candidates, key=lambda name: (len(name), name)) if candidates else None

    def constant(self, value: object) -> str:
        """How a constant is written in the file of the scopes."""
        return written(value, self.scopes[0].file.text)

    def spelled(self, value: Value) -> Optional[str]:
        """How a class, function or constant is written in the file of the scopes."""
        if isinstance(value, Const):
            return self.constant(value.value)
        known = self.scopes[0].file.binds
        if isinstance(value, (Class, Function)):
            name = getattr(value.node, "name", None)
            return name if name in known else None  # a method's name says nothing inside another
        if not isinstance(value, External):
            return None
        short = value.name.rsplit(".", 1)[-1]
        if value.name.startswith("torch.nn.") and "nn" in known:
            return f"nn.{value.name[len('torch.nn.') :]}"
        return short if short in known or "torch" not in known else value.name


def _is_bound_before(name: str, site: CallSite) -> bool:
    """Whether a name holds at a call what it holds when the function around has ended.

    It does not if it is bound further down, deleted, or hidden by the variable of a comprehension.
    """
    frame = site.scope.frame
    function = getattr(frame.function.node, "syntax", None) if frame is not None else None
    if function is None:
        return True
    own = name.partition(".")[0]
    return not any(
        isinstance(node, ast.Name)
        and node.id == own
        and (
            isinstance(node.ctx, ast.Del)
            or (isinstance(node.ctx, ast.Store) and node.lineno >= site.node.syntax.lineno)
        )
        for node in ast.walk(function)
    )


def _names_in(scope: Scope, key: Any) -> set[str]:
    names: set[str] = set()
    current: Optional[Scope] = scope
    while current is not None:
        for name, value in current.vars.items():
            if isinstance(name, str) and _symbol_of(value, key) is not None:
                names.add(name)
        current = current.parent
    if not names and isinstance(key, tuple) and key[0] == "attribute":
        return {f"{name}.{key[2]}" for name in _names_in(scope, key[1])}
    return names


def _symbol_of(value: Any, key: Any) -> Optional[Symbol]:
    """The symbol ``key`` that a name holds; by itself, or beside its default."""
    while isinstance(value, Choice) and value.atom[:2] == ("is", key) and _is_held(value):
        value = value.no
    return value if isinstance(value, Symbol) and value.key == key else None


def _is_held(choice: Choice) -> bool:
    """Whether a choice says no more than that the symbol is what it is compared with."""
    constant = choice.atom[2]
    if constant == "default":
        return isinstance(choice.yes, (External, Class, Function, Partial))
    if constant[0] == "class":
        return bool(repr(choice.yes) == constant[1])
    return isinstance(choice.yes, Const) and constant == constant_key(choice.yes.value)


def _is_class(constant: Any) -> bool:
    return bool(constant == "default" or constant[0] == "class")


def _constant_text(constant: Any, key: Any, names: _Names) -> Optional[str]:
    if constant == "default":
        symbol = names.symbols.get(key)
        return None if symbol is None or symbol.default is None else names.spelled(symbol.default)
    kind, value = constant
    if kind == "class":
        return names.spelled(External(value)) if "." in value else str(value)
    return names.constant(value)
