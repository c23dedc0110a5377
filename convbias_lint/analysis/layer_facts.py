"""Facts on single layers, placed in the text: norms of another width, biases that are missed."""

from __future__ import annotations

from collections.abc import Iterable

from convbias_lint.analysis.channels import channels_of
from convbias_lint.analysis.facts import MisfitFact, MissingFact
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.places import Places
from convbias_lint.finding import Position, Related


def layer_facts(
    file: SourceFile, layers: Iterable[LayerValue]
) -> tuple[tuple[MisfitFact, ...], tuple[MissingFact, ...]]:
    """What is to be said of layers that the file itself builds."""
    sites: dict[int, list[LayerValue]] = {}
    for layer in layers:
        if layer.chain[0].file is file:
            sites.setdefault(id(layer.chain[0].node), []).append(layer)
    misfits = [next(x for x in group if x.misfit) for group in sites.values() if any(x.misfit for x in group)]
    missing = [next(x for x in group if x.bare) for group in sites.values() if _is_bare(group)]
    if not misfits and not missing:
        return (), ()
    placed = _Placed(file, [*misfits, *missing, *(x.misfit for x in misfits if x.misfit is not None)])
    return (
        tuple(sorted(map(placed.misfit, misfits), key=lambda fact: fact.start)),
        tuple(sorted(map(placed.missing, missing), key=lambda fact: fact.start)),
    )


def _is_bare(group: list[LayerValue]) -> bool:
    """Whether a call builds layers without a bias only, by its own words, that only activations follow."""
    ran = [layer for layer in group if layer.ran]
    return bool(ran) and all(
        layer.bare is not None and not layer.normed and layer.origin.level == 0 for layer in ran
    )


class _Placed:
    """The calls that build some layers, with their places in the files they stand in."""

    def __init__(self, file: SourceFile, layers: list[LayerValue]) -> None:
        self._file = file
        files = {id(layer.chain[0].file): layer.chain[0].file for layer in layers}
        self._places = {key: Places(owner.text) for key, owner in files.items()}

    def misfit(self, norm: LayerValue) -> MisfitFact:
        layer = norm.misfit
        assert layer is not None
        start, end = self._span(norm)
        there = self._span(layer)
        given, wanted = channels_of(layer), channels_of(norm)
        assert given is not None
        assert wanted is not None
        return MisfitFact(
            norm=_short(norm),
            wanted=wanted,
            layer=_short(layer),
            given=given,
            start=start,
            end=end,
            related=(Related(f"`{_short(layer)}` gives {given} channels", layer.chain[0].file.path, *there),),
        )

    def missing(self, layer: LayerValue) -> MissingFact:
        start, end = self._span(layer)
        return MissingFact(layer=_short(layer), activation=layer.bare or "", start=start, end=end)

    def _span(self, layer: LayerValue) -> tuple[Position, Position]:
        site = layer.chain[0]
        return self._places[id(site.file)].range(site.node.syntax)


def _short(layer: LayerValue) -> str:
    return layer.row.name.rsplit(".", 1)[-1]
