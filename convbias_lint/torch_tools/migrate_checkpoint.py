"""Migrate everything in a checkpoint: each copy of the model's state, and the optimizers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from torch import nn

from convbias_lint.live_tools.errors import ToolError
from convbias_lint.reports.summary import counted
from convbias_lint.torch_tools import optimizer_state
from convbias_lint.torch_tools.call import Call, copy_model, materialised
from convbias_lint.torch_tools.carry_over import with_biases
from convbias_lint.torch_tools.migrate import Migrated, migrate_state_dict, restore_state_dict
from convbias_lint.torch_tools.state_dicts import (
    StateCopy,
    canonical,
    editable,
    find_copies,
    nameless_copies,
    names_in,
    optimizers,
    without_optimizers,
)


@dataclass
class Report:
    """What was done to a checkpoint: each copy of the state by its place, each optimizer likewise."""

    reverse: bool = False
    copies: dict[str, Migrated] = field(default_factory=dict)
    optimizers: dict[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The report in built-in types."""
        return {
            "direction": "restore biases" if self.reverse else "drop biases",
            "copies": [
                {
                    "place": place,
                    "dropped": list(done.dropped),
                    "added": list(done.added),
                    "parameters": done.parameters,
                    "shifts": dict(done.shifts),
                    "differences": dict(done.differences),
                    "precision": done.precision,
                    "notes": list(done.notes),
                }
                for place, done in self.copies.items()
            ],
            "optimizers": dict(self.optimizers),
        }

    def as_text(self) -> str:
        lines = []
        for place, done in self.copies.items():
            where = f"{place}: " if place else ""
            if self.reverse:
                lines.append(
                    f"{where}{counted(len(done.added), 'zero bias', 'zero biases')} put back "
                    f"({done.parameters:,} parameters)."
                )
            else:
                means = counted(len(done.shifts), "running mean")
                largest = f", by at most {max(done.shifts.values()):.3g}" if done.shifts else ""
                dropped = counted(len(done.dropped), "bias", "biases")
                lines.append(
                    f"{where}{dropped} dropped ({done.parameters:,} parameters), {means} changed{largest}."
                )
            for name, gap in done.differences.items():
                lines.append(f"  outputs differ by {gap:.1e} {_WHERE.get(name, name)}")
            lines += [f"  {note}" for note in done.notes]
        lines += [f"{place}: {what}." for place, what in self.optimizers.items()]
        return "\n".join(lines) + "\n"


_WHERE = {
    "evaluation": "in evaluation mode",
    "evaluation on noise": "in evaluation mode, on noise",
    "training": "in training mode",
    "as stored": "in evaluation mode, once rounded to the dtype of the file",
}


def migrate_checkpoint(
    data: Any, model: nn.Module, call: Call, *, reverse: bool = False, drop_optimizer: bool = False
) -> tuple[Any, Report]:
    """A migrated copy of ``data`` and what was done; ``data`` is not changed."""
    materialised(model, call)
    data, report = editable(data), Report(reverse)
    slim = _without_missing(data, model) if reverse else model
    copies = find_copies(data, slim)
    old: nn.Module = slim
    for found in copies:
        state = found.state
        try:
            work = restore_state_dict if reverse else migrate_state_dict
            done = work(state, model, call)
        except ToolError as error:
            raise ToolError(
                f"{found.place}: {error}" if len(copies) > 1 and found.place else str(error)
            ) from error
        report.copies[found.place] = done
        _put_back(found, done)
        if not reverse:
            old = with_biases(model, {key: state[key] for key in done.dropped})
    changes = {frozenset((*done.dropped, *done.added)) for done in report.copies.values()}
    if len(changes) > 1:
        raise ToolError(f"the copies {', '.join(report.copies)} in OLD do not have the same biases")
    _optimizers(data, old, model, set(changes.pop()), report, drop_optimizer)
    return without_optimizers(data) if drop_optimizer else data, report


def _without_missing(data: Any, model: nn.Module) -> nn.Module:
    """``model`` without the biases that no copy in ``data`` has: what ``data`` was made with."""
    slim = copy_model(model)
    names = names_in(data)
    for path, module in slim.named_modules():
        key = canonical(f"{path}.bias" if path else "bias")
        if module._parameters.get("bias") is not None and not any(
            name == key or name.endswith(f".{key}") for name in names
        ):
            module.register_parameter("bias", None)
    return slim


def _put_back(found: StateCopy, done: Migrated) -> None:
    """Write a migrated state into its mapping, under the names and in the order of the file."""
    mapping, keys = found.mapping, found.keys
    for name in done.dropped:
        del mapping[keys[name]]
    if not done.added:
        for name, value in done.state_dict.items():
            mapping[keys[name]] = value  # all of them: a norm that has two names is in the file twice
        return
    values: dict[str, Any] = {}
    added = {_beside(name, keys): (name, done.state_dict[name]) for name in done.added}
    for key, value in mapping.items():
        values[key] = value
        if key in added:
            name, bias = added[key]
            prefix = key[: len(key) - len("weight")]
            values[f"{prefix}bias"] = bias
    mapping.clear()
    mapping.update(values)


def _beside(name: str, keys: dict[str, str]) -> str:
    """The file's key after which a bias belongs: that of its layer's last other tensor."""
    layer = name.rpartition(".")[0]
    own = [keys[key] for key in keys if key.rpartition(".")[0] == layer]
    plain = [key for key in own if key.rpartition(".")[2] == "weight"]
    if not plain:
        raise ToolError(f"{name!r} cannot be put back: its layer has no plain weight in OLD")
    return plain[0]


def _optimizers(
    data: Any, old: nn.Module, new: nn.Module, dropped: set[str], report: Report, drop: bool
) -> None:
    before, after = optimizer_state.parameters_of(old), optimizer_state.parameters_of(new)
    for place in nameless_copies(data, len(before)):
        raise ToolError(
            f"{place} is a list of {len(before)} tensors without names, a copy of the model it seems"
        )
    for place, state in optimizers(data):
        if drop:
            report.optimizers[place] = "optimizer state left out"
            continue
        try:
            if report.reverse:
                count = optimizer_state.insert(state, before, after)
                biases = counted(count, "bias", "biases")
                report.optimizers[place] = f"room made for {biases} in the optimizer state"
            else:
                count = optimizer_state.remove(state, before, dropped)
                biases = counted(count, "bias", "biases")
                report.optimizers[place] = f"{biases} taken out of the optimizer state"
        except ToolError as error:
            raise ToolError(f"{place}: {error}: --drop-optimizer leaves it out") from error
