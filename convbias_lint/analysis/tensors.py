"""Functions on tensors and tensor methods: what they do with the shifts in their arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from convbias_lint.analysis import lengths, parameters, rearranging, reductions, reshaping, shapes
from convbias_lint.analysis.arithmetic import elementwise
from convbias_lint.analysis.channels import meets_activation
from convbias_lint.analysis.layer import CallSite, LayerValue, Step
from convbias_lint.analysis.machine import Arguments, Machine
from convbias_lint.analysis.norms import flattened, functional_norm, introduce, is_training, unpadded
from convbias_lint.analysis.operation import Operation, flat_tensors
from convbias_lint.analysis.shifts import same_axis, united
from convbias_lint.analysis.values import (
    NONE,
    UNKNOWN,
    Choice,
    Const,
    External,
    Parameter,
    Symbol,
    Tensor,
    Tuple,
    Value,
)
from convbias_lint.layers.torch_functions import OPS, RANKS, Op


def call_operation(m: Machine, name: str, arguments: Arguments, site: Optional[CallSite]) -> Value:
    """The result of the function or method ``name``; one without a row uses what it gets."""
    operation = Operation(m, name, arguments, site)
    op = OPS.get(name)
    if arguments.keywords.get("out", NONE) is not NONE:
        return operation.use_all()  # whoever has the tensor that is written to sees it
    handler = None if op is None else _HANDLERS.get(op)
    first = operation.first()
    if handler is None:
        of_parameters = _of_parameters(operation, first) if isinstance(first, Parameter) else None
        if of_parameters is not None:
            return of_parameters
        return meets_activation(name, first, operation.use_all())
    if isinstance(first, Choice) and op is not Op.QUERY and op is not Op.NEW:
        return m.state.lift(first, lambda value: _with_first(operation, handler, value))
    return handler(operation)


def _of_parameters(o: Operation, first: Parameter) -> Optional[Value]:
    """The result of a function that gets nothing which a sample changes."""
    if not parameters.of_numbers_only(o.m, o.arguments):
        return None
    o.use_all()
    return parameters.applied(o.m, o.name, first, o.arguments)


def _with_first(operation: Operation, handler: Callable[[Operation], Value], value: Value) -> Value:
    given = operation.arguments
    if given.positional:
        arguments = given.without_first().behind(value)
    else:
        arguments = given.behind()
        arguments.keywords = {**given.keywords, "input" if "input" in given.keywords else "x": value}
    return handler(Operation(operation.m, operation.name, arguments, operation.site))


def _same(o: Operation) -> Value:
    if o.name in ("to", "type", "as_tensor") and any(map(_rounds, o.arguments.all()[1:])):
        return o.use_all()
    return o.first()


def _rounds(value: Value) -> bool:
    """Whether a dtype holds whole numbers only."""
    name = value.name if isinstance(value, External) else value.value if isinstance(value, Const) else None
    return isinstance(name, str) and name.rsplit(".", 1)[-1] in _WHOLE


_WHOLE = frozenset(
    {
        *("int", "long", "short", "bool", "int8", "int16", "int32", "int64"),
        *("uint8", "uint16", "uint32", "uint64"),
        *("LongTensor", "IntTensor", "ShortTensor", "ByteTensor", "CharTensor", "BoolTensor"),
    }
)


def _pool(o: Operation) -> Value:
    tensor = o.first()
    indices = o.get(6, "return_indices")
    if not isinstance(tensor, Tensor) or (indices is not None and not _false(indices)):
        return o.use_all()
    return _along_channels(o, tensor, RANKS.get(o.name, tensor.rank))


def _along_channels(o: Operation, tensor: Tensor, rank: Optional[int]) -> Tensor:
    out = []
    for shift in tensor.shifts:
        if same_axis(shift.axis, 1, rank):
            out.append(shift.moved(1, o.step))
        else:
            o.m.use_shift(shift, o.name)
    return Tensor(tuple(out), rank)


def _average_pool(o: Operation) -> Value:
    tensor = o.first()
    counted = o.get(5, "count_include_pad")
    fine = (counted is not None and _false(counted)) or unpadded(o.m, o.get(3, "padding"))
    if not isinstance(tensor, Tensor) or not fine or o.get(6, "divisor_override") is not None:
        return o.use_all()
    return _along_channels(o, tensor, RANKS.get(o.name, tensor.rank))


def _false(value: Value) -> bool:
    return isinstance(value, Const) and not value.value


def _within_channels(o: Operation) -> Value:
    """Resized, or channels that change places or are cut into several: each has a constant of its own."""
    tensor = o.first()
    return _along_channels(o, tensor, tensor.rank) if isinstance(tensor, Tensor) else o.use_all()


def _pad(o: Operation) -> Value:
    tensor, mode = o.first(), o.get(2, "mode")
    if not isinstance(tensor, Tensor):
        return o.use_all()
    pads = o.get(1, "pad")
    items = (
        pads.items if isinstance(pads, Tuple) else lengths.items_of(o.m, pads) if pads is not None else None
    )
    if items and all(isinstance(p, Const) and p.value == 0 for p in items):
        return tensor
    if isinstance(mode, Const) and mode.value in ("reflect", "replicate", "circular"):
        return _along_channels(o, tensor, tensor.rank)
    return o.use_all()


def _add(o: Operation) -> Value:
    left, right = o.first(), o.get(1, "other")
    if right is None:
        return o.use_all()
    return elementwise(o.m, "+", left, right, o.step) or UNKNOWN


def _scale(o: Operation) -> Value:
    left, right = o.first(), o.get(1, "other")
    if right is None:
        right = Const(-1) if o.name.startswith("neg") else UNKNOWN
    if o.arguments.keywords.get("rounding_mode") is not None:
        return o.use_all()
    return elementwise(o.m, "/" if "div" in o.name else "*", left, right, o.step) or UNKNOWN


def _cat(o: Operation) -> Value:
    tensors = o.arguments.get(0, "tensors")
    axis = o.integer(1, "dim", o.integer(1, "axis", 0))
    return UNKNOWN if tensors is None else o.m.state.lift(tensors, lambda given: cat_items(o, given, axis))


def cat_items(o: Operation, given: Value, axis: Optional[int]) -> Value:
    items = lengths.items_of(o.m, given)
    if items is None or axis is None:
        return o.use_all()
    flat = flat_tensors(o, items)
    ranks = {tensor.rank for tensor in flat if tensor.rank is not None}
    rank = ranks.pop() if len(ranks) == 1 else None
    out = []
    for tensor in flat:
        for shift in tensor.shifts:
            if same_axis(shift.axis, axis, rank):
                out.append(shift.moved(shift.axis, o.step))
            else:
                o.m.use_shift(shift, o.name)
    return Tensor(united([Tensor(tuple(out))]), rank)


def _conv(o: Operation) -> Value:
    tensor, bias = o.first(), o.get(2, "bias")
    if not isinstance(tensor, Tensor):
        return o.use_all()
    passes = OPS[o.name] is Op.CONV and unpadded(o.m, o.get(4, "padding"))
    if _learned_weight(o) and passes:
        out = _along_channels(o, tensor, RANKS[o.name])
    else:
        o.m.use(tensor, o.name)
        out = Tensor((), RANKS[o.name])
    return _with_bias(o, out, bias, 1)


def _linear(o: Operation) -> Value:
    tensor, bias = o.first(), o.get(2, "bias")
    if not isinstance(tensor, Tensor):
        return o.use_all()
    learned = _learned_weight(o)
    out = []
    for shift in tensor.shifts:
        if learned and same_axis(shift.axis, -1, tensor.rank):
            out.append(shift.moved(-1, o.step))
        else:
            o.m.use_shift(shift, o.name)
    return _with_bias(o, Tensor(tuple(out), tensor.rank), bias, -1)


def _learned_weight(o: Operation) -> bool:
    """Whether the weight is one for all inputs; one that a layer makes shows that layer's shift."""
    o.use(1, "weight")
    return isinstance(o.get(1, "weight"), (Parameter, Symbol))


def _with_bias(o: Operation, tensor: Tensor, bias: Optional[Value], axis: int) -> Value:
    """``tensor`` plus a bias given as an argument: that of a layer in view introduces its shift."""
    if bias is None:
        return tensor

    def add(value: Value) -> Value:
        if isinstance(value, Parameter) and value.layer is not None:
            layer: LayerValue = value.layer
            layer.ran = True
            if layer.row.axis != axis:
                layer.used.append((o.m.state.guard(), o.name))
                return tensor
            return o.m.state.lift(layer.bias, lambda held: introduce(o.m, layer, tensor, held))
        if not (isinstance(value, (Parameter, Symbol)) or value is NONE or isinstance(value, Const)):
            o.m.use(value, o.name)
        return tensor

    return o.m.state.lift(bias, add)


def _batch_norm(o: Operation) -> Value:
    """``F.batch_norm`` subtracts the batch mean only where ``training`` is true."""
    tensor = o.first()
    training = o.get(5, "training") if o.name == "batch_norm" else o.get(5, "use_input_stats")
    default = o.name == "instance_norm"
    sure = default if training is None else isinstance(training, Const) and training.value is True
    if not isinstance(tensor, Tensor) or not (sure or is_training(training)):
        return o.use_all()
    for position, keyword in enumerate(("running_mean", "running_var", "weight", "bias"), 1):
        o.use(position, keyword)
    norm = functional_norm(o.m, o.name, tensor, o.get(1, "running_mean"), o.site)
    for shift in tensor.shifts:
        if norm is not None and same_axis(shift.axis, 1, tensor.rank):
            o.m.cancel_shift(shift, norm)
        else:
            o.m.use_shift(shift, o.name)
    return Tensor((), tensor.rank)


def _dropout(o: Operation) -> Value:
    rate, training = o.get(1, "p"), o.get(2, "training")
    off = (rate is not None and isinstance(rate, Const) and rate.value in (0, 0.0)) or (
        training is not None and _false(training)
    )
    return o.first() if off else o.use_all()


def _flatten(o: Operation) -> Value:
    tensor = o.first()
    if not isinstance(tensor, Tensor):
        return o.use_all()
    return flattened(o.m, tensor, o.integer(1, "start_dim", 0), o.integer(2, "end_dim", -1), o.step)


def _query(o: Operation) -> Value:
    return lengths.query(o.name, o.first(), o.get(1, "dim"))


def _new(o: Operation) -> Value:
    if o.name.endswith("_like"):
        like = o.first()
        return Parameter(None, like.dims if isinstance(like, Parameter) else None)
    return Parameter(None, parameters.sizes_given(o.m, o.name, o.arguments))


def _copy(o: Operation) -> Value:
    values = o.arguments.all()
    if values and all(isinstance(value, (Const, Symbol)) for value in values):
        return Parameter(None, parameters.sizes_given(o.m, o.name, o.arguments))
    for value in values:
        o.m.use(value, o.name)
    return Tensor() if any(isinstance(value, (Tensor, Choice)) for value in values) else Parameter()


def _shaped(
    function: Callable[[Machine, str, Tensor, Arguments, Step], Value],
) -> Callable[[Operation], Value]:
    def handler(o: Operation) -> Value:
        value = o.first()
        if o.arguments.open_keywords:
            return o.use_all()
        if isinstance(value, Parameter):
            if OPS.get(o.name) in (Op.REDUCE, Op.SUM):
                return _of_parameters(o, value) or o.use_all()
            return parameters.reshaped(o.m, o.name, value, o.arguments)
        return function(o.m, o.name, value, o.arguments, o.step) if isinstance(value, Tensor) else o.use_all()

    return handler


_HANDLERS: dict[Op, Callable[[Operation], Value]] = {
    Op.SAME: _same,
    Op.POOL: _pool,
    Op.AVERAGE_POOL: _average_pool,
    Op.REDUCE: _shaped(reductions.reduce),
    Op.SUM: _shaped(reductions.sum_up),
    Op.EXTREME: _shaped(reductions.extreme),
    Op.ORDER: _shaped(reductions.ordered),
    Op.ADD: _add,
    Op.SCALE: _scale,
    Op.CAT: _cat,
    Op.STACK: reductions.stack,
    Op.SPLIT: _shaped(shapes.split),
    Op.UNBIND: _shaped(rearranging.unbind),
    Op.REPEAT: _shaped(rearranging.repeat),
    Op.REARRANGE: _shaped(rearranging.rearrange),
    Op.MOVE_AXIS: _shaped(rearranging.move_axis),
    Op.FLATTEN: _flatten,
    Op.UNFLATTEN: _shaped(reshaping.unflatten),
    Op.RESHAPE: _shaped(reshaping.reshape),
    Op.PERMUTE: _shaped(shapes.permute),
    Op.TRANSPOSE: _shaped(shapes.transpose),
    Op.MATRIX_TRANSPOSE: _shaped(shapes.matrix_transpose),
    Op.UNSQUEEZE: _shaped(shapes.unsqueeze),
    Op.SQUEEZE: _shaped(shapes.squeeze),
    Op.EXPAND: _shaped(shapes.expand),
    Op.INTERPOLATE: _within_channels,
    Op.CHANNELS: _within_channels,
    Op.PAD: _pad,
    Op.CONV: _conv,
    Op.CONV_TRANSPOSE: _conv,
    Op.LINEAR: _linear,
    Op.BATCH_NORM: _batch_norm,
    Op.INSTANCE_NORM: _batch_norm,
    Op.DROPOUT: _dropout,
    Op.QUERY: _query,
    Op.NEW: _new,
    Op.COPY: _copy,
}
