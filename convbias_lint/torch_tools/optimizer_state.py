"""Renumber an optimizer's state once parameters come or go.

An optimizer knows its parameters by number: their order in its groups.  Which number is which
parameter is inferred: groups are made by habits (all parameters; weights apart from biases and norms;
backbone apart from head), each of which gives a definite order, and the shapes of the state must agree
with it.  If habits that fit disagree about a parameter that comes or goes, nothing is guessed.  Where
the state has names, beside its numbers or (`torch.distributed.checkpoint`) in their place, they decide.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Callable, NamedTuple, Optional

from torch import Tensor, nn

from convbias_lint.live_tools.errors import ToolError
from convbias_lint.torch_tools.biased_layers import is_norm
from convbias_lint.torch_tools.model_state import state_names
from convbias_lint.torch_tools.state_dicts import canonical

_MOST_STEPS = 200_000


class Parameter(NamedTuple):
    """What grouping habits look at."""

    name: str
    shape: tuple[int, ...]
    of_norm: bool
    trainable: bool
    """Whether the habit of leaving frozen parameters out would keep it."""

    @property
    def is_bias(self) -> bool:
        return self.name.rpartition(".")[2] == "bias"

    @property
    def top(self) -> str:
        return self.name.partition(".")[0]


_KINDS: tuple[Callable[[Parameter], Hashable], ...] = (
    lambda p: len(p.shape) <= 1,
    lambda p: p.is_bias,
    lambda p: p.of_norm,
    lambda p: p.of_norm or p.is_bias,
    lambda p: "bias" if p.is_bias else "norm" if p.of_norm else "weight",
    lambda p: "norm" if p.of_norm else "bias" if p.is_bias else "weight",
)

Habit = Callable[[Parameter], Hashable]
"""A label for each parameter; those with one label are in one group."""


def _within_top(kind: Habit) -> Habit:
    return lambda parameter: (parameter.top, kind(parameter))


# From the plainest to the most particular; a later level is tried where no earlier one fits.
_HABITS: tuple[tuple[Habit, ...], ...] = (
    (lambda _: 0,),
    _KINDS,
    (lambda parameter: parameter.top,),
    tuple(_within_top(kind) for kind in _KINDS),
)


def parameters_of(model: nn.Module) -> list[Parameter]:
    """The parameters of ``model`` in the order of ``model.parameters()``, named as in its state dict."""
    norms = {id(p) for m in model.modules() if is_norm(m) for p in m._parameters.values()}
    names = state_names(model)
    return [
        Parameter(names.get(id(p), name), tuple(p.shape), id(p) in norms, p.requires_grad)
        for name, p in model.named_parameters()
    ]


def remove(state: dict[str, Any], old: Sequence[Parameter], dropped: set[str]) -> int:
    """Take ``dropped`` out of ``state``, of an optimizer over ``old``; how many were in it."""
    order = _orders(state, old, dropped)[0][0]
    return _rewrite(state, order, [[p for p in group if p.name not in dropped] for group in order])


def insert(state: dict[str, Any], old: Sequence[Parameter], new: Sequence[Parameter]) -> int:
    """Make room for the parameters that ``new`` has and ``old`` has not; they start without state."""
    known = {parameter.name for parameter in old}
    added = {parameter.name for parameter in new} - known
    orders = _orders(state, old, set())
    order = orders[0][0]
    wider = [widened for fit, habit in orders if (widened := _widen(fit, habit, new, added)) is not None]
    if not wider:
        raise ToolError(f"the optimizer has no group for {sorted(added)[0]!r}")
    if any(other != wider[0] for other in wider):
        raise ToolError(f"the optimizer has several groups that {sorted(added)[0]!r} may belong to")
    return -_rewrite(state, order, wider[0])


def _widen(
    order: list[list[Parameter]], habit: Habit, new: Sequence[Parameter], added: set[str]
) -> Optional[list[list[Parameter]]]:
    """``order`` with ``added`` where ``habit`` puts them; None where it has no group for one."""
    by_label = {habit(p): number for number, group in enumerate(order) for p in group}
    present = {p.name for group in order for p in group}
    wider: list[list[Parameter]] = [[] for _ in order]
    for parameter in new:
        if parameter.name in present or parameter.name in added:
            label = habit(parameter)
            if label not in by_label:
                return None
            wider[by_label[label]].append(parameter)
    return wider


def _rewrite(state: dict[str, Any], before: list[list[Parameter]], after: list[list[Parameter]]) -> int:
    """Renumber; the number of parameters that went (negative: that came)."""
    old_numbers: dict[str, Any] = {}
    for group, parameters in zip(state["param_groups"], before):
        old_numbers.update({p.name: number for p, number in zip(parameters, group["params"])})
    by_name = any(isinstance(number, str) for number in old_numbers.values())
    counter, values = 0, {}
    for group, parameters in zip(state["param_groups"], after):
        group["params"] = list(range(counter, counter + len(parameters)))
        if by_name:
            group["params"] = [old_numbers.get(p.name, p.name) for p in parameters]
        if "param_names" in group:
            group["param_names"] = [p.name for p in parameters]
        for number, parameter in zip(group["params"], parameters):
            if parameter.name in old_numbers and old_numbers[parameter.name] in state["state"]:
                values[number] = state["state"][old_numbers[parameter.name]]
        counter += len(parameters)
    state["state"] = values
    return sum(map(len, before)) - sum(map(len, after))


def _orders(
    state: dict[str, Any], parameters: Sequence[Parameter], dropped: set[str]
) -> list[tuple[list[list[Parameter]], Habit]]:
    """Which parameter each number stands for, group by group, with every habit that says so."""
    groups = state["param_groups"]
    named = _by_names(groups, parameters)
    if named is not None:
        return [(named, habit) for level in _HABITS for habit in level if _consistent(named, habit)] or [
            (named, lambda parameter: parameter.name)
        ]
    sizes = [len(group["params"]) for group in groups]
    shapes = [[_shape(state["state"].get(number)) for number in group["params"]] for group in groups]
    tops = list(dict.fromkeys(p.top for p in parameters))
    selections: list[list[Parameter]] = [list(parameters)]
    selections.append([p for p in parameters if p.trainable])
    # The networks of a GAN, say, have an optimizer each: last resort, one child alone.
    alone = [[p for p in parameters if p.top == top] for top in tops] if len(tops) > 1 else []
    for chosen in (selections, alone):
        for level in _HABITS:
            found: list[tuple[list[list[Parameter]], Habit]] = []
            for selection in chosen:
                if len(selection) != sum(sizes):
                    continue
                for habit in level:
                    found += [(order, habit) for order in _fits(selection, habit, sizes, shapes)]
            if found:
                if len({_essence(order, dropped) for order, _ in found}) > 1:
                    raise ToolError("the optimizer's groups fit the model's parameters in several ways")
                return found
    raise ToolError(
        f"the optimizer's groups ({', '.join(map(str, sizes))} parameters) fit no usual grouping of the "
        f"model's {len(parameters)}"
    )


def _essence(order: list[list[Parameter]], dropped: set[str]) -> tuple[Any, ...]:
    """What orders must agree on: the places of what goes, or of everything where nothing goes."""
    return tuple(
        (g, i, p.name if not dropped else "")
        for g, group in enumerate(order)
        for i, p in enumerate(group)
        if not dropped or p.name in dropped
    )


def _by_names(
    groups: Sequence[dict[str, Any]], parameters: Sequence[Parameter]
) -> Optional[list[list[Parameter]]]:
    """The order that the state itself tells, where it has names for all its parameters."""
    stored = [group.get("param_names", group["params"]) for group in groups]
    if not all(isinstance(name, str) for names in stored for name in names):
        return None
    by_name = {canonical(p.name): p for p in parameters}
    order = []
    for group in stored:
        names = [_bare(canonical(name), by_name) for name in group]
        unknown = [name for name in names if name not in by_name]
        if unknown:
            raise ToolError(f"the optimizer has a parameter that the model has not: {unknown[0]!r}")
        order.append([by_name[name] for name in names])
    return order


def _consistent(order: list[list[Parameter]], habit: Habit) -> bool:
    """Whether ``habit`` puts every parameter where it is."""
    labels = [{habit(p) for p in group} for group in order]
    return sum(map(len, labels)) == len(set().union(*labels))


def _bare(name: str, known: dict[str, Parameter]) -> str:
    while name not in known and "." in name:
        name = name.partition(".")[2]
    return name


def _shape(state: Any) -> Optional[tuple[int, ...]]:
    """The shape that a parameter must have for its state: that of any state tensor but counters."""
    if isinstance(state, dict):
        for key, value in state.items():
            if isinstance(value, Tensor) and key != "step" and value.dim() > 0:
                return tuple(value.shape)
    return None


def _fits(
    parameters: Sequence[Parameter],
    habit: Habit,
    sizes: Sequence[int],
    shapes: Sequence[Sequence[Optional[tuple[int, ...]]]],
) -> list[list[list[Parameter]]]:
    """At most two ways to give each label of ``habit`` a group so that sizes and shapes agree."""
    found: list[list[list[Parameter]]] = []
    groups: list[list[Parameter]] = [[] for _ in sizes]
    steps = 0

    def accepts(number: int, parameter: Parameter) -> bool:
        at = len(groups[number])
        if at >= sizes[number]:
            return False
        shape = shapes[number][at]
        return shape is None or shape == parameter.shape

    def place(index: int, chosen: dict[Hashable, int]) -> None:
        nonlocal steps
        # A plain loop where the label has its group already: recursion is only for choices.
        undo: list[int] = []
        while index < len(parameters):
            steps += 1
            parameter = parameters[index]
            label = habit(parameter)
            if label not in chosen:
                break
            if not accepts(chosen[label], parameter):
                index = -1
                break
            groups[chosen[label]].append(parameter)
            undo.append(chosen[label])
            index += 1
        if index == len(parameters):
            if all(len(group) == size for group, size in zip(groups, sizes)):
                found.append([list(group) for group in groups])
        elif index >= 0 and steps < _MOST_STEPS and len(found) < 2:
            parameter = parameters[index]
            for number in range(len(sizes)):
                if accepts(number, parameter):
                    groups[number].append(parameter)
                    place(index + 1, {**chosen, habit(parameter): number})
                    groups[number].pop()
        for number in reversed(undo):
            groups[number].pop()

    place(0, {})
    if steps >= _MOST_STEPS:
        raise ToolError("the optimizer's groups fit the model's parameters in too many ways to tell")
    return found
