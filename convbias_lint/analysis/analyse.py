"""One file in, facts out: parse, run the entry points, judge, place in the text."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Optional

import libcst as cst

from convbias_lint.analysis import constants
from convbias_lint.analysis.bias_access import BiasAccesses
from convbias_lint.analysis.callers import Callers
from convbias_lint.analysis.crashes import access_facts
from convbias_lint.analysis.edits import argument_of, set_argument
from convbias_lint.analysis.entries import Runner
from convbias_lint.analysis.facts import AccessFact, BiasFact, MisfitFact, MissingFact
from convbias_lint.analysis.layer import LayerValue, Step
from convbias_lint.analysis.layer_facts import layer_facts
from convbias_lint.analysis.modules import Loader, SourceFile
from convbias_lint.analysis.places import Places
from convbias_lint.analysis.values import Const
from convbias_lint.analysis.verdicts import Verdict, outermost, verdicts
from convbias_lint.finding import Edit, Position, Related
from convbias_lint.layers import keras
from convbias_lint.layers.rows import Layer
from convbias_lint.layers.torch import LAYERS

MAX_LOADED = 400


class SyntaxFailure(Exception):
    """The text does not parse."""

    def __init__(self, message: str, position: Position) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


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
) -> Analysis:
    """Analyse ``text``, the content of the file ``filename``. Raises SyntaxFailure."""
    loader = _loader(tuple(src))
    tree = loader.tree_of(filename, text)
    file = SourceFile(filename, parse(text) if tree is None else tree, text)
    loader.add(file)
    loader.asked = set()
    runner = Runner(file, loader, rows(), text, _callers)
    runs = runner.run_all()
    found = verdicts(runner, runs)
    touching = BiasAccesses(file, text)
    facts = _Facts(file, text, found, touching).all() if found else ()
    built = [layer for run in runs for layer in run.layers]
    accesses = access_facts(file, touching.crashes(built))
    misfits, missing = layer_facts(file, built)
    constants.forget()
    return Analysis(tuple(facts), tuple(accesses), misfits, missing, tuple(sorted(loader.asked - {filename})))


def rows() -> dict[str, Layer]:
    """All rows by the name of the layer."""
    return {row.name: row for row in (*LAYERS, *keras.LAYERS)}


def parse(text: str) -> cst.Module:
    """The LibCST tree of a text. Raises SyntaxFailure."""
    try:
        return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        raise _failure(text, error) from None
    except RecursionError:
        raise SyntaxFailure("nested too deeply to be parsed", Position(1, 1)) from None


def _failure(text: str, error: cst.ParserSyntaxError) -> SyntaxFailure:
    """What is wrong and where, in Python's own words where this Python rejects the text, too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as own:
        return SyntaxFailure(own.msg, Position(max(own.lineno or 1, 1), max(own.offset or 1, 1)))
    except (ValueError, RecursionError, MemoryError):
        pass
    found = re.search(r"error at (\d+):(\d+)", error.message)
    row, column = (int(part) for part in found.groups()) if found else (error.raw_line, error.raw_column)
    return SyntaxFailure("invalid syntax", Position(max(row, 1), column + 1))


def _parse_other(data: bytes) -> Optional[cst.Module]:
    """The tree of a file that another one imports; None where it cannot be read."""
    try:
        return cst.parse_module(data)
    except (cst.ParserSyntaxError, RecursionError, UnicodeError, LookupError, ValueError):
        return None


def _loader(src: tuple[str, ...]) -> Loader:
    loader = _loaders.get(src)
    if loader is None:
        loader = _loaders[src] = Loader(_parse_other, src)
    elif len(loader) > MAX_LOADED:
        loader.forget()
    else:
        loader.refresh()
    return loader


def forget() -> None:
    """Drop what is known of other files: it is read again when next asked for."""
    for loader in _loaders.values():
        loader.forget()
    _callers.forget()


class _Facts:
    """Places verdicts in the text."""

    def __init__(self, file: SourceFile, text: str, found: list[Verdict], touching: BiasAccesses) -> None:
        self.file = file
        self.touching = touching
        self.found = found
        self.text = text
        self.places: dict[int, Places] = {}
        wanted: dict[int, tuple[SourceFile, list[Any]]] = {}
        for verdict in found:
            call = verdict.site.node.cst
            nodes = [call, *(arg.value for arg in call.args), call.func]
            self._want(wanted, verdict.site.file, nodes)
            for step in self._steps(verdict.example):
                if step.cst is not None:
                    self._want(wanted, step.file, [step.cst])
        for key, (owner, nodes) in wanted.items():
            self.places[key] = Places(owner.tree, nodes)

    def _want(
        self, wanted: dict[int, tuple[SourceFile, list[Any]]], file: SourceFile, nodes: list[Any]
    ) -> None:
        wanted.setdefault(id(file), (file, []))[1].extend(nodes)

    def _steps(self, layer: LayerValue) -> list[Step]:
        """The way of a shift: what it passes, and last the norm."""
        event = layer.cancelled[0]
        norm = event.norm
        name = norm.row.name.rsplit(".", 1)[-1]
        return [*event.path, Step(name, norm.chain[0].file, norm.chain[0].node.cst)]

    def all(self) -> list[BiasFact]:
        facts = [self._fact(verdict) for verdict in self.found]
        return sorted(facts, key=lambda fact: (fact.start, fact.end))

    def _fact(self, verdict: Verdict) -> BiasFact:
        places = self.places[id(verdict.site.file)]
        call = verdict.site.node.cst
        example = verdict.example
        steps = self._steps(example)
        start, end = places.inner(call)
        func_start, func_end = places.outer(call.func)
        position = example.row.bias.position if example.row.bias and verdict.level == 0 else None
        arg = argument_of(call, verdict.keyword, position) or _handed_on(verdict)
        edits, written = self._edits(places, verdict, call, arg)
        span = None if arg is None else places.outer(arg.value)
        norm = example.cancelled[0].norm.row
        return BiasFact(
            layer=example.row.name.rsplit(".", 1)[-1],
            layer_kind=example.row.kind,
            norm=steps[-1].label,
            norm_kind=norm.kind,
            steps=tuple(step.label for step in steps[:-1]),
            callee=" ".join(places.text[func_start:func_end].split()),
            keyword=verdict.keyword,
            direct=not steps[:-1],
            start=places.position(start),
            end=places.position(end),
            related=tuple(
                self._related(step, last=step is steps[-1]) for step in steps if step.cst is not None
            ),
            condition=verdict.option.redundant if verdict.option else None,
            written=written,
            edits=edits,
            doubt=self._doubt(verdict),
            parameters=self._parameters(verdict),
            unnecessary=None if span is None else (places.position(span[0]), places.position(span[1])),
        )

    def _edits(
        self, places: Places, verdict: Verdict, call: Any, arg: Any
    ) -> tuple[Optional[tuple[Edit, ...]], Optional[str]]:
        origins = [layer.origin.at(verdict.level) for layer in verdict.layers]
        if any(origin is None or origin.through_kwargs for origin in origins):
            return None, None
        value = "False"
        if verdict.option is not None:
            if verdict.option.needed is None:
                return None, None
            value = verdict.option.needed
            if arg is not None and not _is_true(arg.value):
                value = f"{places.text[slice(*places.outer(arg.value))]} and {value}"
        return set_argument(places, call, arg, verdict.keyword, value), value

    def _related(self, step: Step, last: bool) -> Related:
        places = self.places[id(step.file)]
        start, end = places.inner(step.cst)
        message = f"`{step.label}` subtracts the mean" if last else f"passes `{step.label}`"
        return Related(message, step.file.path, places.position(start), places.position(end))

    def _doubt(self, verdict: Verdict) -> Optional[str]:
        if any(not isinstance(layer.bias, Const) for layer in verdict.layers):
            return "the bias is an option of the caller's"
        helper = outermost(verdict.site)
        if (
            helper is not None
            and not helper.name.startswith("_")
            and not all(
                any(outermost(site) is helper for site in event.norm.chain)
                for layer in verdict.redundant()
                for event in layer.cancelled
            )
        ):
            return f"code out of view may use `{helper.name}` without a norm"
        if self.touching.touch(verdict.layers):
            return "code in this file uses the layer's `.bias`"
        if _FREEZES.search(self.text):
            return "code in this file puts norms in evaluation mode while training"
        return None

    def _parameters(self, verdict: Verdict) -> Optional[int]:
        layers = verdict.redundant()
        row = layers[0].row
        channels = [layer.argument(row.channels.keyword) for layer in layers] if row.channels else []
        counts = {channel.value if isinstance(channel, Const) else None for channel in channels}
        if len(counts) != 1:
            return None
        count = counts.pop()
        return count if isinstance(count, int) else None


def _handed_on(verdict: Verdict) -> Any:
    """The LibCST argument by which a call further out hands the bias on, wherever it stands."""
    origin = verdict.example.origin.at(verdict.level)
    if origin is None or origin.expression is None:
        return None
    node = verdict.site.node
    given = [arg for arg, written in zip(node.cst.args, node.args) if written.value is origin.expression]
    return given[0] if given else None


_FREEZES = re.compile(
    r"def train\(.*\n(?:.*\n){0,20}?.*\.eval\(\)|freeze_bn|FrozenBatchNorm|freeze_batch_norm|frozen_bn"
)


def _is_true(node: Any) -> bool:
    return isinstance(node, cst.Name) and node.value == "True"
