"""The way a bias goes to the norm that cancels it, read from the autograd graph of one run.

The way is told to the reader; no verdict rests on it.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from typing import Any

from torch import Tensor, nn

from convbias_lint.live_tools.audited import Way
from convbias_lint.torch_tools.biased_layers import is_norm
from convbias_lint.torch_tools.call import tensors_in

_FARTHEST = 400


class WayFinder:
    """Entered while the model runs, it notes which module made which node of the graph."""

    def __init__(self, model: nn.Module) -> None:
        self._leaves = [(path, m) for path, m in model.named_modules() if not list(m.children())]
        self._handles: list[Any] = []
        self._owner: dict[Any, tuple[str, nn.Module]] = {}
        self._users: dict[Any, list[Any]] = defaultdict(list)

    def __enter__(self) -> WayFinder:
        for path, module in self._leaves:
            self._handles.append(
                module.register_forward_hook(
                    lambda m, args, kwargs, out, path=path: self._own(path, m, (args, kwargs), out),
                    with_kwargs=True,
                )
            )
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._handles:
            handle.remove()

    def _own(self, path: str, module: nn.Module, given: Any, output: Any) -> None:
        inputs = {tensor.grad_fn for _, tensor in tensors_in(list(given))}
        pending: list[Any] = [t.grad_fn for _, t in tensors_in(output) if t.grad_fn is not None]
        while pending:
            node = pending.pop()
            if node is None or node in inputs or node in self._owner:
                continue
            self._owner[node] = (path, module)
            pending += [before for before, _ in node.next_functions]

    def follow(self, loss: Tensor) -> None:
        """Turn the graph around: which nodes use the result of which."""
        seen, pending = set(), [loss.grad_fn]
        while pending:
            node = pending.pop()
            if node is None or node in seen:
                continue
            seen.add(node)
            for before, _ in node.next_functions:
                if before is not None:
                    self._users[before].append(node)
                    pending.append(before)

    def way(self, starts: list[Any]) -> Way:
        """The norms that are met first, going from ``starts`` with the data."""
        ends: dict[tuple[str, str], tuple[str, ...]] = {}
        begin = {self._owner[node][0] for node in starts if node in self._owner}
        queue: deque[tuple[Any, tuple[str, ...]]] = deque((n, ()) for n in starts if n is not None)
        seen = set(starts)
        while queue and len(seen) < _FARTHEST:
            node, steps = queue.popleft()
            for user in self._users[node]:
                if user in seen:
                    continue
                seen.add(user)
                path, module = self._owner.get(user, ("", None))
                if module is not None and is_norm(module):
                    ends.setdefault((path, type(module).__name__), steps)
                elif _cancels(user):
                    ends.setdefault(("", _function(user)), steps)
                elif module is None:
                    queue.append((user, (*steps, _function(user))))
                elif path in begin or (steps and steps[-1] == f"{type(module).__name__} {path}"):
                    queue.append((user, steps))  # another node of a module that was counted already
                else:
                    queue.append((user, (*steps, f"{type(module).__name__} {path}")))
        if not ends:
            return Way((), ("no norm",), ())
        ordered = sorted(ends, key=lambda end: (not end[0], len(ends[end])))
        norms = tuple(path for path, _ in ordered if path)
        return Way(norms, tuple(kind for _, kind in ordered), tuple(ends[ordered[0]]))


def _function(node: Any) -> str:
    """The function behind a node: ``max_pool2d`` for ``MaxPool2DWithIndicesBackward0``."""
    name = re.sub(r"Backward\d*$", "", str(node.name()).rpartition("::")[2])
    name = name.replace("WithIndices", "").replace("Native", "")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _cancels(node: Any) -> bool:
    name = str(node.name())
    return (
        "Norm" in name
        and "WeightNorm" not in name
        and "LinalgVectorNorm" not in name
        and not name.startswith("Norm")
    ) or "Softmax" in name
