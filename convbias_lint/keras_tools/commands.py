"""What ``fold``, ``migrate`` and ``audit`` do with ``.keras`` files and Keras models."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import runpy
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Optional

from convbias_lint.keras_tools.files import import_keras, read_model, write_model
from convbias_lint.messages import fail
from convbias_lint.torch_tools.errors import ToolError, one_line
from convbias_lint.torch_tools.safe_write import refuse_early, written_whole

if TYPE_CHECKING:
    from convbias_lint.keras_tools.prove import Audit

_LARGEST_DIFFERENCE = {"float64": 1e-4, "float32": 1e-3}
"""By which outputs may differ, by precision (lower ones: 0.05); beyond it nothing is written."""


def fold_file(args: argparse.Namespace) -> int:
    return _told_in_one_line(_fold, args)


def migrate_file(args: argparse.Namespace) -> int:
    return _told_in_one_line(_migrate, args)


def audit_target(args: argparse.Namespace) -> int:
    return _told_in_one_line(_audit, args)


def _told_in_one_line(work: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    try:
        return work(args)
    except ToolError as error:
        if args.traceback:
            traceback.print_exc()
        return fail(" ".join(str(error).split()))


def _fold(args: argparse.Namespace) -> int:
    model, inputs = _opened(args)
    from convbias_lint.keras_tools.folding import fold

    result = fold(model, inputs=inputs)
    _written(args, model, result.model, result.difference)
    if args.output_format == "json":
        _print_json(
            args,
            folded=[{"norm": norm, "layer": layer} for norm, layer in result.pairs.items()],
            left=[{"norm": norm, "reason": reason} for norm, reason in result.kept.items()],
            difference=result.difference,
            notes=list(result.notes),
        )
        return 0
    for norm, layer in result.pairs.items():
        print(f"{norm} folded into {layer}")
    for norm, reason in result.kept.items():
        print(f"{norm} stays: {reason}")
    _print_notes(result.notes)
    print(
        f"{_count(len(result.pairs), 'batch norm')} folded, {len(result.kept)} left; "
        f"outputs differ by {result.difference:.1e}."
    )
    _print_written(args)
    return 0


def _migrate(args: argparse.Namespace) -> int:
    model, inputs = _opened(args)
    from convbias_lint.keras_tools.use_bias import migrate, restore

    result = restore(model, inputs=inputs) if args.reverse else migrate(model, inputs=inputs)
    if args.drop_optimizer:
        result.model.optimizer = None
    _written(args, model, result.model, result.difference)
    if args.output_format == "json":
        _print_json(
            args,
            changed=[{"layer": layer, "norms": list(norms)} for layer, norms in result.layers.items()],
            kept=[{"layer": layer, "reason": reason} for layer, reason in result.kept.items()],
            parameters=result.parameters,
            difference=result.difference,
            notes=list(result.notes),
        )
        return 0
    for layer, norms in result.layers.items():
        print(f"{layer}: its bias is now in {', '.join(norms)}" if norms else f"{layer}: has a bias of zeros")
    for layer, reason in result.kept.items():
        print(f"{layer} keeps its bias: {reason}")
    _print_notes(result.notes)
    found = f"{_count(len(result.layers), 'bias')} ({result.parameters:,} parameters)"
    done = "added" if args.reverse else "moved"
    print(f"{found} {done}, {len(result.kept)} kept; outputs differ by {result.difference:.1e}.")
    _print_written(args)
    return 0


def _audit(args: argparse.Namespace) -> int:
    if args.output_format not in ("table", "json"):
        raise ToolError(
            "--output-format: choose table or json, a saved Keras model has no source lines to show"
        )
    if args.time:
        raise ToolError("--time measures PyTorch models only")
    keras = import_keras()
    if args.target.endswith(".keras"):
        model = read_model(args.target)
    else:
        model = _built(args.target, args.kwargs, keras)
    from convbias_lint.keras_tools.prove import audit
    from convbias_lint.keras_tools.table import as_data, table

    result: Audit = audit(model, _inputs(args, model))
    if args.report:
        with (
            written_whole(args.report, force=True) as temporary,
            open(temporary, "w", encoding="utf-8") as stream,
        ):
            stream.write(json.dumps(as_data(result), indent=2) + "\n")
    if args.output_format == "json":
        print(json.dumps(as_data(result), indent=2))
    else:
        sys.stdout.write(table(result, everything=args.all))
    return 1 if result.redundant else 0


def _opened(args: argparse.Namespace) -> tuple[Any, Any]:
    """The model in OLD and the inputs to compare with; says early what would fail at the end."""
    if args.old is None or not args.old.endswith(".keras"):
        raise ToolError(f"OLD and NEW are of different kinds: {args.old}, {args.new}")
    if not args.new.endswith(".keras"):
        raise ToolError(f"OLD and NEW are of different kinds: {args.old}, {args.new}")
    if args.model:
        raise ToolError("a .keras file holds its model: leave --model out")
    import_keras()
    if not args.dry_run:
        refuse_early(args.old, args.new, force=args.force)
    model = read_model(args.old, run_code=args.allow_pickle)
    return model, _inputs(args, model)


def _written(args: argparse.Namespace, old: Any, new: Any, difference: Optional[float]) -> None:
    policy = str(getattr(getattr(old, "dtype_policy", None), "name", "float32"))
    limit = _LARGEST_DIFFERENCE.get(policy, 0.05)
    if difference is None or not difference <= limit:
        raise ToolError(f"the outputs differ by {difference:.1e}, more than {limit:.0e}: nothing was written")
    if not args.dry_run:
        write_model(new, args.new, force=args.force, mode_of=args.old)


def _inputs(args: argparse.Namespace, model: Any) -> Any:
    """What ``--input`` or ``--inputs`` ask for; None leaves the choice to the tool."""
    from convbias_lint.keras_tools.compare import random_inputs

    if args.inputs and args.input:
        raise ToolError("--input and --inputs exclude each other")
    if args.inputs:
        found = _loaded(args.inputs)
        return found() if callable(found) else found
    if not args.input:
        return None
    names = [str(spec.name) for spec in model.inputs]
    shapes: dict[str, Sequence[int]] = {}
    highs: dict[str, int] = {}
    for text in args.input:
        given, _, spec = text.rpartition("=")
        name = given or next((known for known in names if known not in shapes), "")
        if name not in names:
            raise ToolError(f"the model has no input {name!r}: it has {', '.join(names)}")
        shapes[name], highs[name] = _shape(spec)
    if missing := [name for name in names if name not in shapes]:
        raise ToolError(f"no --input for {', '.join(missing)}")
    return random_inputs(model, [shapes[name] for name in names], highs=[highs[name] for name in names])


def _shape(spec: str) -> tuple[list[int], int]:
    size, _, rest = spec.partition(":")
    high = rest.partition(":")[2]
    try:
        sizes, limit = [int(n) for n in size.lower().split("x")], int(high) if high else 2
    except ValueError:
        sizes, limit = [], 0
    if not sizes or min(sizes) < 1 or limit < 1:
        raise ToolError(f"--input {spec!r} is no shape: write 4x64x64x3 or 4x16:int32:1000")
    return sizes, limit


def _built(target: str, kwargs: str, keras: Any) -> Any:
    try:
        arguments = json.loads(kwargs)
    except ValueError as error:
        raise ToolError(f"--kwargs is not JSON: {error}") from error
    found = _loaded(target)
    if not isinstance(found, keras.Model):
        try:
            found = found(**arguments)
        except Exception as error:
            raise ToolError(f"{target} cannot be built: {one_line(error)}") from error
    if not isinstance(found, keras.Model):
        raise ToolError(f"{target} returned {type(found).__name__}, not a keras.Model")
    return found


def _loaded(target: str) -> Any:
    """What ``package.module:name`` or ``path/to/file.py:name`` names; imports and so runs its code."""
    place, colon, name = target.rpartition(":")
    if not colon or not place or not name:
        raise ToolError(
            f"{target!r} names no object: write package.module:callable or path/to/file.py:callable"
        )
    try:
        if place.endswith(".py"):
            return runpy.run_path(place)[name]
        if os.getcwd() not in sys.path:
            sys.path.insert(0, os.getcwd())
        return getattr(importlib.import_module(place), name)
    except (AttributeError, KeyError):
        raise ToolError(f"{place} has no {name!r}") from None
    except Exception as error:
        raise ToolError(f"{place} cannot be imported: {one_line(error)}") from error


def _count(number: int, noun: str) -> str:
    plural = noun + ("es" if noun.endswith("s") else "s")
    return f"{number} {noun if number == 1 else plural}"


def _print_notes(notes: Sequence[str]) -> None:
    for note in notes:
        print(f"note: {note}")


def _print_json(args: argparse.Namespace, **data: Any) -> None:
    print(json.dumps({**data, "old": args.old, "new": None if args.dry_run else args.new}, indent=2))


def _print_written(args: argparse.Namespace) -> None:
    print("Dry run: nothing written." if args.dry_run else f"Wrote {args.new}.")
