"""Find every copy of a model's state in a checkpoint, however deep and under whatever prefix.

Checkpoints nest: ``{"state_dict": ..., "ema": ..., "optimizer": ...}``; wrappers put ``module.`` or
``_orig_mod.`` before the names; one mapping may hold a model and its moving average side by side.  A
copy is found by its names: all of the model's, with one prefix before them.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Optional

from torch import Tensor, nn

from convbias_lint.live_tools.errors import ToolError

# Path segments that wrappers insert anywhere in a name.
_INSERTED = ("_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module")


class StateCopy(NamedTuple):
    """One copy of the model's state: where it is, and its keys (the model's name -> the file's).

    ``versions`` are those that the state dict keeps of its modules, by path.
    """

    place: str
    mapping: dict[str, Any]
    keys: dict[str, str]
    versions: Optional[dict[str, Any]]

    @property
    def state(self) -> dict[str, Any]:
        """The copy as ``state_dict()`` of the model itself would give it."""
        state: dict[str, Any] = OrderedDict((name, self.mapping[key]) for name, key in self.keys.items())
        if self.versions is not None:
            state._metadata = self.versions  # type: ignore[attr-defined]
        return state


class _Torn(NamedTuple):
    """What looks like a copy and lacks something: the share of names that it has, where it is, its keys."""

    share: float
    place: str
    keys: dict[str, str]


def editable(value: Any) -> Any:
    """A copy of a nested checkpoint whose containers may be changed; the tensors are the same."""
    if isinstance(value, dict):
        changed = copy.copy(value)
        for key in changed:
            changed[key] = editable(changed[key])
        return changed
    if type(value) in (list, tuple):
        return type(value)(editable(item) for item in value)
    return value


def find_copies(checkpoint: Any, model: nn.Module) -> list[StateCopy]:
    """Every complete copy of ``model``'s state in ``checkpoint``, surplus biases included.

    Raises `ToolError` where there is none, or where something looks like one but is not complete.
    """
    wanted = [key for key, value in model.state_dict().items() if isinstance(value, Tensor)]
    needed = {canonical(key) for key in wanted if not key.endswith("num_batches_tracked")}
    if not needed:
        raise ToolError("wrong model: it has no parameters")
    layers = {canonical(layer): layer for layer in (key.rpartition(".")[0] for key in wanted)}
    copies: list[StateCopy] = []
    partial: list[_Torn] = []
    for place, mapping in _mappings(checkpoint, ""):
        names = {canonical(key): key for key in mapping}
        found, torn = _in_mapping(names, needed)
        for prefix, keys in found.items():
            own = {_in_layers(name, layers): key for name, key in keys.items()}
            versions = _versions(mapping, prefix, layers)
            copies.append(StateCopy(_join(place, prefix), mapping, own, versions))
        for prefix, keys in torn.items():
            partial.append(_Torn(len(needed & keys.keys()) / len(needed), _join(place, prefix), keys))
    best = max(partial, key=lambda torn: torn.share, default=None)
    if not copies:
        raise ToolError(_none_found(checkpoint, best, needed))
    if best is not None and best.share > 0.5:
        raise ToolError(
            f"{best.place or 'OLD'} looks like another copy of the model, but is not complete: "
            f"it has no {sorted(needed - best.keys.keys())[0]!r}"
        )
    return copies


def _none_found(checkpoint: Any, best: Optional[_Torn], needed: set[str]) -> str:
    if best is None:
        if not isinstance(checkpoint, dict):
            return f"OLD holds {type(checkpoint).__name__}, no state dict"
        if not checkpoint:
            return "OLD is empty"
        keys = ", ".join(repr(key) for key in list(checkpoint)[:3])
        own = sorted(needed)[0]
        return f"wrong model: nothing in OLD has its names (OLD has {keys} ...; the model {own!r} ...)"
    missing = sorted(needed - best.keys.keys())
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    if all(key.endswith(("running_mean", "running_var")) for key in missing):
        return f"norm statistics are missing in OLD: {missing[0]!r}{more}"
    return f"wrong model: OLD has no {missing[0]!r}{more}, which the model needs"


def _in_mapping(
    names: Mapping[str, str], needed: set[str]
) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """The complete copies in one mapping, by prefix, and the torn ones."""
    # Prefixes are read off the names of a few of the model's tensors, so that a copy of which one
    # is missing is still seen.
    ordered = sorted(needed, key=len, reverse=True)
    anchors = ordered[:3] + ordered[-3:]
    prefixes = {
        name[: len(name) - len(anchor)]
        for anchor in anchors
        for name in names
        if name.endswith(anchor) and (name == anchor or name[: -len(anchor)].endswith("."))
    }
    complete: dict[str, dict[str, str]] = {}
    torn: dict[str, dict[str, str]] = {}
    for prefix in sorted(prefixes):
        keys = {name[len(prefix) :]: key for name, key in names.items() if name.startswith(prefix)}
        (complete if needed <= keys.keys() else torn)[prefix] = keys
    # Under an empty prefix lies everything: leave out what belongs to another copy.
    for prefix, keys in complete.items():
        for other in complete:
            if other != prefix and other.startswith(prefix):
                inner = other[len(prefix) :]
                for name in [name for name in keys if name.startswith(inner)]:
                    del keys[name]
    covered = {key for keys in complete.values() for key in keys.values()}
    torn = {p: keys for p, keys in torn.items() if not covered.issuperset(keys.values())}
    return complete, torn


def canonical(key: str) -> str:
    """``key`` without the segments that wrappers insert."""
    return ".".join(part for part in key.split(".") if part not in _INSERTED)


def _in_layers(name: str, layers: Mapping[str, str]) -> str:
    """A canonical name as the model has it, whose own wrappers insert segments too."""
    layer, dot, leaf = name.rpartition(".")
    return layers.get(layer, layer) + dot + leaf


def _versions(mapping: Any, prefix: str, layers: Mapping[str, str]) -> Optional[dict[str, Any]]:
    """What ``mapping`` keeps of the modules of the copy under ``prefix``; None where it keeps nothing."""
    kept = getattr(mapping, "_metadata", None)
    if kept is None:
        return None
    found: dict[str, Any] = OrderedDict()
    for path, version in kept.items():
        place = f"{canonical(path)}." if path else ""
        if place.startswith(prefix):
            own = place[len(prefix) :].rstrip(".")
            found[layers.get(own, own)] = version
    return found


def _mappings(value: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping from names to tensors; optimizer states are left out, they have no names."""
    if isinstance(value, dict):
        if is_optimizer(value):
            return
        named = all(isinstance(key, str) for key in value)
        if named and any(isinstance(item, Tensor) for item in value.values()):
            yield place, value
        for key, item in value.items():
            if not isinstance(item, Tensor):
                yield from _mappings(item, _join(place, str(key)))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            if not isinstance(item, Tensor):
                yield from _mappings(item, f"{place}[{index}]")


def names_in(value: Any) -> set[str]:
    """Every canonical name that any mapping in ``value`` has, at whatever depth."""
    if isinstance(value, dict):
        own = {canonical(key) for key in value if isinstance(key, str)}
        return own.union(*map(names_in, value.values()))
    if isinstance(value, (list, tuple)):
        return set().union(*map(names_in, value))
    return set()


def is_optimizer(value: Any) -> bool:
    """Whether ``value`` is what ``Optimizer.state_dict()`` returns."""
    return isinstance(value, dict) and "param_groups" in value and "state" in value


def optimizers(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every optimizer state and its place."""
    if is_optimizer(value):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from optimizers(item, _join(place, str(key)))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from optimizers(item, f"{place}[{index}]")


def without_optimizers(value: Any) -> Any:
    """A copy of ``value`` that leaves every optimizer state out; the tensors are the same."""
    if isinstance(value, dict):
        slim = copy.copy(value)
        for key, item in value.items():
            if is_optimizer(item):
                del slim[key]
            else:
                slim[key] = without_optimizers(item)
        return slim
    if type(value) in (list, tuple):
        return type(value)(without_optimizers(item) for item in value if not is_optimizer(item))
    return value


def nameless_copies(value: Any, count: int, place: str = "") -> Iterator[str]:
    """Places of lists of ``count`` tensors: a moving average kept without names, say."""
    if (
        isinstance(value, (list, tuple))
        and len(value) == count > 1
        and all(isinstance(t, Tensor) for t in value)
    ):
        yield place
    elif isinstance(value, dict) and not is_optimizer(value):
        for key, item in value.items():
            yield from nameless_copies(item, count, _join(place, str(key)))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from nameless_copies(item, count, f"{place}[{index}]")


def _join(place: str, name: str) -> str:
    return ".".join(part for part in (place, name.rstrip(".")) if part)
