"""Rows for the layers that a project declares in its configuration."""

from __future__ import annotations

from collections.abc import Mapping

from convbias_lint.layers.rows import Argument, Effect, Layer, Passes

_SOURCE = "the key `layers` of the configuration"


def own_rows(declared: Mapping[str, Mapping[str, object]]) -> dict[str, Layer]:
    """The rows by the dotted names of the layers; ``declared`` is what the configuration says of each."""
    return {name: _row(name, said) for name, said in declared.items()}


def _row(name: str, said: Mapping[str, object]) -> Layer:
    keyword = said.get("introduces")
    if isinstance(keyword, str):
        kind = "linear layer" if "Linear" in name.rsplit(".", 1)[-1] else "layer"
        bias = Argument(keyword, None, True)
        return Layer(name, Effect.INTRODUCES, kind, _SOURCE, bias=bias)
    if said.get("cancels"):
        return Layer(name, Effect.CANCELS, "batch norm", _SOURCE)
    if said.get("passes"):
        return Layer(name, Effect.PASSES, "layer", _SOURCE, passes=Passes.ALWAYS)
    return Layer(name, Effect.USES, "layer", _SOURCE)
