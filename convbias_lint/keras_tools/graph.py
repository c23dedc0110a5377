"""A Keras model as the list of its layers' calls, in order, with nested models opened up.

Everything is read from the configuration that Keras itself saves (``model.get_config()``): which
output of which call goes where stands there, for Sequential and for functional models alike.  A
layer's *path* is its name, behind the names of the models that it is nested in:
``"encoder/conv1"``.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Optional

import keras

from convbias_lint.live_tools.errors import ToolError

Shape = tuple[Optional[int], ...]


class Value(NamedTuple):
    """One tensor that flows through the model: output number ``output`` of call number ``call``."""

    call: int
    output: int


class Call(NamedTuple):
    """One call of one layer.

    ``layer`` is the live layer, None for a bare operation such as ``x + y``, which ``operation``
    names.  ``arguments`` holds the positional arguments as saved, with a `Value` for each tensor.
    ``simple`` says that no tensor came by keyword.  ``training`` is the argument of that name of
    the call, or of the call of the nested model around it; None where nobody gave it.
    """

    number: int
    path: str
    layer: Any
    operation: str
    arguments: tuple[Any, ...]
    inputs: tuple[Value, ...]
    shapes: tuple[Optional[Shape], ...]
    simple: bool
    training: Optional[bool]


class Graph:
    """All calls of a model, each behind those that it depends on."""

    def __init__(self, model: Any) -> None:
        require_layers(model)
        self.calls: list[Call] = []
        self.users: dict[Value, list[Call]] = {}
        self.shapes: dict[Value, Optional[Shape]] = {}
        self._inputs = 0
        self._escaping: list[Value] = []
        outputs = self._open(model, "", None, None)
        self.outputs = frozenset([*outputs, *self._escaping])

    def calls_of(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]

    def _open(
        self, model: Any, prefix: str, given: Optional[list[Value]], training: Optional[bool]
    ) -> list[Value]:
        config = model.get_config()
        layers = {layer.name: layer for layer in model.layers}
        if "input_layers" in config:
            return self._open_functional(config, layers, prefix, given, training)
        return self._open_sequential(config, layers, prefix, given, training)

    def _open_sequential(
        self,
        config: Any,
        layers: dict[str, Any],
        prefix: str,
        given: Optional[list[Value]],
        training: Optional[bool],
    ) -> list[Value]:
        current = given
        live = iter(layers.values())
        for entry in config["layers"]:
            if entry["class_name"] == "InputLayer":
                current = current or [self._input(entry)]
                continue
            if current is None:
                raise ToolError(f"{config['name']} has no input shape yet: build it or call it once")
            layer = next(live)
            current = self._call(layer, entry, prefix, tuple(current), tuple(current), True, training, 1)
        return current or []

    def _open_functional(
        self,
        config: Any,
        layers: dict[str, Any],
        prefix: str,
        given: Optional[list[Value]],
        training: Optional[bool],
    ) -> list[Value]:
        values: dict[tuple[str, int, int], Value] = {}
        entries = {entry["name"]: entry for entry in config["layers"]}
        for position, (name, _, _) in enumerate(histories(config["input_layers"])):
            values[(name, 0, 0)] = given[position] if given else self._input(entries[name])
        outputs = [
            (name, node - first_node(entries[name]), index)
            for name, node, index in histories(config["output_layers"])
        ]
        counts = _outputs_wanted(config["layers"], outputs)
        waiting = [
            (entry, index)
            for entry in config["layers"]
            if entry["class_name"] != "InputLayer"
            for index in range(len(entry["inbound_nodes"]))
        ]
        # The entries stand in the order of the layers; the calls of a shared layer may be far apart.
        while waiting:
            later = []
            for entry, index in waiting:
                node = entry["inbound_nodes"][index]
                tensors = [tensor["config"] for tensor in tensors_in([node["args"], node["kwargs"]])]
                if any(tuple(tensor["keras_history"]) not in values for tensor in tensors):
                    later.append((entry, index))
                    continue
                for tensor in tensors:
                    value = values[tuple(tensor["keras_history"])]
                    self.shapes.setdefault(value, tuple(tensor["shape"]))
                arguments = tuple(_with_values(argument, values) for argument in node["args"])
                inputs = tuple(values[tuple(tensor["keras_history"])] for tensor in tensors)
                simple = not tensors_in(node["kwargs"])
                mode = node["kwargs"].get("training", training)
                layer = layers.get(entry["name"])
                count = counts.get((entry["name"], index), 1)
                returned = self._call(layer, entry, prefix, arguments, inputs, simple, mode, count)
                for number, value in enumerate(returned):
                    values[(entry["name"], index, number)] = value
            if len(later) == len(waiting):
                raise ToolError(f"the calls of {config['name']} cannot be put in order")
            waiting = later
        return [values[history] for history in outputs]

    def _call(
        self,
        layer: Any,
        entry: Any,
        prefix: str,
        arguments: tuple[Any, ...],
        inputs: tuple[Value, ...],
        simple: bool,
        training: Optional[bool],
        count: int,
    ) -> list[Value]:
        path = prefix + (name_of(entry) if layer is None else layer.name)
        if holds_layers(layer):
            return self._open(layer, path + "/", list(inputs), training)
        if isinstance(layer, keras.layers.TimeDistributed) and holds_layers(layer.layer):
            # Its inside runs on other shapes: what goes in or out through the wrapper is not followed.
            self._escaping += self._open(layer.layer, f"{path}/{layer.layer.name}/", None, training)
        number = len(self.calls)
        shapes = tuple(self.shapes.get(value) for value in inputs)
        call = Call(number, path, layer, entry["class_name"], arguments, inputs, shapes, simple, training)
        self.calls.append(call)
        for value in dict.fromkeys(inputs):
            self.users.setdefault(value, []).append(call)
        outputs = [Value(number, index) for index in range(count)]
        if len(inputs) == 1 and layer is not None and shapes[0] is not None:
            self.shapes[outputs[0]] = _output_shape(layer, shapes[0])
        return outputs

    def _input(self, entry: Any) -> Value:
        self._inputs += 1
        value = Value(-self._inputs, 0)
        shape = entry["config"].get("batch_shape")
        self.shapes[value] = tuple(shape) if shape is not None else None
        return value


def name_of(entry: Any) -> str:
    """The name of a saved layer; the configuration of one of the user's own need not hold it."""
    name = entry.get("name") or entry["config"].get("name")
    return str(name or entry["class_name"])


def holds_layers(layer: Any) -> bool:
    """Whether ``layer`` is a model whose inner calls its configuration lists."""
    if isinstance(layer, keras.Sequential):
        return True
    if not (isinstance(layer, keras.Model) and hasattr(layer, "operations") and hasattr(layer, "inputs")):
        return False
    # A subclass that hands ``super().__init__`` its inputs and outputs saves what its own ``__init__`` takes.
    return type(layer).__module__.startswith("keras.") or _lists_layers(layer)


def _lists_layers(model: Any) -> bool:
    try:
        return "layers" in model.get_config()
    except NotImplementedError:  # arguments that Keras cannot save
        return False


def require_layers(model: Any) -> None:
    """Raise `ToolError` unless ``model`` can be taken apart and rebuilt from its configuration."""
    if not isinstance(model, keras.Model):
        raise ToolError(f"{type(model).__name__} is no Keras model")
    if not holds_layers(model):
        raise ToolError(
            f"{type(model).__name__} is a subclassed model: Keras does not say how its layers are connected; "
            "change use_bias in its code, load the weights there and use Sequential or functional models here"
        )
    if not model.built:
        raise ToolError(f"{model.name} has no weights yet: build it or call it once")
    if "layers" not in model.get_config():
        raise ToolError(f"{type(model).__name__}.get_config() does not list its layers")


def tensors_in(arguments: Any) -> list[Any]:
    """The saved tensors among ``arguments``, in order (as Keras flattens: dicts by sorted keys)."""
    if isinstance(arguments, dict):
        if arguments.get("class_name") == "__keras_tensor__":
            return [arguments]
        return [tensor for key in sorted(arguments) for tensor in tensors_in(arguments[key])]
    if isinstance(arguments, (list, tuple)):
        return [tensor for item in arguments for tensor in tensors_in(item)]
    return []


def histories(saved: Any) -> list[tuple[str, int, int]]:
    """``input_layers`` and ``output_layers`` are one ``[name, node, tensor]`` or a structure of them."""
    if isinstance(saved, dict):
        return [history for key in sorted(saved) for history in histories(saved[key])]
    if len(saved) == 3 and isinstance(saved[0], str):
        return [(saved[0], int(saved[1]), int(saved[2]))]
    return [history for item in saved for history in histories(item)]


def first_node(entry: Any) -> int:
    """What ``output_layers`` calls the first call of a saved layer; ``inbound_nodes`` begin with 0 always.

    Functional models have a call before it: the one that made them.
    """
    return int(isinstance(entry["config"], dict) and "input_layers" in entry["config"])


def _with_values(argument: Any, values: dict[tuple[str, int, int], Value]) -> Any:
    if isinstance(argument, dict):
        if argument.get("class_name") == "__keras_tensor__":
            return values[tuple(argument["config"]["keras_history"])]
        return {key: _with_values(item, values) for key, item in argument.items()}
    if isinstance(argument, (list, tuple)):
        return [_with_values(item, values) for item in argument]
    return argument


def _outputs_wanted(entries: Any, outputs: list[tuple[str, int, int]]) -> dict[tuple[str, int], int]:
    """How many tensors of each call anything refers to."""
    counts: dict[tuple[str, int], int] = {}
    saved = tensors_in([entry["inbound_nodes"] for entry in entries])
    for name, node, index in [*(tensor["config"]["keras_history"] for tensor in saved), *outputs]:
        counts[(name, node)] = max(counts.get((name, node), 1), index + 1)
    return counts


def _output_shape(layer: Any, shape: Shape) -> Optional[Shape]:
    try:
        found = layer.compute_output_shape(shape)
    except Exception:  # a layer of the user's own may not tell
        return None
    if isinstance(found, (list, tuple)) and all(size is None or isinstance(size, int) for size in found):
        return tuple(found)
    return None
