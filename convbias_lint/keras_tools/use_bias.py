"""Change ``use_bias`` of layers in a trained model without changing what the model computes.

To True: the layer gets a bias of zeros, or one that is given.  To False: its bias moves into the
moving mean of the batch norms behind it, exactly: such a norm subtracts ``moving_mean``, so what
arrives without the bias and what is subtracted shrink by the same amount.  Where something other
than a norm sees the bias, the change is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Callable, Optional, Union

import numpy as np
from numpy.typing import NDArray

from convbias_lint.keras_tools.biased_layers import (
    array_of,
    bias_of,
    can_have_bias,
    core,
    describe,
    why_untouchable,
)
from convbias_lint.keras_tools.compare import difference
from convbias_lint.keras_tools.effects import Used
from convbias_lint.keras_tools.graph import Graph
from convbias_lint.keras_tools.kernels import Array
from convbias_lint.keras_tools.layer_tree import core_config, live_layers, saved_layers
from convbias_lint.keras_tools.optimizer_state import carry_optimizer
from convbias_lint.keras_tools.rebuild import rebuilt
from convbias_lint.keras_tools.shifts import Absorbed, absorbed
from convbias_lint.live_tools.errors import ToolError

Choice = Union[str, Iterable[str], Callable[[Any], bool]]
"""One layer's name, several, or a function of a layer that says whether it is meant."""


@dataclass(frozen=True)
class Changed:
    """A model with other biases, and what was done to get it.

    ``layers`` maps the path of each changed layer to the norms that took its bias over (none where
    a bias was added); ``kept`` says of each biased layer that stayed why.  ``difference`` is the
    largest one of any output, relative; None where nothing was measured.
    """

    model: Any
    layers: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, str]
    parameters: int
    difference: Optional[float]
    notes: tuple[str, ...] = ()


def set_use_bias(
    model: Any, layers: Choice, value: bool, *, biases: Optional[Mapping[str, NDArray[Any]]] = None
) -> Any:
    """A copy of ``model`` in which ``layers`` have ``use_bias=value``, and which computes the same.

    ``layers`` are names (``"conv1"``, in a nested model ``"encoder/conv1"`` or just ``"conv1"`` where
    that is clear) or a predicate.  ``biases`` gives values for new biases instead of zeros, by layer
    name, each an array of shape ``(channels,)``.  A bias that goes is subtracted from the following
    norm's ``moving_mean``, in float64, and stored in its dtype.  What the optimizer remembers is carried
    over.

    Raises `ToolError` where a layer has no ``use_bias`` or no norm would absorb its bias.
    """
    return change_use_bias(model, layers, value, biases=biases, inputs=None, measure=False).model


def change_use_bias(
    model: Any,
    layers: Choice,
    value: bool,
    *,
    biases: Optional[Mapping[str, NDArray[Any]]] = None,
    inputs: Any = None,
    measure: bool = True,
) -> Changed:
    """As `set_use_bias`, with a report; the outputs are compared on ``inputs`` or on random ones."""
    live = live_layers(model)
    chosen = _chosen(live, layers)
    given = {_path_of(live, name): np.asarray(array) for name, array in (biases or {}).items()}
    wrong = [name for name in given if name not in chosen]
    if wrong or (given and not value):
        raise ToolError(f"a bias is given for {wrong[0] if wrong else next(iter(given))}, which gets none")
    for path in chosen:
        reason = _why_not(live[path])
        if reason is not None:
            raise ToolError(f"{path}: {reason}")
    if value:
        return _add(model, [p for p in chosen if bias_of(live[p]) is None], given, inputs, measure)
    graph = Graph(model)
    ways: dict[str, Absorbed] = {}
    notes: list[str] = []
    for path in chosen:
        if bias_of(live[path]) is None:
            continue
        try:
            ways[path] = absorbed(graph, path, training=False)
        except Used as used:
            raise ToolError(f"the bias of {path} has nowhere to go: {used}") from None
        try:
            absorbed(graph, path, training=True)
        except Used as used:
            notes.append(
                f"{path}: the same in inference; in further training its bias would have counted: {used}"
            )
    return _remove(model, ways, {}, notes, inputs, measure)


def migrate(model: Any, *, inputs: Any = None, measure: bool = True) -> Changed:
    """A copy of ``model`` without its redundant biases: those that training cannot use.

    Their values move into the moving means of the norms behind them.  Whatever cannot be shown to be
    redundant stays, with the reason in the result.
    """
    graph = Graph(model)
    ways: dict[str, Absorbed] = {}
    kept: dict[str, str] = {}
    for path, layer in live_layers(model).items():
        if not can_have_bias(layer) or bias_of(layer) is None:
            continue
        try:
            reason = _why_not(layer)
            if reason is not None:
                raise Used(reason)
            absorbed(graph, path, training=True, bias=stand_in(layer))
            ways[path] = absorbed(graph, path, training=False)
        except Used as used:
            kept[path] = str(used)
    return _remove(model, ways, kept, [], inputs, measure)


def restore(model: Any, *, inputs: Any = None, measure: bool = True) -> Changed:
    """The way back: zero biases for the layers without one, where they would be redundant."""
    graph = Graph(model)
    wanted = []
    for path, layer in live_layers(model).items():
        if not can_have_bias(layer) or bias_of(layer) is not None or _why_not(layer) is not None:
            continue
        try:
            absorbed(graph, path, training=True, bias=stand_in(layer))
        except Used:
            continue
        wanted.append(path)
    return _add(model, wanted, {}, inputs, measure)


def stand_in(layer: Any) -> Array:
    """A bias unlike any other, so that no cancelling by chance is taken for one by rule."""
    inner = core(layer)[0]
    width = getattr(inner, "filters", None) or getattr(inner, "units", None)
    if width is None:
        width = int(np.prod(inner.kernel.shape[-2:]))
    return np.random.default_rng(len(inner.name)).normal(size=int(width)) + 2.0


def _why_not(layer: Any) -> Optional[str]:
    if not can_have_bias(layer):
        return f"{type(layer).__name__} is no convolution or dense layer of Keras"
    return why_untouchable(layer)


def _remove(
    model: Any,
    ways: Mapping[str, Absorbed],
    kept: Mapping[str, str],
    notes: list[str],
    inputs: Any,
    measure: bool,
) -> Changed:
    live = live_layers(model)
    moved: dict[str, Array] = {}
    for way in ways.values():
        for norm, shift in way.norms.items():
            moved[norm] = moved.get(norm, np.zeros_like(shift)) + shift
    weights = {
        norm: {
            name: array_of(getattr(core(live[norm])[0], name)) - shift
            for name in ("moving_mean", "renorm_mean")
            if getattr(core(live[norm])[0], name, None) is not None
        }
        for norm, shift in moved.items()
    }
    new = rebuilt(model, lambda saved: _write(saved, dict.fromkeys(ways, False)), weights)
    parameters = sum(int(np.prod(bias_of(live[path]).shape)) for path in ways)
    layers = {path: way.paths for path, way in ways.items()}
    return _finished(model, new, layers, kept, parameters, notes, inputs, measure)


def _add(
    model: Any, paths: Iterable[str], given: Mapping[str, NDArray[Any]], inputs: Any, measure: bool
) -> Changed:
    live = live_layers(model)
    weights = {}
    parameters = 0
    for path in paths:
        zeros = np.zeros_like(stand_in(live[path]))
        bias = np.asarray(given.get(path, zeros))
        if bias.shape != zeros.shape:
            raise ToolError(
                f"{path} ({describe(live[path])}) needs a bias of shape {zeros.shape}, not {bias.shape}"
            )
        weights[path] = {"bias": bias}
        parameters += bias.size
    new = rebuilt(model, lambda saved: _write(saved, dict.fromkeys(weights, True)), weights)
    return _finished(
        model, new, dict.fromkeys(weights, ()), {}, parameters, [], inputs, measure and not given
    )


def _finished(
    model: Any,
    new: Any,
    layers: Mapping[str, tuple[str, ...]],
    kept: Mapping[str, str],
    parameters: int,
    notes: list[str],
    inputs: Any,
    measure: bool,
) -> Changed:
    reason = carry_optimizer(model, new)
    if reason is not None:
        notes = [*notes, f"the optimizer starts anew: {reason}"]
    gap = difference(model, new, inputs) if measure else None
    return Changed(new, layers, kept, parameters, gap, tuple(notes))


def _write(saved: Any, values: Mapping[str, bool]) -> None:
    for path, entry, _ in saved_layers(saved):
        if path in values:
            core_config(entry)["use_bias"] = values[path]


def _chosen(live: Mapping[str, Any], layers: Choice) -> list[str]:
    if callable(layers):
        return [path for path, layer in live.items() if can_have_bias(layer) and layers(layer)]
    names = [layers] if isinstance(layers, str) else list(layers)
    return list(dict.fromkeys(_path_of(live, name) for name in names))


def _path_of(live: Mapping[str, Any], name: str) -> str:
    if name in live:
        return name
    found = [path for path in live if path.rpartition("/")[2] == name]
    if len(found) != 1:
        known = (
            f"{len(found)} layers are called {name}: {', '.join(found)}"
            if found
            else f"no layer is called {name}"
        )
        raise ToolError(known)
    return found[0]
