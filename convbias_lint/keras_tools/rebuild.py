"""Rebuild a model from a changed configuration and carry every weight over."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from types import FunctionType
from typing import Any, Callable, Optional

import keras
import numpy as np
from numpy.typing import NDArray

from convbias_lint.keras_tools.biased_layers import core
from convbias_lint.keras_tools.layer_tree import live_layers
from convbias_lint.live_tools.errors import ToolError, one_line

Weights = Mapping[str, Mapping[str, NDArray[Any]]]
"""New values by the path of a layer and the name of its weight, such as ``"bias"``."""


def saved(model: Any) -> Any:
    """``model`` as Keras saves it, without its weights."""
    try:
        return keras.saving.serialize_keras_object(model)
    except Exception as error:
        raise ToolError(f"Keras cannot serialize {model.name}: {one_line(error)}") from error


def rebuilt(model: Any, edit: Callable[[Any], None], weights: Optional[Weights] = None) -> Any:
    """A new model from the configuration of ``model`` after ``edit``, with the weights of ``model``.

    ``weights`` replaces some; a weight that neither ``model`` nor ``weights`` knows keeps the value
    that its initializer gave it.  ``model`` is left as it is.
    """
    configuration = saved(model)
    edit(configuration)
    old = live_layers(model)
    custom = _custom_objects([model, *old.values(), *_inside(old)])
    if getattr(model, "optimizer", None) is not None:
        custom.update(_custom_objects([model.optimizer]))
    try:
        new = _deserialized(copy.deepcopy(configuration), custom)  # Keras changes it as it reads
    except Exception as error:
        # Losses and metrics of the user's own may be in the way: the layers do not need them.
        if configuration.pop("compile_config", None) is None:
            raise ToolError(_cannot(model, error)) from error
        try:
            new = _deserialized(configuration, custom)
        except Exception as second:
            raise ToolError(_cannot(model, second)) from second
    _carry(old, live_layers(new), weights or {})
    return new


def _deserialized(configuration: Any, custom: Mapping[str, Any]) -> Any:
    # The configuration comes from a live model: whatever code it holds has been running already.
    return keras.saving.deserialize_keras_object(configuration, custom_objects=custom, safe_mode=False)


def _cannot(model: Any, error: Exception) -> str:
    return f"Keras cannot rebuild {model.name} from its configuration: {one_line(error)}"


def _custom_objects(layers: Iterable[Any]) -> dict[str, Any]:
    """The classes of ``layers``, and functions that they hold (activations), that are not Keras's own."""
    found: dict[str, Any] = {}
    for layer in layers:
        held: list[Any] = [value for value in vars(layer).values() if isinstance(value, FunctionType)]
        found.update({value.__name__: value for value in [type(layer), *held]})
    known = keras.saving.get_custom_objects()
    return {
        name: value
        for name, value in found.items()
        if name not in known and value.__module__.split(".")[0] != "keras"
    }


def _inside(layers: Mapping[str, Any]) -> list[Any]:
    """The layers that layers hold inside themselves: wrappers, attention, the user's own."""
    return [inner for layer in layers.values() for inner in layer._flatten_layers(include_self=False)]


def _carry(old: Mapping[str, Any], new: Mapping[str, Any], weights: Weights) -> None:
    for path, layer in new.items():
        before = old.get(path)
        if before is None:
            continue
        if path in weights or _named(layer).keys() != _named(before).keys():
            _carry_by_name(before, layer, weights.get(path, {}))
        else:
            _carry_in_order(path, before, layer)
        if layer.trainable != before.trainable:
            layer.trainable = before.trainable


def _named(layer: Any) -> dict[str, Any]:
    return {variable.name: variable for variable in core(layer)[0].variables}


def _carry_by_name(before: Any, layer: Any, values: Mapping[str, NDArray[Any]]) -> None:
    known = _named(before)
    for name, variable in _named(layer).items():
        if name in values:
            variable.assign(np.asarray(values[name]).astype(np.dtype(_numpy_type(variable))))
        elif name in known:
            variable.assign(known[name])


def _numpy_type(variable: Any) -> str:
    """A dtype that NumPy knows; Keras casts the rest of the way (bfloat16)."""
    return str(variable.dtype) if str(variable.dtype) in ("float16", "float32", "float64") else "float32"


def _carry_in_order(path: str, before: Any, layer: Any) -> None:
    source, target = before.variables, layer.variables
    if [tuple(v.shape) for v in source] != [tuple(v.shape) for v in target]:
        raise ToolError(
            f"{path} ({type(layer).__name__}) has other weights when rebuilt from its configuration"
        )
    for variable, value in zip(target, source):
        variable.assign(value)
