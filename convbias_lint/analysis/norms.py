"""What the layers of the table do with the shifts that come in: introduce, pass, cancel, use."""

from __future__ import annotations

from typing import Optional

from convbias_lint.analysis.channels import keeping_channels, leaves_layer, meets_activation, meets_norm
from convbias_lint.analysis.conditions import plain_key
from convbias_lint.analysis.layer import BiasOrigin, CallSite, LayerValue, NormInput, Step
from convbias_lint.analysis.lengths import as_length, product
from convbias_lint.analysis.machine import Machine
from convbias_lint.analysis.merging import same
from convbias_lint.analysis.sequences import sequence_output
from convbias_lint.analysis.shifts import NOWHERE, Shift, normal_axis, same_axis
from convbias_lint.analysis.values import (
    FALSE,
    TRUE,
    Choice,
    Const,
    Parameter,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.layers.rows import Argument, Cancels, Effect, Layer, Passes

_SAME_SHAPE = ("layer norm", "RMS norm", "LayerNorm", "RMSNorm", "GroupNorm", "Softmax")
"""Kinds of layers that use a shift and leave the lengths of all axes as they are."""
MAX_INPUTS = 12
"""How many calls of one norm are told apart."""


def run_layer(m: Machine, layer: LayerValue, tensor: Tensor, site: Optional[CallSite]) -> Value:
    """The output of ``layer`` for ``tensor``."""
    row = layer.row
    layer.ran = True
    rank = row.rank if row.rank is not None else tensor.rank
    if tensor.rank is not None and tensor.rank != rank:
        # The shifts were followed along the axes of another tensor than this one.
        m.use(tensor, row.kind)
        tensor = Tensor()
    if row.effect is Effect.CANCELS:
        _normalise(m, layer, tensor, rank, site)
        meets_norm(m, layer, tensor)
        out = Tensor((), rank, tensor.dims)
        out.maker = tensor.maker
        return out
    if row.effect is Effect.USES:
        m.use(tensor, row.kind)
        of_steps = sequence_output(row.kind, tensor)
        if of_steps is not None:
            return of_steps
        kept = tensor.dims if row.kind in _SAME_SHAPE else None
        return meets_activation(row.kind, tensor, Tensor((), rank, kept))
    step = m.here(row.name.rsplit(".", 1)[-1], layer.chain[0])
    if row.effect is Effect.PASSES:
        return keeping_channels(row, tensor, pass_through(m, row, layer, tensor, rank, step))
    passed = pass_through(m, row, layer, tensor, rank, step)
    leaves_layer(layer, passed)
    return m.state.lift(layer.bias, lambda bias: introduce(m, layer, passed, bias))


def introduce(m: Machine, layer: LayerValue, tensor: Tensor, bias: Value) -> Value:
    """``tensor`` with the layer's own shift, under the resolved value of its bias argument."""
    if isinstance(bias, Const) and not bias.value:
        return tensor
    if isinstance(bias, Symbol):
        return m.state.lift(m.truth(bias), lambda held: introduce(m, layer, tensor, held))
    shift = Shift(layer, layer.row.axis, frozenset(), ())
    out = Tensor((*tensor.shifts, shift), tensor.rank, tensor.dims)
    out.maker = tensor.maker
    return out


def pass_through(
    m: Machine, row: Layer, layer: Optional[LayerValue], tensor: Tensor, rank: Optional[int], step: Step
) -> Tensor:
    """What is left of the shifts in ``tensor`` behind a layer that may pass them on."""
    passes = row.passes
    dims = _lengths_behind(row, layer, tensor)
    if passes is Passes.ALWAYS and row.kind == "identity":
        return Tensor(tensor.shifts, rank, dims)
    if not may_pass(m, row, layer):
        m.use(tensor, row.kind)
        return Tensor((), rank, dims)
    if passes is Passes.FLATTENS:
        return flattened(m, tensor, _argument(layer, "start_dim", 1), _argument(layer, "end_dim", -1), step)
    out = []
    for shift in tensor.shifts:
        if passes is Passes.LAST_AXIS:
            if same_axis(shift.axis, -1, rank):
                out.append(shift.moved(-1, step))
            else:
                m.use_shift(shift, row.kind)
        elif passes is Passes.ZERO_RATE or same_axis(shift.axis, row.axis, rank):
            out.append(shift.moved(shift.axis, step))
        else:
            m.use_shift(shift, row.kind)
    return Tensor(tuple(out), rank, dims)


def _lengths_behind(row: Layer, layer: Optional[LayerValue], tensor: Tensor) -> Optional[tuple[Value, ...]]:
    """The lengths of the axes behind a layer, where those before it are known and it tells."""
    old = tensor.dims
    if old is not None and row.rank is not None and len(old) != row.rank:
        return None
    if old is None or row.passes is Passes.ZERO_RATE or row.kind == "identity":
        return old
    if layer is None or row.channels is None or not -len(old) <= row.axis < len(old):
        return None
    out = layer.argument(row.channels.keyword)
    # A lazy layer is not told what it gets.
    given = None
    if row.channels.position == 1:
        given = layer.argument("in_features" if row.kind == "linear layer" else "in_channels")
    axis = row.axis % len(old)
    if out is None or not isinstance(out, (Const, Symbol)):
        out = Symbol(("channels", id(layer)), "channels")
    elif given is not None and same(given, out):
        # As many as before, by the name they had.
        out = old[axis]
    if row.kind == "linear layer":
        return (*old[:axis], out)
    if row.kind == "convolution" and axis == 1:
        return (old[0], out, *(Symbol(("behind", id(layer), plain_key(n)), "size") for n in old[2:]))
    return None


def _argument(layer: Optional[LayerValue], keyword: str, default: int) -> Optional[int]:
    value = layer.argument(keyword) if layer is not None else None
    if value is None:
        return default
    return value.value if isinstance(value, Const) and isinstance(value.value, int) else None


def may_pass(m: Machine, row: Layer, layer: Optional[LayerValue]) -> bool:
    """Whether the layer's arguments let an incoming shift through."""
    passes = row.passes
    if passes is Passes.NEVER:
        return False
    if layer is None:
        return True
    if passes is Passes.UNPADDED:
        mode = layer.argument("padding_mode")
        if mode is not None and not (isinstance(mode, Const) and mode.value == "zeros"):
            return isinstance(mode, Const) and mode.value in ("reflect", "replicate", "circular")
        return unpadded(m, layer.argument("padding"))
    if passes is Passes.PADDING_NOT_COUNTED:
        divisor = layer.argument("divisor_override")
        if divisor is not None and not (isinstance(divisor, Const) and divisor.value is None):
            return False
        counted = layer.argument("count_include_pad")
        if isinstance(counted, Const) and not counted.value:
            return True
        return unpadded(m, layer.argument("padding"))
    if passes is Passes.ZERO_RATE:
        rate = layer.argument("p")
        rate = m.state.resolve(rate) if rate is not None else None
        return isinstance(rate, Const) and rate.value in (0, 0.0)
    indices = layer.argument("return_indices")
    return indices is None or (isinstance(indices, Const) and not indices.value)


def unpadded(m: Machine, padding: Optional[Value]) -> bool:
    """Whether a padding argument is zero for certain."""
    if padding is None:
        return True
    padding = m.state.resolve(padding)
    if isinstance(padding, Choice):
        return unpadded(m, padding.yes) and unpadded(m, padding.no)
    if isinstance(padding, Const):
        return padding.value == 0 or padding.value == "valid"
    return isinstance(padding, Tuple) and all(isinstance(p, Const) and p.value == 0 for p in padding.items)


def flattened(m: Machine, tensor: Tensor, start: Optional[int], end: Optional[int], step: Step) -> Tensor:
    """``torch.flatten``: axes ``start`` to ``end`` become one."""
    rank = tensor.rank
    if start is None or end is None:
        m.use(tensor, "flatten")
        return Tensor()
    out = []
    first = normal_axis(start, rank)
    last = normal_axis(end, rank)
    for shift in tensor.shifts:
        axis = normal_axis(shift.axis, rank)
        if axis >= NOWHERE // 2:
            m.use_shift(shift, "flatten")
        elif axis >= 0 and first >= 0 and axis < first:
            out.append(shift.moved(axis, step))
        elif axis >= 0 and first > 0 and (last >= axis or end == -1):
            # The entries of the new axis each keep their own constant, the same for every sample.
            out.append(shift.moved(first, step))
        elif axis < 0 and end == -1 and start == 1 and rank is None:
            out.append(shift.moved(1, step))
        elif axis > last >= first >= 0:
            out.append(shift.moved(axis - (last - first), step))
        else:
            m.use_shift(shift, "flatten")
    new_rank = None
    if rank is not None and first >= 0 and last >= first:
        new_rank = rank - (last - first)
    elif start == 1 and end == -1:
        new_rank = 2
    flat = Tensor(tuple(out), new_rank)
    if tensor.dims is not None and rank is not None and 0 <= first <= last:
        whole = as_length(product(tensor.dims[first : last + 1]))
        if whole is not None:
            flat.dims = (*tensor.dims[:first], whole, *tensor.dims[last + 1 :])
    return flat


def is_training(value: Optional[Value]) -> bool:
    """Whether a value is ``self.training`` itself."""
    return (
        isinstance(value, Choice)
        and value.atom == ("truth", "training")
        and isinstance(value.yes, Const)
        and value.yes.value is True
    )


def functional_norm(
    m: Machine, name: str, tensor: Tensor, mean: Optional[Value], site: Optional[CallSite]
) -> Optional[LayerValue]:
    """A norm made of a call of the function ``name``, so that a finding can point at it.

    Calls that are given one running ``mean`` are calls of one norm.
    """
    if site is None:
        return None
    row = Layer(name, Effect.CANCELS, name.replace("_", " "), "", channels=Argument("", None))
    norm = LayerValue(row, m.chain(site), {}, FALSE, BiasOrigin(0, "", None, False), m.state.guard())
    if isinstance(mean, Parameter):
        norm.arguments["track_running_stats"] = TRUE
        _, norm.inputs = m.running_means.setdefault(id(mean), (mean, norm.inputs))
        _note_input(m, norm, tensor, site)
    return norm


def _normalise(
    m: Machine, norm: LayerValue, tensor: Tensor, rank: Optional[int], site: Optional[CallSite]
) -> None:
    channels = norm.argument(norm.row.channels.keyword) if norm.row.channels else None
    if site is not None:
        _note_input(m, norm, tensor, site)
    for shift in tensor.shifts:
        if not same_axis(shift.axis, norm.row.axis, rank) and not _one_dimensional(
            shift, norm, channels, rank
        ):
            m.use_shift(shift, norm.row.kind)
        elif norm.row.cancels is Cancels.GROUP_PER_CHANNEL and not _group_per_channel(m, norm, channels):
            m.use_shift(shift, "group norm with more than one channel per group")
        elif norm.frozen:
            m.use_shift(shift, "frozen norm")
        else:
            m.cancel_shift(shift, norm)


def _note_input(m: Machine, norm: LayerValue, tensor: Tensor, site: CallSite) -> None:
    if len(norm.inputs) < MAX_INPUTS:
        made = frozenset(id(shift.layer) for shift in tensor.shifts)
        norm.inputs.append(NormInput(m.state.guard(), m.aside, id(site.node), made))


def _one_dimensional(shift: Shift, norm: LayerValue, channels: Optional[Value], rank: Optional[int]) -> bool:
    """Linear, then a norm over axis 1 of a tensor of unknown rank: with two axes they are the same.

    With three, the norm's channels would be the length of another axis; that they equal the linear
    layer's outputs is then a coincidence, and where they are not known to be equal it is no match.
    """
    if shift.axis != -1 or rank is not None or norm.row.kind != "batch norm" or norm.row.rank is not None:
        return False
    outputs = shift.layer.row.channels
    given = shift.layer.argument(outputs.keyword) if outputs else None
    if given is None or channels is None:
        return True
    return same(given, channels)


def _group_per_channel(m: Machine, norm: LayerValue, channels: Optional[Value]) -> bool:
    groups = norm.argument(norm.row.groups.keyword) if norm.row.groups else None
    if groups is None or channels is None:
        return False
    groups, channels = m.state.resolve(groups), m.state.resolve(channels)
    return isinstance(groups, (Const, Symbol)) and same(groups, channels)


def may_cancel(row: Layer, arguments: dict[str, Value]) -> bool:
    """Whether a layer takes a shift away, with these arguments."""
    if row.effect is not Effect.CANCELS:
        return False
    if row.cancels is not Cancels.GROUP_PER_CHANNEL:
        return True
    groups = arguments.get(row.groups.keyword) if row.groups else None
    channels = arguments.get(row.channels.keyword) if row.channels else None
    if groups is None or channels is None:
        return False
    wanted = _alternatives(channels)
    return any(same(one, other) for one in _alternatives(groups) for other in wanted)


def _alternatives(value: Value) -> list[Value]:
    if isinstance(value, Choice):
        return _alternatives(value.yes) + _alternatives(value.no)
    return [value] if isinstance(value, (Const, Symbol)) else []


def use_shared(layers: list[LayerValue]) -> None:
    """Give up what a batch norm cancels that other inputs go through, too.

    In training each input's mean is subtracted; the running mean, though, is one for all of them, and
    in evaluation mode a bias in front of it counts.
    """
    norms = {id(event.norm): event.norm for layer in layers for event in layer.cancelled}
    shared = {key for key, norm in norms.items() if _keeps_running_mean(norm) and _differ(norm.inputs)}
    for layer in layers:
        if any(id(event.norm) in shared for event in layer.cancelled):
            layer.used.append((frozenset(), "a norm that other inputs share"))


def _keeps_running_mean(norm: LayerValue) -> bool:
    if norm.row.effect is not Effect.CANCELS or norm.row.kind == "group norm":
        return False
    tracked = norm.argument("track_running_stats")
    return norm.row.kind != "instance norm" or not (tracked is None or _is_false(tracked))


def _is_false(value: Value) -> bool:
    return isinstance(value, Const) and not value.value


def _differ(inputs: list[NormInput]) -> bool:
    """Whether two calls, both made in one configuration, get different shifts.

    Aside of ``forward``, in methods whose callers are not known, and where both are one call in a loop,
    only inputs that have nothing in common tell that the norm serves several.
    """
    for place, one in enumerate(inputs):
        for other in inputs[place + 1 :]:
            apart = one.layers != other.layers
            if one.aside or other.aside or one.place == other.place:
                apart = bool(one.layers and other.layers) and one.layers.isdisjoint(other.layers)
            together = not any((atom, not value) in other.guard for atom, value in one.guard)
            if apart and together:
                return True
    return False
