"""What a run of one entry point showed, and which layers of several runs are the same."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple, Optional

from convbias_lint.analysis.bounds import BROKE_OFF, CAME_TO_NO_END
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.values import Class, Instance, Symbol


class Run:
    """What one entry point showed: the layers it built, and the symbols that were left open.

    ``broken``: the classes whose objects it had built when it broke off, if it did.
    """

    __slots__ = ("broken", "layers", "name", "open_calls", "symbols")

    def __init__(
        self, name: str, layers: list[LayerValue], symbols: dict[Any, Symbol], open_calls: set[Any]
    ) -> None:
        self.name = name
        self.layers = layers
        self.symbols = symbols
        self.open_calls = open_calls
        self.broken: frozenset[Any] = frozenset()


class Kept(NamedTuple):
    """A run, the work that it took, and the definitions whose objects it built and that it called."""

    run: Optional[Run]
    steps: int
    built: set[Any]
    called: set[Any]


def settled(layer: LayerValue) -> bool:
    """Whether a run that broke off had seen what becomes of a layer: it is inside an object that ran."""
    owner = layer.owner
    return isinstance(owner, Instance) and owner.done and owner.origin is not None


def use_all(layers: Iterable[LayerValue], why: str) -> None:
    """All of these layers may be used, whatever is assumed."""
    for layer in layers:
        layer.used.append((frozenset(), why))


def left_open(layer: LayerValue) -> bool:
    """Whether nothing speaks against a layer but that its run broke off."""
    return all(why in (BROKE_OFF, CAME_TO_NO_END) for _, why in layer.used)


def nodes_of(layer: LayerValue) -> tuple[int, ...]:
    """The calls that led to a layer, innermost first."""
    return tuple(id(site.node) for site in layer.chain)


class ByCalls:
    """Layers by the calls that led to them, or by the innermost of these."""

    def __init__(self, layers: Iterable[LayerValue]) -> None:
        self._layers = [(nodes_of(layer), layer) for layer in layers]
        self._of_length: dict[int, dict[tuple[int, ...], list[LayerValue]]] = {}

    def built_by(self, nodes: tuple[int, ...]) -> list[LayerValue]:
        """The layers whose innermost calls are ``nodes``."""
        length = len(nodes)
        if length not in self._of_length:
            found: dict[tuple[int, ...], list[LayerValue]] = {}
            for chain, layer in self._layers:
                found.setdefault(chain[:length], []).append(layer)
            self._of_length[length] = found
        return self._of_length[length].get(nodes, [])


def owner_class(layer: LayerValue) -> Any:
    """The class in view whose ``__init__`` built a layer."""
    owner = layer.owner
    return owner.cls.node if isinstance(owner, Instance) and isinstance(owner.cls, Class) else None


def take_place(alone: Mapping[Any, Run], broken: Iterable[Run], inside: Container[Any]) -> None:
    """Let what classes showed by themselves stand for what they showed in the runs that broke off.

    ``alone`` are the classes' own runs; ``inside`` are all classes of the file.
    """
    replaced: set[int] = set()
    alike = ByCalls(layer for run in broken for layer in run.layers)
    for node, own in alone.items():
        groups: dict[tuple[int, ...], list[LayerValue]] = {}
        for layer in own.layers:
            owner = owner_class(layer)
            if owner is node or owner not in inside:
                groups.setdefault(nodes_of(layer), []).append(layer)
        own.layers = []
        for nodes, group in groups.items():
            same = alike.built_by(nodes)
            if all(map(left_open, same)) and all(x.cancelled and not x.used for x in group):
                replaced.update(map(id, same))
                own.layers += group
            elif any(x.misfit is not None or x.bare is not None for x in group):
                own.layers += group
    for run in broken:
        run.layers = [layer for layer in run.layers if id(layer) not in replaced]
