"""Which option of the code tells the configurations that need a bias from those that do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

from convbias_lint.analysis.defaults import Passed, seen
from convbias_lint.analysis.layer import Guard, LayerValue
from convbias_lint.analysis.option_names import Names
from convbias_lint.analysis.values import Const, External, Function, Partial, Symbol

_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "in": "not in", "==": "!="}


@dataclass(frozen=True)
class Option:
    """``redundant`` is the condition, in the words of the code, under which the bias does nothing.

    ``needed`` is its opposite, ready to be written as the bias argument; None where not all of it has
    a name at the place where the layer is built.
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
    used = list(dict.fromkeys(guard for layer in layers for guard, _ in layer.used))
    if not cancelled or not used:
        return None
    names = Names([layer.chain[level] for layer in layers], symbols)
    events = _Events(cancelled, used)
    best: tuple[int, Optional[Option]] = (0, None)
    for key in events.subjects():
        for option, covered in (_values_option(key, events, names), _atom_option(key, events, names)):
            enough = option is not None and len(covered) > best[0]
            if enough and (evident or any(seen(guard - built[guard], symbols, passed) for guard in covered)):
                best = (len(covered), option)
    found = best[1]
    if found is None:
        option, covered = _two_answers(events, names)
        if evident or any(seen(guard - built[guard], symbols, passed) for guard in covered):
            found = option
    if found is not None and found.needed is not None and not names.are_bound_in(found.needed):
        return Option(found.redundant, None)
    return found


class _Events:
    """The guards of what happened to layers, and what these say of each symbol."""

    def __init__(self, cancelled: list[Guard], used: list[Guard]) -> None:
        self.cancelled = [(guard, _constants(guard)) for guard in cancelled]
        self.used = [(guard, _constants(guard)) for guard in used]
        self.answers: dict[Any, set[tuple[Any, bool]]] = {}
        """By the symbol or comparison that it is about, what the guards of a norm say."""
        for answer in {answer for guard in cancelled for answer in guard}:
            subject = _subject(answer[0])
            if subject is not None:
                self.answers.setdefault(subject, set()).add(answer)
        self.no_flags = {
            atom[1]
            for atom in {atom for guard in (*cancelled, *used) for atom, _ in guard}
            if len(atom) > 1
            and (atom[0] not in ("is", "truth") or (atom[0] == "is" and atom[2][0] != "bool"))
        }
        """The symbols that are asked for more than whether they are on or off."""

    def subjects(self) -> list[Any]:
        """The symbols and comparisons that occur in the guards of a norm."""
        return sorted((key for key in self.answers if not _of_forward(key)), key=repr)


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


def _values_option(key: Any, events: _Events, names: Names) -> _Found:
    """The bias is redundant where the symbol is one of a few constants."""
    constants: list[Any] = []
    for _, held in events.cancelled:
        constants.extend(c for c in held.get(key, ()) if c not in constants)
    for guard, held in events.used if constants else ():
        here = held.get(key)
        constants = [c for c in constants if (c not in here if here else _denied(c, key, guard))]
    if not constants:
        return None, []
    covered = [guard for guard, held in events.cancelled if any(c in constants for c in held.get(key, ()))]
    return _one_of(key, constants, names, _is_flag(key, events, names)), covered


def _constants(guard: Guard) -> dict[Any, list[Any]]:
    """By symbol, the constants that a guard says it is."""
    found: dict[Any, list[Any]] = {}
    for atom, held in guard:
        if held and atom[0] == "is":
            found.setdefault(atom[1], []).append(atom[2])
    return found


def _denied(constant: Any, key: Any, guard: Guard) -> bool:
    """Whether a guard says that the symbol is not this constant, or nothing of its type."""
    kind = ("isinstance", key, f"builtins.{constant[0]}")
    return (("is", key, constant), False) in guard or (kind, False) in guard


def _is_flag(key: Any, events: _Events, names: Names) -> bool:
    """Whether a symbol is on or off and nothing else, as far as the code tells."""
    symbol = names.symbols.get(key)
    default = None if symbol is None else symbol.default
    is_switch = default is None or (isinstance(default, Const) and isinstance(default.value, bool))
    return is_switch and key not in events.no_flags


def _one_of(key: Any, constants: list[Any], names: Names, flag: bool) -> Optional[Option]:
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


def _atom_option(key: Any, events: _Events, names: Names) -> _Found:
    """One yes-or-no question that has another answer wherever the bias is used."""
    for atom, value in sorted(events.answers.get(key, ()), key=repr):
        if all((atom, not value) in guard for guard, _ in events.used):
            covered = [guard for guard, _ in events.cancelled if (atom, value) in guard]
            return _spelled(atom, value, names), covered
    return None, []


def _two_answers(events: _Events, names: Names) -> _Found:
    """Two questions, one of which has another answer wherever the bias is used: ``norm and not last``."""
    answers = [answer for key in events.subjects() for answer in events.answers[key]]
    used = [guard for guard, _ in events.used]
    against = {a: frozenset(i for i, guard in enumerate(used) if (a[0], not a[1]) in guard) for a in answers}
    telling = sorted((a for a in answers if against[a]), key=lambda a: (-len(against[a]), repr(a)))
    telling = sorted(telling[:MAX_ANSWERS], key=repr)
    for index, one in enumerate(telling):
        for other in telling[index + 1 :]:
            covered = [guard for guard, _ in events.cancelled if one in guard and other in guard]
            if covered and len(against[one] | against[other]) == len(used):
                left, right = (_spelled(atom, value, names) for atom, value in (one, other))
                if left is None or right is None:
                    continue
                needed = f"{left.needed} or {right.needed}" if left.needed and right.needed else None
                return Option(f"{left.redundant} and {right.redundant}", needed), covered
    return None, []


def _spelled(atom: Any, value: bool, names: Names) -> Optional[Option]:
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


def _left_alone(key: Any, value: bool, names: Names) -> Optional[Option]:
    """The option that a parameter is its default, where that has no name (``norm=batch_norm(eps=1e-5)``)."""
    symbol, label = names.symbols.get(key), _label(key)
    if label is None or symbol is None or not isinstance(symbol.default, (Function, Partial)):
        return None
    return Option(f"{label} is {'' if value else 'not '}its default", None)


def _operand(key: Any, names: Names) -> Optional[str]:
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


def _is_class(constant: Any) -> bool:
    return bool(constant == "default" or constant[0] == "class")


def _constant_text(constant: Any, key: Any, names: Names) -> Optional[str]:
    if constant == "default":
        symbol = names.symbols.get(key)
        return None if symbol is None or symbol.default is None else names.spelled(symbol.default)
    kind, value = constant
    if kind == "class":
        # That of a class in view is ``class MyNorm``.
        return names.spelled(External(value)) if "." in value else value.rpartition(" ")[2]
    return names.constant(value)
