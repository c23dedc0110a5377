"""From what the runs showed to a verdict on each place that builds layers.

A place is redundant when every layer built there loses its shift to a norm and none is used.  Where
some are used, one option may tell which (:mod:`conditions_of`); else the question goes to the call
further out that decided the bias, and where that has no answer either, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.constants import has_option, telling_constant
from convbias_lint.analysis.entries import Run, Runner
from convbias_lint.analysis.evidence import Evidence
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.lower_statements import body_of
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.options import Option, telling_option
from convbias_lint.analysis.values import Choice, Const, Symbol, Value


@dataclass(frozen=True, eq=False)
class Verdict:
    """The bias decided at ``site`` is redundant, always or (``option``) in some configurations.

    ``keyword`` is the argument of the call at ``site`` that holds the bias; ``layers`` are all that
    it decides, the first one an example whose shift reached a norm.
    """

    site: CallSite
    keyword: str
    layers: tuple[LayerValue, ...]
    level: int
    option: Optional[Option] = None

    @property
    def example(self) -> LayerValue:
        """The layer whose way to its norm is the shortest."""
        return min(self.redundant(), key=lambda layer: len(layer.cancelled[0].path))

    def redundant(self) -> list[LayerValue]:
        return [layer for layer in self.layers if layer.cancelled]


@dataclass
class _Group:
    site: CallSite
    keyword: str
    level: int
    layers: list[LayerValue] = field(default_factory=list)


class _Symbols:
    """The symbols of runs: a parameter of the same name may have another default in each."""

    def __init__(self, runs: list[Run]) -> None:
        self._of_layer = {id(layer): run.symbols for run in runs for layer in run.layers}

    def __call__(self, layers: list[LayerValue]) -> dict[Any, Symbol]:
        """The symbols that the runs had which built ``layers``; without a default where those differ."""
        known: dict[Any, Symbol] = {}
        seen: set[int] = set()
        for layer in layers:
            symbols = self._of_layer[id(layer)]
            if id(symbols) in seen:
                continue
            seen.add(id(symbols))
            for key, symbol in symbols.items():
                other = known.setdefault(key, symbol)
                if other is not symbol and not _same_default(other, symbol):
                    known[key] = Symbol(key, symbol.label)
        return known


def _same_default(one: Symbol, other: Symbol) -> bool:
    if one.default is None or other.default is None:
        return one.default is other.default
    return same(one.default, other.default)


def verdicts(runner: Runner, runs: list[Run]) -> list[Verdict]:
    """All verdicts on calls in the runner's file."""
    symbols_of = _Symbols(runs)
    layers = [layer for run in runs for layer in run.layers if _matters(layer)]
    found: list[Verdict] = []
    probes: dict[Any, Optional[Run]] = {}
    evidence = Evidence(runner.file.tree)
    for group in _grouped(layers, 0, runner.file):
        if not all(map(_default_is_on, group.layers)):
            continue
        verdict: Optional[Verdict] = None
        always = all(map(_redundant, group.layers))
        if not always or has_option(group.layers[0]):
            verdict = _by_option(runner, group, symbols_of(group.layers), probes, evidence)
        if always and verdict is None:
            if any(_better_outside(layer) for layer in group.layers):
                continue
            if _chosen_outside(group) and not _by_itself(runner, group, probes):
                continue
        if always and verdict is None:
            verdict = Verdict(group.site, group.keyword, tuple(group.layers), 0)
        if verdict is not None:
            found.append(verdict)
    settled = {id(verdict.site.node) for verdict in found}
    for level in range(1, 1 + max((layer.origin.level for layer in layers), default=0)):
        open_ = [
            layer for layer in layers if not any(id(site.node) in settled for site in layer.chain[:level])
        ]
        outer = [layer for layer in open_ if _decides(layer, level)]
        for group in _grouped(outer, level, runner.file):
            if not all(map(_default_is_on, group.layers)):
                continue
            option: Optional[Option] = None
            if not all(map(_redundant, group.layers)):
                symbols = symbols_of(group.layers)
                option = telling_option(group.layers, level, symbols, False, _nobody)
                if option is None and not _builds_others(group, layers):
                    option = _told_by_constant(group, symbols)
                if option is None:
                    continue
            elif _builds_others(group, layers):
                continue
            elif _chosen_outside(group) and not _by_itself(runner, group, probes):
                continue
            found.append(Verdict(group.site, group.keyword, tuple(group.layers), group.level, option))
            settled.add(id(group.site.node))
    settled = {id(verdict.site.node) for verdict in found}
    for group in _grouped(filter(_better_outside, layers), 0, runner.file):
        if not any(id(site.node) in settled for layer in group.layers for site in layer.chain):
            if all(map(_redundant, group.layers)) and all(map(_default_is_on, group.layers)):
                found.append(Verdict(group.site, group.keyword, tuple(group.layers), 0))
    return found


def _better_outside(layer: LayerValue) -> bool:
    """Whether no bias can be written at the layer's own call, but at one that hands ``**kwargs`` on to it.

    Where the function that builds the layer builds its norm, too, the call inside is the one to show.
    """
    own = layer.origin.at(0)
    frame = layer.chain[0].scope.frame
    norms = [event.norm.chain[0].scope.frame for event in layer.cancelled]
    return layer.origin.level > 0 and (own is None or own.through_kwargs) and frame not in norms


def _chosen_outside(group: _Group) -> bool:
    """Whether every bias that a call decides was switched on, in so many words, by a caller further out."""
    return all(
        layer.origin.level > group.level and layer.origin.expression is not None for layer in group.layers
    )


def _by_itself(runner: Runner, group: _Group, probes: dict[Any, Optional[Run]]) -> bool:
    """Whether the function around a call shows that the bias is redundant, whatever its callers choose."""
    node = outermost(group.site)
    if node is None:
        return True
    if node not in probes:
        probes[node] = runner.probe(node)
    probe = probes[node]
    layers = () if probe is None else filter(_matters, probe.layers)
    own = [layer for layer in layers if any(site.node is group.site.node for site in layer.chain)]
    return bool(own) and all(map(_redundant, own))


def _nobody(symbol: Symbol, atom: Any, value: bool) -> bool:
    """No caller is looked at."""
    return False


def _decides(layer: LayerValue, level: int) -> bool:
    origin = layer.origin.at(level)
    return origin is not None and origin.fixable


def _told_by_constant(group: _Group, symbols: dict[Any, Symbol]) -> Optional[Option]:
    """The option that the constants of the calls of the function around the group's call tell."""

    def condition(layer: LayerValue) -> Optional[Option]:
        return telling_option([layer], group.level, symbols, False, _nobody)

    return telling_constant(group.layers, group.level, condition)


def _builds_others(group: _Group, layers: list[LayerValue]) -> bool:
    """Whether the call builds other layers, too, that need the bias they have: not to be told apart there."""
    node, own = group.site.node, set(map(id, group.layers))
    return any(
        layer.used and id(layer) not in own and any(site.node is node for site in layer.chain)
        for layer in layers
    )


def _matters(layer: LayerValue) -> bool:
    """Whether a layer has, or may have, a bias whose fate was seen."""
    if layer.row.bias is None or not (layer.used or layer.cancelled):
        return False
    return not (isinstance(layer.bias, Const) and not layer.bias.value)


def _redundant(layer: LayerValue) -> bool:
    return bool(layer.cancelled) and not layer.used


def _default_is_on(layer: LayerValue) -> bool:
    """Whether a bias that the caller may choose is there unless the caller says otherwise."""
    return _is_on(layer.bias)


def _is_on(bias: Value) -> bool:
    if isinstance(bias, Choice):
        return _is_on(bias.yes) or _is_on(bias.no)
    if isinstance(bias, Symbol):
        return isinstance(bias.default, Const) and bool(bias.default.value)
    return isinstance(bias, Const) and bool(bias.value)


def _grouped(layers: Iterable[LayerValue], level: int, file: Any) -> list[_Group]:
    groups: dict[tuple[int, str], _Group] = {}
    for layer in layers:
        if level >= len(layer.chain):
            continue
        site = layer.chain[level]
        if site.file is not file:
            continue
        origin = layer.origin.at(level) if level else None
        keyword = origin.keyword if origin else layer.row.bias.keyword if layer.row.bias else ""
        group = groups.setdefault((id(site.node), keyword), _Group(site, keyword, level))
        group.layers.append(layer)
    return list(groups.values())


def _by_option(
    runner: Runner,
    group: _Group,
    symbols: dict[Any, Symbol],
    probes: dict[Any, Optional[Run]],
    evidence: Evidence,
) -> Optional[Verdict]:
    """A verdict that depends on an option, where one option tells redundant from needed.

    The function around the call is run by itself for this, with all its options open; that it is
    built with the option that makes the bias redundant must be seen, too: by default or by a caller.
    """
    if not any(layer.cancelled for layer in group.layers):
        return None
    evident = any(_redundant(layer) for layer in group.layers)
    option = telling_option(group.layers, 0, symbols, evident, _nobody)
    if option is not None:
        return Verdict(group.site, group.keyword, tuple(group.layers), 0, option)
    option = _told_by_constant(group, symbols)
    if option is not None:
        return Verdict(group.site, group.keyword, tuple(group.layers), 0, option)
    node = outermost(group.site)
    if node is None:
        return None
    if node not in probes:
        probes[node] = runner.probe(node)
    probe = probes[node]
    if probe is None:
        return None
    own = [layer for layer in probe.layers if _matters(layer) and layer.chain[0].node is group.site.node]
    if not own:
        return None

    def passed(symbol: Symbol, atom: Any, value: bool) -> bool:
        place = position_of(node, symbol.label)
        if evidence.shows(node.name, symbol.label, place, atom, value):
            return True
        return _open_to_callers(runner, symbol, atom, value)

    option = telling_option(own, 0, probe.symbols, evident, passed)
    return None if option is None else Verdict(group.site, group.keyword, tuple(own), 0, option)


def _open_to_callers(runner: Runner, symbol: Symbol, atom: Any, value: bool) -> bool:
    """Whether callers out of view may choose an option that no caller in the file does.

    A file by itself may be used anyhow; an option of a package is dead unless its code uses it.
    """
    root = runner.loader.package_of(runner.file.path)
    if atom[0] == "truth":
        constant: object = value
    elif isinstance(atom[2], tuple) and (value or root is None):
        constant = atom[2][1]
    else:
        return False
    if root is None:
        return constant is None or isinstance(constant, (bool, str))
    if not isinstance(constant, (bool, str)):
        return False
    return runner.callers.constant_passed(symbol.label, constant, runner.file.path, runner.text, root)


def position_of(node: ir.ClassDef | ir.FuncDef, parameter: str) -> Optional[int]:
    """The place of a parameter of a function, or of a class's ``__init__``, as callers count."""
    function: Any = node
    if isinstance(node, ir.ClassDef):
        inits = [s for s in body_of(node) if isinstance(s, ir.FuncDef) and s.name == "__init__"]
        if not inits:
            return None
        function = inits[0]
    plain = [param.name for param in function.params if param.kind == ""]
    if isinstance(node, ir.ClassDef):
        plain = plain[1:]
    return plain.index(parameter) if parameter in plain else None


def outermost(site: CallSite) -> Any:
    """The class or function at the top level of the file whose code holds the call."""
    frame = site.scope.frame
    function = frame.function if frame is not None else None
    if function is None:
        return None
    owner = function.owner
    return owner.node if owner is not None else function.node
