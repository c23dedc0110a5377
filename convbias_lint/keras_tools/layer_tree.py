"""The layers of a model by path, through nested models: live ones, and their saved configurations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras

from convbias_lint.keras_tools.graph import holds_layers, name_of
from convbias_lint.live_tools.errors import ToolError


def live_layers(model: Any) -> dict[str, Any]:
    """Every layer of ``model`` by path, nested models opened up, in the order of the model.

    Raises `ToolError` where one layer sits in two models: rebuilding would make two of it.
    """
    found: dict[str, Any] = {}
    places: dict[int, str] = {}
    for path, layer in _walk(model, ""):
        first = places.setdefault(id(layer), path)
        if first != path and not isinstance(layer, keras.layers.InputLayer):  # which holds nothing
            raise ToolError(f"{first} and {path} are one layer in two models: it cannot be rebuilt as one")
        if not holds_layers(layer):
            found[path] = layer
    return found


def _walk(model: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for layer in model.layers:
        path = prefix + layer.name
        yield path, layer
        if holds_layers(layer):
            yield from _walk(layer, path + "/")
        elif isinstance(layer, keras.layers.TimeDistributed) and holds_layers(layer.layer):
            yield f"{path}/{layer.layer.name}", layer.layer
            yield from _walk(layer.layer, f"{path}/{layer.layer.name}/")


def saved_layers(saved: Any, prefix: str = "") -> Iterator[tuple[str, Any, Any]]:
    """``(path, entry, container)`` for each layer that the saved model lists, innermost models last.

    ``entry`` is what Keras saved for the layer, ``container`` the configuration of the model that
    lists it; both may be changed in place.
    """
    config = saved["config"]
    for entry in list(config["layers"]):
        path = prefix + name_of(entry)
        yield path, entry, config
        inner = entry
        if entry["class_name"] == "TimeDistributed":
            inner = entry["config"]["layer"]
            path = f"{path}/{inner['config'].get('name')}"
        if isinstance(inner["config"], dict) and "layers" in inner["config"]:
            yield from saved_layers(inner, path + "/")


def core_config(entry: Any) -> Any:
    """The configuration of a saved layer, inside ``TimeDistributed`` where it has that around it."""
    config = entry["config"]
    return config["layer"]["config"] if entry["class_name"] == "TimeDistributed" else config
