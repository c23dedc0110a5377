"""What ``fold``, ``migrate`` and ``audit`` do with saved Keras models and with code that builds one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any, Optional

from convbias_lint.keras_tools.files import import_keras, is_keras_file, read_model, write_model
from convbias_lint.live_tools.errors import ToolError, one_line
from convbias_lint.live_tools.loading import built, load_object
from convbias_lint.live_tools.safe_write import refuse_early
from convbias_lint.live_tools.telling import Outcome, told_in_one_line
from convbias_lint.reports.summary import counted

_LARGEST_DIFFERENCE = {"float64": 1e-4, "float32": 1e-3}
"""By which outputs may differ, by precision (lower ones: 0.05); beyond it nothing is written."""


def fold_file(args: argparse.Namespace) -> int:
    return told_in_one_line(_fold, args)


def migrate_file(args: argparse.Namespace) -> int:
    return told_in_one_line(_migrate, args)


def audit_target(args: argparse.Namespace, model: Any = None) -> int:
    """Audit ``model``, or what TARGET names: a saved model, or code that builds one."""
    return told_in_one_line(lambda given: _audit(given, model), args)


def _fold(args: argparse.Namespace) -> Outcome:
    model, inputs = _opened(args)
    from convbias_lint.keras_tools.folding import fold

    result = fold(model, inputs=inputs)
    _write(args, model, result.model, result.difference)
    if args.output_format == "json":
        return _as_json(
            args,
            folded=[{"norm": norm, "layer": layer} for norm, layer in result.pairs.items()],
            left=[{"norm": norm, "reason": reason} for norm, reason in result.kept.items()],
            difference=result.difference,
            notes=list(result.notes),
        )
    lines = [f"{norm} folded into {layer}" for norm, layer in result.pairs.items()]
    lines += [f"{norm} stays: {reason}" for norm, reason in result.kept.items()]
    lines += [f"note: {note}" for note in result.notes]
    lines.append(
        f"{counted(len(result.pairs), 'batch norm')} folded, {len(result.kept)} left; "
        f"outputs differ by {result.difference:.1e}."
    )
    return _as_text(args, lines)


def _migrate(args: argparse.Namespace) -> Outcome:
    model, inputs = _opened(args)
    from convbias_lint.keras_tools.use_bias import migrate, restore

    result = restore(model, inputs=inputs) if args.reverse else migrate(model, inputs=inputs)
    if args.drop_optimizer:
        result.model.optimizer = None
    _write(args, model, result.model, result.difference)
    if args.output_format == "json":
        return _as_json(
            args,
            changed=[{"layer": layer, "norms": list(norms)} for layer, norms in result.layers.items()],
            kept=[{"layer": layer, "reason": reason} for layer, reason in result.kept.items()],
            parameters=result.parameters,
            difference=result.difference,
            notes=list(result.notes),
        )
    lines = [
        f"{layer}: its bias is now in {', '.join(norms)}" if norms else f"{layer}: has a bias of zeros"
        for layer, norms in result.layers.items()
    ]
    lines += [f"{layer} keeps its bias: {reason}" for layer, reason in result.kept.items()]
    lines += [f"note: {note}" for note in result.notes]
    found = f"{counted(len(result.layers), 'bias', 'biases')} ({result.parameters:,} parameters)"
    done = "added" if args.reverse else "moved"
    lines.append(f"{found} {done}, {len(result.kept)} kept; outputs differ by {result.difference:.1e}.")
    return _as_text(args, lines)


def _audit(args: argparse.Namespace, model: Any) -> Outcome:
    from convbias_lint.live_tools.rendering import render_findings, require_format, write_report

    require_format(args.output_format)
    if args.time:
        raise ToolError("--time measures PyTorch models only: leave it out for a Keras model")
    keras = import_keras()
    saved = is_keras_file(args.target)
    if saved:
        model = read_model(args.target, custom=args.custom)
    elif model is None:
        model = built(args.target, args.kwargs)
    if not isinstance(model, keras.Model):
        raise ToolError(f"{args.target} returned {type(model).__name__}, not a keras.Model")
    from convbias_lint.keras_tools.prove import audit
    from convbias_lint.live_tools.findings import findings
    from convbias_lint.live_tools.table import as_data, table

    result = audit(model, _inputs(args, model))
    if args.report:
        write_report(args.report, as_data(result))
    if args.output_format == "table":
        text = table(result, everything=args.all)
    else:
        text = render_findings(
            args.output_format, findings(result.layers, file=args.target if saved else None)
        )
    return 1 if result.redundant else 0, text


def _opened(args: argparse.Namespace) -> tuple[Any, Any]:
    """The model in OLD and the inputs to compare with; says early what would fail at the end."""
    if args.old is None or not is_keras_file(args.old):
        raise ToolError(f"{args.new} is a Keras model: name the .keras file to read, OLD, before it")
    if not args.new.endswith(".keras") and not args.dry_run:
        raise ToolError(f"OLD is a Keras model: give NEW the ending .keras, not {args.new}")
    if args.model:
        raise ToolError("a .keras file holds its model: leave --model out (--custom names its own classes)")
    import_keras()
    if not args.dry_run:
        refuse_early(args.old, args.new, force=args.force)
    model = read_model(args.old, run_code=args.allow_pickle, custom=args.custom)
    return model, _inputs(args, model)


def _write(args: argparse.Namespace, old: Any, new: Any, difference: Optional[float]) -> None:
    assert difference is not None, "what is written has been compared"
    policy = str(getattr(getattr(old, "dtype_policy", None), "name", "float32"))
    limit = _LARGEST_DIFFERENCE.get(policy, 0.05)
    if not difference <= limit:
        raise ToolError(f"the outputs differ by {difference:.1e}, more than {limit:.0e}: nothing was written")
    if not args.dry_run:
        write_model(new, args.new, force=args.force, mode_of=args.old)


def _inputs(args: argparse.Namespace, model: Any) -> Any:
    """What ``--input`` or ``--inputs`` ask for; None leaves the choice to the tool."""
    from convbias_lint.keras_tools.compare import random_array, random_inputs

    if args.inputs and args.input:
        raise ToolError("--input and --inputs exclude each other")
    if args.inputs:
        found = load_object(args.inputs)
        try:
            return found() if callable(found) else found
        except (Exception, SystemExit) as error:
            raise ToolError(f"{args.inputs} fails: {one_line(error)}") from error
    if not args.input:
        return None
    specs = _input_specs(model)
    if not specs:  # a subclassed model says nothing of its inputs
        drawn = [random_array(*_shape(text.rpartition("=")[2]), seed=i) for i, text in enumerate(args.input)]
        return drawn[0] if len(drawn) == 1 else drawn
    names = [str(spec.name) for spec in specs]
    shapes: dict[str, Sequence[int]] = {}
    highs: dict[str, int] = {}
    for text in args.input:
        given, _, spec = text.rpartition("=")
        name = given or next((known for known in names if known not in shapes), "")
        if name not in names:
            raise ToolError(f"the model has no input {name!r}: it has {', '.join(names)}")
        shapes[name], _, highs[name] = _shape(spec)
    if missing := [name for name in names if name not in shapes]:
        raise ToolError(f"no --input for {', '.join(missing)}")
    return random_inputs(model, [shapes[name] for name in names], highs=[highs[name] for name in names])


def _input_specs(model: Any) -> Sequence[Any]:
    try:
        return list(model.inputs)
    except (AttributeError, TypeError, ValueError):
        return []


def _shape(spec: str) -> tuple[list[int], str, int]:
    """``4x64x64x3``, ``4x16:int32:1000`` (below 1000): sizes, type and limit."""
    size, _, rest = spec.partition(":")
    dtype, _, high = rest.partition(":")
    try:
        sizes, limit = [int(n) for n in size.lower().split("x")], int(high) if high else 2
    except ValueError:
        sizes, limit = [], 0
    if not sizes or min(sizes) < 1 or limit < 1:
        raise ToolError(f"--input {spec!r} is no shape: write 4x64x64x3 or 4x16:int32:1000")
    return sizes, dtype or "float32", limit


def _as_text(args: argparse.Namespace, lines: Sequence[str]) -> Outcome:
    ending = "Dry run: nothing written." if args.dry_run else f"Wrote {args.new}."
    return 0, "\n".join([*lines, ending]) + "\n"


def _as_json(args: argparse.Namespace, **data: Any) -> Outcome:
    new = None if args.dry_run else args.new
    return 0, json.dumps({**data, "old": args.old, "new": new}, indent=2) + "\n"
