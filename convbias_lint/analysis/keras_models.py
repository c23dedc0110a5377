"""Keras code: under which names its layers go, layers that are operations, and where models begin and end.

``layers.Add()`` makes a layer without weights, and ``layers.Add()([a, b])`` runs it.  Such a layer is held
as a partial call: the name ``keras.layers.Add()`` with the arguments of its constructor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from convbias_lint.analysis import lengths
from convbias_lint.analysis.builders import add_numbered, run_container
from convbias_lint.analysis.indexing import iteration_items
from convbias_lint.analysis.keras_access import FUNCTIONAL
from convbias_lint.analysis.keras_functions import FUNCTIONS, RUN
from convbias_lint.analysis.keras_layers import (
    TRAINING,
    is_keras,
    make_keras_layer,
    mode_of,
)
from convbias_lint.analysis.layer import CallSite, LayerValue
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.unseen import layer_without_row, used_by_call
from convbias_lint.analysis.values import (
    CHILDREN,
    UNKNOWN,
    Class,
    Const,
    External,
    Function,
    Instance,
    Partial,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.layers.keras import LAYERS, MODELS, OPS, SYNONYMS
from convbias_lint.layers.rows import Effect

_ROWS = frozenset(row.name for row in LAYERS)
BUILDERS = frozenset(row.name.rpartition(".")[2] for row in LAYERS if row.effect is Effect.INTRODUCES)
"""The names of layers that may have a bias."""

_SEQUENTIAL = "keras.Sequential"
_INPUT = "keras.Input"
_WRAPPERS = {
    "TimeDistributed": "layer",
    "SpectralNormalization": "layer",
    "Lambda": "function",
    "InputLayer": "",
}
_KNOWN = _ROWS.union(OPS, (_SEQUENTIAL, _INPUT), FUNCTIONAL, MODELS)
_KNOWN |= {f"keras.layers.{name}" for name in _WRAPPERS}


def canonical_keras(name: str) -> str:
    """The name under which Keras documents what is imported as ``name``, from wherever it is kept."""
    parts = name.split(".")
    for index, part in enumerate(parts[:4]):
        if part in ("keras", "tf_keras"):
            parts = ["keras", *parts[index + 1 :]]
            break
    else:
        return SYNONYMS.get(name, name)
    while len(parts) > 1 and parts[1] in ("src", "api", "_tf_keras", "keras", "v1", "v2", "engine"):
        del parts[1]
    last = parts[-1]
    if len(parts) > 2 and last[:1].isupper():
        # ``keras.layers.convolutional.Conv2D`` as of old; ``keras.models.Model`` is ``keras.Model``.
        if parts[1] == "layers":
            parts = ["keras", "layers", last]
        elif parts[1] in ("models", "topology", "training", "sequential", "functional", "base_layer"):
            parts = ["keras", last]
    if last in ("Input", "Layer") and len(parts) < 4:
        parts = ["keras", last] if last == "Input" else ["keras", "layers", last]
    full = ".".join(parts)
    return SYNONYMS.get(full, full)


def from_star(module: str, name: str) -> Optional[Value]:
    """What ``from keras.layers import *`` binds ``name`` to, if it does."""
    full = canonical_keras(f"{module}.{name}")
    return External(full) if full in _KNOWN else None


def call_keras(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The result of calling something of Keras by its qualified name."""
    row = m.rows.get(name)
    if row is not None:
        return make_keras_layer(m, row, arguments, site)
    if name == _SEQUENTIAL:
        return _sequential(m, arguments, site)
    if name == _INPUT:
        return _input(m, arguments)
    last = name.rpartition(".")[2]
    run = RUN.get(name)
    if run is not None:
        return run(m, last[:-2], arguments, site)
    if name in OPS or (name.startswith("keras.layers.") and last in _WRAPPERS):
        return _operation_layer(name, last, arguments)
    function = FUNCTIONS.get(name)
    if function is not None:
        return function(m, last, arguments, site)
    if name.startswith("keras.layers.") and last[:1].isupper() and site is not None:
        return layer_without_row(m, name, arguments, site, axis=-1)
    return used_by_call(m, arguments, site, "a call that is not followed")


def _input(m: Machine, arguments: Arguments) -> Value:
    """``keras.Input(shape)``: a tensor, whose axes are counted where they are written out."""
    shape, batched = arguments.get(0, "shape"), arguments.keywords.get("batch_shape")
    items = lengths.settled_items(m, batched if batched is not None else shape or UNKNOWN)
    return Tensor((), None if items is None else len(items) + (batched is None))


def _sequential(m: Machine, arguments: Arguments, site: Optional[CallSite]) -> Value:
    instance = Instance(External(_SEQUENTIAL), site)
    instance.state[CHILDREN] = Tuple(())
    m.built.append(instance)
    fill_sequential(m, instance, arguments)
    return instance


def _operation_layer(name: str, last: str, arguments: Arguments) -> Value:
    """A layer without weights: its constructor's arguments, held until it runs."""
    held: dict[str, Value] = {}
    for position, keyword in enumerate(_CONSTRUCTOR.get(last, ("data_format", "keepdims"))):
        value = arguments.get(position, keyword)
        if isinstance(value, Value):
            held[keyword] = value
        elif arguments.open_keywords or arguments.open_positions:
            held[keyword] = UNKNOWN
    if last == "SpectralNormalization":
        return held.get("layer", UNKNOWN)  # it divides the kernel by its norm, and leaves the bias
    return Partial(External(f"{name}()"), (), held)


_CONSTRUCTOR: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("Add", "Subtract", "Average", "InputLayer"), ()),
    "Concatenate": ("axis",),
    "Flatten": ("data_format",),
    "Reshape": (),
    "Permute": (),
    "Rescaling": ("scale", "offset"),
    **{name: (argument,) for name, argument in _WRAPPERS.items() if argument},
}


def initialise(m: Machine, name: str, instance: Instance, arguments: Arguments) -> None:
    """What ``super().__init__(…)`` of a Keras class does: ``Sequential([…])``, ``Model(inputs, outputs)``."""
    if name == _SEQUENTIAL:
        fill_sequential(m, instance, arguments)
        return
    for value in arguments.all():
        m.use(value, "returned to the caller")


def fill_sequential(m: Machine, instance: Instance, arguments: Arguments) -> None:
    """The list of layers that ``Sequential`` is given."""
    given = arguments.get(0, "layers")
    if given is None:
        if arguments.open_keywords or arguments.open_positions:
            add_numbered(m, instance, (UNKNOWN,))
        return
    given = m.state.resolve(given)
    if isinstance(given, Const) and given.value is None:
        return
    add_numbered(m, instance, iteration_items(m, given))


def call_of_keras(
    m: Machine, instance: Instance, method: Function, arguments: Arguments, site: Optional[CallSite]
) -> Value:
    """``call`` of a layer or model in view, as Keras runs it: built first, and in the mode around it."""
    if instance.state.get("<built>") is None:
        m.state.write(instance.state, "<built>", Const(True))
        build = _method(m, instance, "build")
        if build is not None:
            m.call(build, Arguments.of(instance, UNKNOWN), site)
    arguments = arguments.behind(instance)
    arguments.keywords, arguments.names = dict(arguments.keywords), dict(arguments.names)
    names = [param.name for param in method.node.params]
    given = arguments.keywords.get("training")
    if "training" in names and names.index("training") < len(arguments.positional):
        given = arguments.positional[names.index("training")]
    mode = given or m.mode or TRAINING
    if "training" in names:
        if given is None and not arguments.open_keywords:
            arguments.keywords["training"] = mode
            arguments.names["training"] = None
    elif given is not None and not any(param.kind == "**" for param in method.node.params):
        del arguments.keywords["training"]
    return in_mode(m, mode, lambda: m.call(method, arguments, site))


def sequential_of_keras(
    m: Machine, instance: Instance, arguments: Arguments, site: Optional[CallSite]
) -> Value:
    """A ``Sequential`` that is called: its layers get no argument but the mode."""
    mode = mode_of(m, arguments) or TRAINING
    plain = Arguments.of(*arguments.positional[:1])
    plain.positional += arguments.positional[2:]
    plain.keywords = {name: value for name, value in arguments.keywords.items() if name != "training"}
    return in_mode(m, mode, lambda: run_container(m, instance, plain, site))


def in_mode(m: Machine, mode: Value, run: Callable[[], Value]) -> Value:
    """``run``, with ``training`` of the layers that it calls being ``mode`` unless they are told."""
    outer, m.mode = m.mode, mode
    try:
        return run()
    finally:
        m.mode = outer


def _method(m: Machine, instance: Instance, name: str) -> Optional[Function]:
    for base in instance.cls.mro or () if isinstance(instance.cls, Class) else ():
        if isinstance(base, Class) and name in base.members:
            found = m.state.resolve(base.members[name])
            return found if isinstance(found, Function) else None
    return None


def layer_attribute(m: Machine, layer: LayerValue, name: str) -> Optional[Value]:
    """An attribute that only layers of Keras have."""
    if not is_keras(layer):
        return None
    if name in ("output", "outputs"):
        m.use(layer, f"`.{name}`")
        return Tensor()
    return None


def write_layer_attribute(layer: LayerValue, name: str, value: Value) -> None:
    """``norm.trainable = False`` puts a norm in evaluation mode."""
    if name == "trainable" and not (isinstance(value, Const) and value.value):
        layer.frozen = True
