"""What code does to a Keras model that is built: layers taken out of it by name, parts of it frozen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Optional

from convbias_lint.analysis.classes import external_bases
from convbias_lint.analysis.keras_layers import is_keras
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.values import (
    NEVER,
    UNKNOWN,
    Choice,
    Const,
    Dict,
    External,
    Instance,
    List,
    Method,
    Segment,
    Symbol,
    Tuple,
    Value,
)
from convbias_lint.layers.rows import Effect

FUNCTIONAL = ("keras.Model", "keras.Functional")
RUNNING = frozenset(
    (
        "fit",
        "evaluate",
        "predict",
        "train_on_batch",
        "test_on_batch",
        "predict_on_batch",
        "save",
        "save_weights",
        "export",
        "to_json",
    )
)
"""Methods of a model that run or keep it as a whole."""
PARTS = ("layers", "submodules", "_layers", "_flatten_layers")


def functional_model(site: Optional[CallSite]) -> Value:
    """``keras.Model(inputs, outputs)``: made of layers that were built before it."""
    return Instance(External(FUNCTIONAL[0]), site)


def is_functional(value: Value) -> bool:
    return isinstance(value, Instance) and isinstance(value.cls, External) and value.cls.name in FUNCTIONAL


def is_keras_model(value: Value) -> bool:
    """Whether a value is a model or layer of Keras that is made of others."""
    return isinstance(value, Instance) and any(
        name.startswith("keras.") for name in external_bases(value.cls)
    )


def model_attribute(m: Machine, model: Instance, name: str) -> Value:
    """An attribute that a functional model, or a class of the code's own, has from Keras."""
    functional = is_functional(model)
    if name in PARTS:
        for layer in _layers_of(m, model) if functional else _layers_inside(m.layers, model):
            layer.used.append((m.state.guard(), f"`.{name}` of a model"))
    return Method(model, name) if name == "get_layer" or not functional else UNKNOWN


def named_layer(m: Machine, arguments: Arguments) -> Value:
    """``model.get_layer(name)`` of a functional model."""
    wanted = arguments.get(0, "name")
    found = [layer for layer in m.layers if is_keras(layer) and _may_be_called(layer, wanted)]
    if len(found) == 1:
        return found[0]
    for layer in found:
        layer.used.append((m.state.guard(), "`.get_layer()` of a model"))
    return UNKNOWN


def _may_be_called(layer: LayerValue, wanted: Any) -> bool:
    """Whether ``wanted`` may be the name of a layer: the one it is given, or ``conv2d_3``."""
    given = layer.arguments.get("name", NEVER)
    if not isinstance(wanted, Const) or not isinstance(wanted.value, str):
        return True
    if given is NEVER or (isinstance(given, Const) and given.value is None):
        kind = re.sub(r"\W|_", "", layer.row.name.rpartition(".")[2]).lower()
        return re.sub(r"_\d+$", "", wanted.value).replace("_", "") == kind
    return not isinstance(given, Const) or given.value == wanted.value


def set_trainable(m: Machine, model: Instance, value: Value) -> None:
    """``model.trainable = False``: norms that are not trained are in evaluation mode."""
    if is_functional(model) and not _is_true(value):
        for layer in _layers_of(m, model):
            layer.frozen = layer.frozen or (is_keras(layer) and layer.row.effect is Effect.CANCELS)


def _layers_of(m: Machine, model: Instance) -> list[LayerValue]:
    """The layers that a functional model may be made of.

    Those of the function that makes the model, if it is given no tensor and nothing that may hold layers.
    """
    frame = model.origin.scope.frame if model.origin is not None else None
    if frame is None or any(map(_may_hold_layers, (b.value for b in frame.bindings.values()))):
        return list(m.layers)
    return [layer for layer in m.layers if any(site.scope.frame is frame for site in layer.chain)]


def _may_hold_layers(value: Value) -> bool:
    if isinstance(value, Instance):
        return value.layer is not None or not all(map(_is_data, value.state.values()))
    return not _is_data(value)


def _is_data(value: Value) -> bool:
    if isinstance(value, Choice):
        return _is_data(value.yes) and _is_data(value.no)
    if isinstance(value, Tuple):
        return all(not isinstance(item, Segment) and _is_data(item) for item in value.items)
    return isinstance(value, (Const, Symbol))


def use_frozen(built: Iterable[Instance], layers: list[LayerValue]) -> None:
    """Give up what norms of Keras cancel that the code freezes, be it after the model was run."""
    for instance in built:
        if not _is_true(instance.state.get("trainable", Const(True))):
            for layer in _layers_inside(layers, instance):
                layer.frozen = layer.frozen or is_keras(layer)
    for layer in layers:
        if any(event.norm.frozen and is_keras(event.norm) for event in layer.cancelled):
            layer.used.append((frozenset(), "frozen norm"))


def _layers_inside(layers: list[LayerValue], instance: Instance) -> list[LayerValue]:
    """Those of ``layers`` that an object has built or holds."""
    return [*(layer for layer in layers if layer.owner is instance), *_layers_in(instance, set())]


def _is_true(value: Any) -> bool:
    return isinstance(value, Const) and bool(value.value)


def _layers_in(value: Any, seen: set[int]) -> Iterator[LayerValue]:
    if isinstance(value, LayerValue):
        yield value
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    parts: Iterable[Any] = ()
    if isinstance(value, (Instance, List, Dict)):
        parts = value.state.values()
    elif isinstance(value, Tuple):
        parts = value.items
    elif isinstance(value, Segment):
        parts = (*value.yes, *value.no)
    elif isinstance(value, Choice):
        parts = (value.yes, value.no)
    for part in parts:
        yield from _layers_in(part, seen)
