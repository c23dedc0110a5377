"""One file in, facts out: parse, run the entry points, judge, place in the text."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from convbias_lint import snapshot
from convbias_lint.analysis import constants, doubts
from convbias_lint.analysis.bias_access import BiasAccesses
from convbias_lint.analysis.bias_parameters import decides_bias_only
from convbias_lint.analysis.callers import Callers
from convbias_lint.analysis.crashes import access_facts
from convbias_lint.analysis.doubts import Doubts
from convbias_lint.analysis.edits import CallText, both
from convbias_lint.analysis.entries import Runner
from convbias_lint.analysis.facts import AccessFact, BiasFact, MisfitFact, MissingFact
from convbias_lint.analysis.layer import LayerValue, Step
from convbias_lint.analysis.layer_facts import layer_facts
from convbias_lint.analysis.loader import Loader
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.places import Places
from convbias_lint.analysis.relevance import Relevance
from convbias_lint.analysis.syntax import parse
from convbias_lint.analysis.values import Choice, Const, Symbol, Value
from convbias_lint.analysis.verdicts import Verdict, verdicts
from convbias_lint.analysis.written_arguments import Argument
from convbias_lint.finding import Edit, Related
from convbias_lint.layers import keras
from convbias_lint.layers.own import own_rows
from convbias_lint.layers.rows import Layer
from convbias_lint.layers.torch import LAYERS


class Analysis(NamedTuple):
    """The facts of one file, and the absolute paths of the other files they depend on."""

    facts: tuple[BiasFact, ...]
    accesses: tuple[AccessFact, ...]
    misfits: tuple[MisfitFact, ...]
    missing: tuple[MissingFact, ...]
    dependencies: tuple[str, ...]


_callers = Callers()
_loaders: dict[tuple[str, ...], Loader] = {}


def analyse(
    text: str,
    filename: str,
    *,
    src: Sequence[str] = (),
    layers: Optional[Mapping[str, Mapping[str, object]]] = None,
    missing: bool = True,
) -> Analysis:
    """Analyse ``text``, the content of the file ``filename``. Raises SyntaxFailure.

    ``missing``: layers without a bias matter even where no norm is in reach.
    """
    loader = _loader(tuple(src))
    loader.asked = set()
    known = {**rows(), **own_rows(layers or {})}
    relevance = Relevance(filename, text, known, loader, _callers, missing)
    loader.depend_on_missing(filename)
    if not relevance.is_any():
        parse(text)  # what is no Python must not pass for clean
        return Analysis((), (), (), (), tuple(sorted(loader.asked - {filename})))
    tree = loader.tree_of(filename, text)
    file = SourceFile(filename, parse(text) if tree is None else tree, text)
    loader.add(file)
    runner = Runner(file, loader, known, relevance, _callers)
    runs = runner.run_all()
    found = verdicts(runner, runs)
    touching = BiasAccesses(file, text)
    facts = _Facts(file, loader, found, touching).all() if found else ()
    built = [layer for run in runs for layer in run.layers]
    accesses = access_facts(file, touching.crashes(built))
    misfits, bare = layer_facts(file, built)
    constants.forget()
    if snapshot.is_taken():
        loader.let_go(file)
    return Analysis(tuple(facts), tuple(accesses), misfits, bare, tuple(sorted(loader.asked - {filename})))


def rows() -> dict[str, Layer]:
    """All rows by the name of the layer."""
    return {row.name: row for row in (*LAYERS, *keras.LAYERS)}


def _loader(src: tuple[str, ...]) -> Loader:
    loader = _loaders.get(src)
    if loader is None:
        loader = _loaders[src] = Loader(src)
    if not snapshot.is_taken():
        loader.refresh()
    loader.tidy()
    return loader


def forget() -> None:
    """Drop what is known of other files: it is read again when next asked for."""
    for loader in _loaders.values():
        loader.forget()
    _callers.forget()
    doubts.forget()


def look_again() -> None:
    """Drop what is known of other files that have changed."""
    for loader in _loaders.values():
        loader.refresh(now=True)
    _callers.forget()
    doubts.forget()


class _Facts:
    """Places verdicts in the text."""

    def __init__(
        self, file: SourceFile, loader: Loader, found: list[Verdict], touching: BiasAccesses
    ) -> None:
        self.found = found
        self.doubts = Doubts(file, loader, found, touching)
        self.places: dict[int, Places] = {}

    def _places(self, file: SourceFile) -> Places:
        known = self.places.get(id(file))
        if known is None:
            known = self.places[id(file)] = Places(file.text)
        return known

    def _steps(self, layer: LayerValue) -> list[Step]:
        """The way of a shift: what it passes, and last the norm."""
        event = layer.cancelled[0]
        norm = event.norm
        name = norm.row.name.rsplit(".", 1)[-1]
        return [*event.path, Step(name, norm.chain[0].file, norm.chain[0].node.syntax)]

    def all(self) -> list[BiasFact]:
        facts = [self._fact(verdict) for verdict in self.found]
        return sorted(facts, key=lambda fact: (fact.start, fact.end))

    def _fact(self, verdict: Verdict) -> BiasFact:
        places = self._places(verdict.site.file)
        node = verdict.site.node.syntax
        call = CallText(places, node)
        example = verdict.example
        steps = self._steps(example)
        start, end = places.range(node)
        func_start, func_end = places.span(node.func)
        position = example.row.bias.position if example.row.bias and verdict.level == 0 else None
        arg = call.argument(verdict.keyword, position) or _handed_on(verdict, call)
        edits, written = self._edits(verdict, call, arg)
        span = None if arg is None else arg.span
        norm = example.cancelled[0].norm.row
        return BiasFact(
            layer=example.row.name.rsplit(".", 1)[-1],
            layer_kind=example.row.kind,
            norm=steps[-1].label,
            norm_kind=norm.kind,
            steps=tuple(step.label for step in steps[:-1]),
            callee=" ".join(places.text[func_start:func_end].split()),
            keyword=verdict.keyword,
            start=start,
            end=end,
            related=tuple(
                self._related(step, last=step is steps[-1]) for step in steps if step.syntax is not None
            ),
            condition=verdict.option.redundant if verdict.option else None,
            written=written,
            edits=edits,
            doubt=self.doubts.about(verdict),
            parameters=self._parameters(verdict),
            unnecessary=None if span is None else (places.position(span[0]), places.position(span[1])),
        )

    def _edits(
        self, verdict: Verdict, call: CallText, arg: Optional[Argument]
    ) -> tuple[Optional[tuple[Edit, ...]], Optional[str]]:
        origins = [layer.origin.at(verdict.level) for layer in verdict.layers]
        if any(origin is None or origin.through_kwargs or not origin.fixable for origin in origins):
            return None, None
        if not all(decides_bias_only(layer, verdict.level) for layer in verdict.layers):
            return None, None  # another bias would be another model
        value = "False"
        if verdict.option is not None:
            if verdict.option.needed is None:
                return None, None
            value = verdict.option.needed
            if arg is not None and not (isinstance(arg.value, ast.Constant) and arg.value.value is True):
                if not all(_is_followed(layer.bias) for layer in verdict.layers):
                    return None, None  # nor would what the fix makes of it be
                value = both(call.text_of(arg), value)
        return call.set_argument(arg, verdict.keyword, value), value

    def _related(self, step: Step, last: bool) -> Related:
        start, end = self._places(step.file).range(step.syntax)
        message = f"`{step.label}` subtracts the mean" if last else f"passes `{step.label}`"
        return Related(message, step.file.path, start, end)

    def _parameters(self, verdict: Verdict) -> Optional[int]:
        layers = verdict.redundant()
        row = layers[0].row
        channels = [layer.argument(row.channels.keyword) for layer in layers] if row.channels else []
        counts = {channel.value if isinstance(channel, Const) else None for channel in channels}
        if len(counts) != 1:
            return None
        count = counts.pop()
        return count if isinstance(count, int) else None


def _is_followed(bias: Value) -> bool:
    """Whether it is known what an argument that holds the bias depends on."""
    if isinstance(bias, Choice):
        return _is_followed(bias.yes) and _is_followed(bias.no)
    return isinstance(bias, (Const, Symbol))


def _handed_on(verdict: Verdict, call: CallText) -> Optional[Argument]:
    """The argument by which a call further out hands the bias on, wherever it stands."""
    origin = verdict.example.origin.at(verdict.level)
    if origin is None or origin.expression is None:
        return None
    for index, arg in enumerate(verdict.site.node.args):
        if arg.value is origin.expression:
            return call.written(arg.name, index)
    return None
