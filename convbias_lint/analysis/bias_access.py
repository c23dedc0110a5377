"""Code in view that uses ``.bias`` of a layer as a tensor, whether or not it has one.

Two questions are answered.  Which such code fails today, because it comes upon a layer that is built
with ``bias=False``?  And which would fail once a redundant bias is taken away?  The layers are those
that the runs of the models built; how code comes upon them is told by :mod:`bias_trial`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Optional

from convbias_lint.analysis.bias_names import Names, is_static, methods
from convbias_lint.analysis.bias_statements import Runner
from convbias_lint.analysis.bias_text import Touchy
from convbias_lint.analysis.bias_trial import Failure, Target, TooMuch
from convbias_lint.analysis.bias_values import UNSURE, Model, Subject
from convbias_lint.analysis.layer import LayerValue
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.nodes import Function
from convbias_lint.analysis.values import CHILDREN, Choice, Class, Const, Instance, List, Segment, Tuple

MAX_TRIALS = 40
"""How many different layers of a file are tried."""
MAX_DEPTH = 5


class Crash(NamedTuple):
    """``failure`` is met without doubt by ``layer``, which is built with ``bias=False``."""

    failure: Failure
    layer: LayerValue


class BiasAccesses:
    """What the code of one file does with the biases of layers."""

    def __init__(self, file: SourceFile, text: str) -> None:
        self._file = file
        self._touchy = Touchy(text)
        self._names = Names(file.tree) if self._touchy.text else None
        self._script = self._touchy.script(file.tree) if self._touchy.text else ()
        self._paths: dict[int, dict[int, list[tuple[tuple[str, ...], bool]]]] = {}
        self._mentioned: dict[str, bool] = {}
        self._tried: dict[Any, Optional[dict[int, Failure]]] = {}

    def touch(self, layers: Iterable[LayerValue]) -> bool:
        """Whether code in the file may fail once these layers have no bias."""
        if self._names is None:
            return False
        return any(failures is None or failures for failures in map(self._failures, layers))

    def crashes(self, layers: Iterable[LayerValue]) -> list[Crash]:
        """The code that fails with layers that have no bias, one for each statement."""
        if self._names is None:
            return []
        found: dict[int, Crash] = {}
        for layer in layers:
            if _has_none(layer):
                for failure in (self._failures(layer) or {}).values():
                    place = id(failure.line or failure.expression)
                    if failure.certain:
                        found.setdefault(place, Crash(failure, layer))
        return list(found.values())

    # -- trials -----------------------------------------------------------------------------------------

    def _failures(self, layer: LayerValue) -> Optional[dict[int, Failure]]:
        """What fails when the layer has no bias; None where that is too much to tell."""
        if not layer.row.name.startswith("torch."):
            return {}
        target = self._target(layer)
        paths = frozenset(target.paths.items())
        makers = target.makers if self._touchy.has_locals else None
        key = (target.layer, target.homes, paths, target.registered, target.exact, not layer.guard, makers)
        if key not in self._tried:
            if len(self._tried) >= MAX_TRIALS:
                return None
            try:
                self._tried[key] = self._try(target, unconditional=not layer.guard)
            except (TooMuch, RecursionError):
                self._tried[key] = None
        return self._tried[key]

    def _try(self, target: Target, unconditional: bool) -> dict[int, Failure]:
        failures = self._run(target, defaults=False)
        if failures and unconditional and not any(failure.certain for failure in failures.values()):
            # What an option decides, its default decides for the layer that is always there.
            for key, failure in self._run(target, defaults=True).items():
                if failure.certain:
                    failures[key] = failure
        return failures

    def _run(self, target: Target, defaults: bool) -> dict[int, Failure]:
        """Try everything in the file that may come upon the layer."""
        names = self._names
        assert names is not None
        t = Runner(names, self._touchy, target)
        anything = Subject(False)
        classes = list(names.classes.values())
        for cls in classes:
            if any(id(base) in target.homes for base in names.lineage(cls)):
                init = names.method(cls, "__init__")
                if init is not None and self._touchy.may_touch("__init__", cls.name):
                    t.born = False
                    t.enter(init, Model(cls), UNSURE, defaults)
                    t.inlined.append(init)
        if defaults:
            return t.failures
        t.born = False
        with t.scope({}):
            t.run_body(self._script)
        t.born = True
        for owner, function in self._functions(names, classes):
            around = owner.cls.name if owner is not None else ""
            if function not in t.inlined and self._touchy.may_touch(function.name, around):
                t.enter(function, None if is_static(function) else owner, anything, defaults)
        return t.failures

    def _functions(
        self, names: Names, classes: Sequence[ast.ClassDef]
    ) -> Iterator[tuple[Optional[Model], Function]]:
        for cls in classes:
            for method in methods(cls):
                yield Model(cls), method
        for function in names.functions.values():
            yield None, function

    # -- layers -----------------------------------------------------------------------------------------

    def _target(self, layer: LayerValue) -> Target:
        assert self._names is not None
        here = [site for site in layer.chain if site.file is self._file]
        maker = layer.chain[0]
        exact = maker.file is self._file and self._names.qualified(maker.node.syntax.func) == layer.row.name
        paths: dict[tuple[int, tuple[str, ...]], bool] = {}
        registered = False
        owner = layer.owner
        if isinstance(owner, Instance) and isinstance(owner.cls, Class) and owner.cls.file is self._file:
            for path, sure in self._paths_of(owner).get(id(layer), ()):
                registered = registered or sure
                paths[(id(owner.cls.node.syntax), self._shown(path))] = sure
        return Target(
            layer=layer.row.name,
            births=frozenset(id(site.node.syntax) for site in here),
            makers=frozenset((id(maker.node.syntax),)) if exact else frozenset(),
            homes=frozenset(_homes(layer, self._file)),
            paths=paths,
            registered=registered,
            exact=exact and not layer.row.name.startswith("torch.nn.Lazy"),
        )

    def _shown(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """A path, its names left out where the code does not mention them: many layers are alike then."""
        name = path[0]
        if name not in self._mentioned:
            use = rf"\.{re.escape(name)}\b(?!\s*(?:=[^=]|\())"
            self._mentioned[name] = re.search(use, self._touchy.text) is not None
        return path if self._mentioned[name] else ("*",) * len(path)

    def _paths_of(self, owner: Instance) -> dict[int, list[tuple[tuple[str, ...], bool]]]:
        known = self._paths.get(id(owner))
        if known is None:
            known = self._paths[id(owner)] = {}
            for name, value in owner.state.items():
                if isinstance(name, str) and name != CHILDREN:
                    _find(value, (name,), True, known)
            _find_children(_children(owner), (), True, known)
        return known


def _find(
    value: Any, path: tuple[str, ...], sure: bool, found: dict[int, list[tuple[tuple[str, ...], bool]]]
) -> None:
    """The layers in a value, by the names that lead to them."""
    if len(path) > MAX_DEPTH:
        return
    if isinstance(value, LayerValue):
        found.setdefault(id(value), []).append((path, sure))
    elif isinstance(value, Choice):
        _find(value.yes, path, False, found)
        _find(value.no, path, False, found)
    elif isinstance(value, List):
        # A plain list does not register what it holds.
        _find_items(value.state["items"], path, found)
    elif isinstance(value, Instance):
        _find_children(_children(value), path, sure, found)


def _children(instance: Instance) -> tuple[Any, ...]:
    children = instance.state.get(CHILDREN)
    return children.items if isinstance(children, Tuple) else ()


def _find_children(
    children: tuple[Any, ...],
    path: tuple[str, ...],
    sure: bool,
    found: dict[int, list[tuple[tuple[str, ...], bool]]],
) -> None:
    for child in children:
        if isinstance(child, Segment):
            _find_children((*child.yes, *child.no), path, False, found)
        else:
            key = child.items[0]
            _find(child.items[1], (*path, str(key.value) if isinstance(key, Const) else "*"), sure, found)


def _find_items(
    items: Any, path: tuple[str, ...], found: dict[int, list[tuple[tuple[str, ...], bool]]]
) -> None:
    for number, item in enumerate(items.items if isinstance(items, Tuple) else ()):
        if not isinstance(item, Segment):
            _find(item, (*path, str(number)), False, found)


def _homes(layer: LayerValue, file: SourceFile) -> Iterator[int]:
    """The classes of the file in whose making the layer is built."""
    for site in layer.chain:
        frame = site.scope.frame
        function = frame.function if frame is not None else None
        if site.file is not file or function is None or function.owner is None:
            continue
        if getattr(function.node, "name", "") == "__init__":
            yield id(function.owner.node.syntax)


def _has_none(layer: LayerValue) -> bool:
    """Whether a layer is built without a bias, and is given none later."""
    if layer.row.bias is None or not isinstance(layer.bias, Const) or layer.bias.value:
        return False
    return not any(why == "an assignment to its bias" for _, why in layer.used)
