"""Carry what an optimizer remembers (momenta, second moments ...) over to the rebuilt model."""

from __future__ import annotations

from typing import Any, Optional

import keras

from convbias_lint.keras_tools.layer_tree import live_layers


def carry_optimizer(old: Any, new: Any) -> Optional[str]:
    """Fill the optimizer of ``new`` from that of ``old``; return why not, None where all is carried.

    An optimizer keeps lists with one entry for each trainable weight, whatever their names, and
    numbers of its own such as the step.  Weights are matched by the path and name of their layer.
    """
    source, target = getattr(old, "optimizer", None), getattr(new, "optimizer", None)
    if source is None or not getattr(source, "built", False):
        return None
    if target is None or type(target) is not type(source):
        return "the new model is not compiled with the same optimizer"
    if not target.built:
        target.build(new.trainable_variables)
    places = _places(old)
    wanted = _places(new)
    order = [places.get(wanted.get(id(v), "")) for v in new.trainable_variables]
    position = {id(v): i for i, v in enumerate(old.trainable_variables)}
    indices = [None if variable is None else position.get(id(variable)) for variable in order]
    pairs = _pairs(source, target, len(old.trainable_variables), indices)
    if pairs is None:
        return f"what {type(source).__name__} keeps for each weight is not known"
    for variable, value in pairs:
        variable.assign(value)
    return None


def _places(model: Any) -> dict[Any, Any]:
    """Both ways: the id of a variable to its place, and the place to the variable."""
    places: dict[Any, Any] = {}
    for path, layer in live_layers(model).items():
        seen: dict[str, int] = {}
        for variable in layer.variables:
            name = variable.path.rpartition("/")[2]
            seen[name] = seen.get(name, 0) + 1
            place = f"{path}:{name}:{seen[name]}"
            places[place] = variable
            places[id(variable)] = place
    return places


def _pairs(
    source: Any, target: Any, count: int, indices: list[Optional[int]]
) -> Optional[list[tuple[Any, Any]]]:
    pairs: list[tuple[Any, Any]] = []
    covered: set[int] = set()
    for name, mine in vars(source).items():
        theirs = vars(target).get(name)
        if isinstance(mine, keras.Variable) and isinstance(theirs, keras.Variable):
            pairs.append((theirs, mine))
            covered.add(id(mine))
        elif (
            isinstance(mine, list)
            and len(mine) == count
            and isinstance(theirs, list)
            and len(theirs) == len(indices)
        ):
            if not any(isinstance(item, keras.Variable) for item in mine):
                continue
            covered.update(id(item) for item in mine)
            for index, variable in zip(indices, theirs):
                value = mine[index] if index is not None else None
                if isinstance(value, keras.Variable) and isinstance(variable, keras.Variable):
                    if tuple(value.shape) != tuple(variable.shape):
                        return None
                    pairs.append((variable, value))
    if any(id(variable) not in covered for variable in source.variables):
        return None
    return pairs
