"""Take layers out of a saved model: what they put out comes straight from what they were given."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from convbias_lint.keras_tools.graph import first_node, histories, name_of, tensors_in
from convbias_lint.keras_tools.layer_tree import core_config, saved_layers

History = tuple[str, int, int]


def unplug(saved: Any, paths: Collection[str], with_bias: Collection[str]) -> None:
    """Remove the layers at ``paths`` from ``saved``, and set ``use_bias`` at ``with_bias``."""
    for path, entry, container in list(saved_layers(saved)):
        if path in with_bias:
            core_config(entry)["use_bias"] = True
        if path not in paths:
            continue
        name = entry["config"]["name"]
        if _must_stand(container, entry):
            _become_identity(entry)
        elif "input_layers" in container:
            container["layers"] = [other for other in container["layers"] if other is not entry]
            _reroute(container, _sources(name, entry))
        else:
            container["layers"] = [other for other in container["layers"] if other is not entry]


def _must_stand(container: Any, entry: Any) -> bool:
    """Whether the model would be left empty, or return its own input."""
    if "input_layers" not in container:
        return [other["class_name"] for other in container["layers"]].count("InputLayer") == len(
            container["layers"]
        ) - 1
    inputs = set(histories(container["input_layers"]))
    taken = set(_sources(entry["config"]["name"], entry).values())
    return bool(taken & inputs) and any(
        history[0] == entry["config"]["name"] for history in histories(container["output_layers"])
    )


def _become_identity(entry: Any) -> None:
    kept = {key: entry["config"][key] for key in ("name", "trainable", "dtype") if key in entry["config"]}
    entry.update(module="keras.layers", class_name="Identity", config=kept, registered_name=None)


def _sources(name: str, entry: Any) -> dict[History, History]:
    """What each output of the layer was made of."""
    sources: dict[History, History] = {}
    for index, node in enumerate(entry["inbound_nodes"]):
        (tensor,) = tensors_in([node["args"], node["kwargs"]])
        before, number, output = tensor["config"]["keras_history"]
        sources[(name, index, 0)] = (before, number, output)
    return sources


def _reroute(container: Any, sources: dict[History, History]) -> None:
    for entry in container["layers"]:
        for tensor in tensors_in([[node["args"], node["kwargs"]] for node in entry["inbound_nodes"]]):
            history = tuple(tensor["config"]["keras_history"])
            if history in sources:
                tensor["config"]["keras_history"] = list(sources[history])
    first = {name_of(entry): first_node(entry) for entry in container["layers"]}
    shown = {
        history: (name, number + first[name], output) for history, (name, number, output) in sources.items()
    }
    container["output_layers"] = _replaced(container["output_layers"], shown)


def _replaced(saved: Any, sources: dict[History, History]) -> Any:
    if isinstance(saved, dict):
        return {key: _replaced(item, sources) for key, item in saved.items()}
    if len(saved) == 3 and isinstance(saved[0], str):
        return list(sources.get((saved[0], int(saved[1]), int(saved[2])), tuple(saved)))
    return [_replaced(item, sources) for item in saved]
