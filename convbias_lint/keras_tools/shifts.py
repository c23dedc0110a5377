"""Follow the bias of one layer through the model to the norms that take it away.

The rule is the one of the whole project: a bias is redundant exactly when its shift is cancelled on
every way and used on none.  Two questions are asked of it: *in inference* a batch norm subtracts its
moving mean, which can take the shift over; *in training* it subtracts the mean of the batch, unless
the norm is frozen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from typing import Any, NamedTuple, Optional

import keras
import numpy as np

from convbias_lint.keras_tools.biased_layers import (
    array_of,
    bias_of,
    channel_axis,
    core,
    is_batch_norm,
    norm_axis,
    output_rank,
)
from convbias_lint.keras_tools.effects import Used, along, passed_on, why_bias_stays_inside
from convbias_lint.keras_tools.graph import Call, Graph, Value
from convbias_lint.keras_tools.kernels import Array


class Absorbed(NamedTuple):
    """Every way of a shift ends in a norm.

    ``norms`` maps the path of each batch norm to what its moving mean has to give up, shape
    ``(channels,)``; ``others`` are norms that keep no mean (group norms).
    """

    norms: dict[str, Array]
    others: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return (*self.norms, *self.others)


def absorbed(graph: Graph, path: str, training: bool, bias: Optional[Array] = None) -> Absorbed:
    """Where the shift of the layer at ``path`` goes; raises `Used` with the reason where it matters.

    ``bias`` stands in for the layer's own, as for a layer that has none.
    """
    calls = graph.calls_of(path)
    if not calls:
        raise Used("the model never calls it")
    layer = calls[0].layer
    reason = why_bias_stays_inside(core(layer)[0], training)
    if reason is not None:
        raise Used(reason)
    vector = array_of(bias_of(layer)) if bias is None else bias
    shifts: dict[Value, Array] = {}
    sources = {call.number for call in calls}
    met: dict[str, dict[int, Array]] = {}
    others: dict[str, None] = {}
    for call in graph.calls:
        arrived = {value: shifts[value] for value in call.inputs if value in shifts}
        output: Optional[Array] = None
        if arrived and is_norm(call.layer):
            shift = _cancelled(call, arrived, training)
            if is_batch_norm(call.layer):
                met.setdefault(call.path, {})[call.number] = shift
            else:
                others[call.path] = None
        elif arrived:
            output = passed_on(call, arrived, training)
        if call.number in sources:
            rank = output_rank(call.layer, len(call.shapes[0]) if call.shapes and call.shapes[0] else None)
            if rank is None:
                raise Used("the shape of its input is not known")
            own = along(vector, channel_axis(call.layer, rank), rank)
            output = own if output is None else output + own
        if output is not None:
            _leave(graph, call, output, shifts)
    return Absorbed({name: _agreed(graph, name, found) for name, found in met.items()}, tuple(others))


def steps_to_norm(graph: Graph, path: str, norms: Collection[str]) -> tuple[str, ...]:
    """The layers and operations on the shortest way from the layer at ``path`` to one of ``norms``."""
    queue: deque[tuple[Call, tuple[str, ...]]] = deque((call, ()) for call in graph.calls_of(path))
    seen = {call.number for call, _ in queue}
    while queue:
        call, steps = queue.popleft()
        for user in (
            user for value, users in graph.users.items() if value.call == call.number for user in users
        ):
            if user.path in norms:
                return steps
            if user.number not in seen:
                seen.add(user.number)
                queue.append((user, (*steps, f"{user.operation} {user.path}")))
    return ()


def is_norm(layer: Any) -> bool:
    return is_batch_norm(layer) or type(core(layer)[0]) is keras.layers.GroupNormalization


def _leave(graph: Graph, call: Call, shift: Array, shifts: dict[Value, Array]) -> None:
    value = Value(call.number, 0)
    if value in graph.outputs:
        raise Used("an output of the model depends on it")
    shifts[value] = shift


def _cancelled(call: Call, arrived: dict[Value, Array], training: bool) -> Array:
    """What the norm has to subtract less; raises `Used` where it does not subtract it."""
    if len(call.inputs) != 1:
        raise Used(f"{call.path} takes several tensors")
    shift = arrived[call.inputs[0]]
    layer = core(call.layer)[0]
    axis = norm_axis(call.layer, shift.ndim)
    if shift.size != shift.shape[axis]:
        raise Used(f"{call.path} normalises another axis (axis={layer.axis})")
    if type(layer) is keras.layers.GroupNormalization:
        channels = int(call.shapes[0][axis] or 0) if call.shapes[0] else 0
        if layer.groups not in (-1, channels):
            raise Used(f"{call.path} normalises {layer.groups} groups of several channels")
        return shift.reshape(-1)
    if training and (call.training is False or not layer.trainable):
        raise Used(f"{call.path} is frozen: it subtracts its moving mean in training too")
    moved: Array = np.broadcast_to(shift.reshape(-1), layer.moving_mean.shape).copy()
    return moved


def _agreed(graph: Graph, path: str, found: dict[int, Array]) -> Array:
    """The one shift that all calls of a norm meet: it has one moving mean for all of them."""
    calls = graph.calls_of(path)
    vectors = list(found.values())
    if len(vectors) < len(calls) or any(not np.allclose(v, vectors[0], rtol=1e-12, atol=0) for v in vectors):
        raise Used(f"{path} is called {len(calls)} times, and not each time with the same shift")
    return vectors[0]
