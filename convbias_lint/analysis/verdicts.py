"""From what the runs showed to a verdict on each place that builds layers.

A place is redundant when every layer built there loses its shift to a norm and none is used.  Where
some are used, one option may tell which (:mod:`options`); else the question goes to the call
further out that decided the bias, and where that has no answer either, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Optional

from convbias_lint.analysis import ir
from convbias_lint.analysis.bias_parameters import decides_bias_only
from convbias_lint.analysis.constants import has_option, telling_constant
from convbias_lint.analysis.entries import Runner
from convbias_lint.analysis.evidence import Evidence
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.lower_statements import body_of
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.options import Option, telling_option
from convbias_lint.analysis.runs import Run
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
    """Layers whose bias the argument ``keyword`` of one call decides, ``level`` calls out of their own."""

    site: CallSite
    keyword: str
    level: int
    layers: list[LayerValue] = field(default_factory=list)

    def verdict(self, option: Optional[Option] = None) -> Verdict:
        return Verdict(self.site, self.keyword, tuple(self.layers), self.level, option)


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
    judge = _Judge(runner, runs)
    judge.at_own_calls()
    judge.at_calls_further_out()
    judge.at_calls_within()
    return judge.found


class _Judge:
    """Judges the layers of some runs, call by call: what is settled at one is not asked at another."""

    def __init__(self, runner: Runner, runs: list[Run]) -> None:
        self.found: list[Verdict] = []
        self._runner = runner
        self._symbols_of = _Symbols(runs)
        self._layers = [layer for run in runs for layer in run.layers if _matters(layer)]
        self._evidence = Evidence(runner.file.tree)
        self._probes: dict[Any, Optional[Run]] = {}
        """What functions and classes show when they are run by themselves."""

    def at_own_calls(self) -> None:
        """The calls that build the layers themselves."""
        for group in self._grouped(self._layers, 0):
            if not all(map(_default_is_on, group.layers)):
                continue
            verdict: Optional[Verdict] = None
            always = all(map(_redundant, group.layers))
            if not always or has_option(group.layers[0]):
                verdict = self._by_option(group)
            if always and verdict is None:
                if any(map(_better_outside, group.layers)):
                    continue
                if _chosen_outside(group) and not self._is_redundant_by_itself(group):
                    continue
                verdict = group.verdict()
            if verdict is not None:
                self.found.append(verdict)

    def at_calls_further_out(self) -> None:
        """The calls, from the inside out, that decide a bias of layers not settled so far."""
        settled = self._settled()
        for level in range(1, 1 + max((layer.origin.level for layer in self._layers), default=0)):
            open_ = [
                layer
                for layer in self._layers
                if not any(id(site.node) in settled for site in layer.chain[:level])
            ]
            for group in self._grouped([layer for layer in open_ if _decides(layer, level)], level):
                if not all(map(_default_is_on, group.layers)):
                    continue
                option: Optional[Option] = None
                if not all(map(_redundant, group.layers)):
                    option = telling_option(
                        group.layers, level, self._symbols_of(group.layers), False, _nobody
                    )
                    if option is None and not self._builds_others(group):
                        option = self._told_by_constant(group)
                    if option is None:
                        continue
                elif self._builds_others(group):
                    continue
                elif _chosen_outside(group) and not self._is_redundant_by_itself(group):
                    continue
                self.found.append(group.verdict(option))
                settled.add(id(group.site.node))

    def at_calls_within(self) -> None:
        """The calls where no bias can be written, of layers that no call further out settled."""
        settled = self._settled()
        for group in self._grouped(filter(_better_outside, self._layers), 0):
            if not any(id(site.node) in settled for layer in group.layers for site in layer.chain):
                if all(map(_redundant, group.layers)) and all(map(_default_is_on, group.layers)):
                    self.found.append(group.verdict())

    def _settled(self) -> set[int]:
        """The ids of the calls on which there is a verdict."""
        return {id(verdict.site.node) for verdict in self.found}

    def _grouped(self, layers: Iterable[LayerValue], level: int) -> list[_Group]:
        """The layers by the calls of the file at ``level`` of their chains, and the argument there."""
        groups: dict[tuple[int, str], _Group] = {}
        for layer in layers:
            if level >= len(layer.chain):
                continue
            site = layer.chain[level]
            if site.file is not self._runner.file:
                continue
            origin = layer.origin.at(level) if level else None
            keyword = origin.keyword if origin else layer.row.bias.keyword if layer.row.bias else ""
            group = groups.setdefault((id(site.node), keyword), _Group(site, keyword, level))
            group.layers.append(layer)
        return list(groups.values())

    def _probe(self, node: ir.ClassDef | ir.FuncDef) -> Optional[Run]:
        if node not in self._probes:
            self._probes[node] = self._runner.probe(node)
        return self._probes[node]

    def _is_redundant_by_itself(self, group: _Group) -> bool:
        """Whether the function around a call shows that the bias is redundant, whoever calls it."""
        node = outermost(group.site)
        if node is None:
            return True
        probe = self._probe(node)
        layers = () if probe is None else filter(_matters, probe.layers)
        own = [layer for layer in layers if any(site.node is group.site.node for site in layer.chain)]
        return bool(own) and all(map(_redundant, own))

    def _builds_others(self, group: _Group) -> bool:
        """Whether the call builds other layers, too, that need their bias: not to be told apart there."""
        node, own = group.site.node, set(map(id, group.layers))
        return any(
            layer.used and id(layer) not in own and any(site.node is node for site in layer.chain)
            for layer in self._layers
        )

    def _told_by_constant(self, group: _Group) -> Optional[Option]:
        """The option that the constants of the calls of the function around the group's call tell."""

        symbols = self._symbols_of(group.layers)

        def condition(layer: LayerValue) -> Optional[Option]:
            return telling_option([layer], group.level, symbols, False, _nobody)

        return telling_constant(group.layers, group.level, condition)

    def _by_option(self, group: _Group) -> Optional[Verdict]:
        """A verdict that depends on an option, where one option tells redundant from needed.

        The function around the call is run by itself for this, with all its options open; that it is
        built with the option that makes the bias redundant must be seen, too: by default or by a caller.
        """
        if not any(layer.cancelled for layer in group.layers):
            return None
        evident = any(map(_redundant, group.layers))
        option = telling_option(group.layers, 0, self._symbols_of(group.layers), evident, _nobody)
        option = option or self._told_by_constant(group)
        if option is not None:
            return group.verdict(option)
        node = outermost(group.site)
        probe = None if node is None else self._probe(node)
        if probe is None:
            return None
        own = [x for x in probe.layers if _matters(x) and x.chain[0].node is group.site.node]
        if not own:
            return None

        def passed(symbol: Symbol, atom: Any, value: bool) -> bool:
            place = _position_of(node, symbol.label)
            if self._evidence.shows(node.name, symbol.label, place, atom, value):
                return True
            return _open_to_callers(self._runner, symbol, atom, value)

        option = telling_option(own, 0, probe.symbols, evident, passed)
        return None if option is None else Verdict(group.site, group.keyword, tuple(own), 0, option)


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


def _nobody(symbol: Symbol, atom: Any, value: bool) -> bool:
    """No caller is looked at."""
    return False


def _decides(layer: LayerValue, level: int) -> bool:
    origin = layer.origin.at(level)
    if origin is None or not origin.fixable:
        return False
    # What is no bias by its name either is not what the reader would look at.
    return "bias" in origin.keyword.lower() or decides_bias_only(layer, level)


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


def _position_of(node: ir.ClassDef | ir.FuncDef, parameter: str) -> Optional[int]:
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
    node = owner.node if owner is not None else function.node
    return None if isinstance(node, ir.Lambda) else node
