"""What ``audit``, ``migrate`` and ``fold`` do once torch is known to be there."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import torch
from torch import nn

from convbias_lint.live_tools.errors import KerasModelFound, ToolError
from convbias_lint.live_tools.telling import Outcome, told_in_one_line
from convbias_lint.reports.summary import counted
from convbias_lint.torch_tools.call import Call, placed_like
from convbias_lint.torch_tools.targets import build_call, build_model


def audit_command(args: argparse.Namespace) -> int:
    """Raises `KerasModelFound`, with the model, where TARGET turns out to build one of Keras."""
    return told_in_one_line(_audit, args, passing=(KerasModelFound,))


def migrate_command(args: argparse.Namespace) -> int:
    return told_in_one_line(_migrate, args)


def fold_command(args: argparse.Namespace) -> int:
    return told_in_one_line(_fold, args)


def _audit(args: argparse.Namespace) -> Outcome:
    from convbias_lint.live_tools.findings import findings
    from convbias_lint.live_tools.rendering import render_findings, require_format, write_report
    from convbias_lint.live_tools.table import as_data, table
    from convbias_lint.torch_tools.prove import audit

    require_format(args.output_format)
    model = build_model(args.target, args.kwargs, births=True)
    call = placed_like(build_call(args.input, args.inputs), model)
    result = audit(model, call)
    data: dict[str, Any] = as_data(result)
    text = table(result, everything=args.all)
    if args.time:
        from convbias_lint.torch_tools.timing import time_training_step

        timing = time_training_step(
            model, call, result, device=args.device, pairs=args.repeat, clock=args.clock
        )
        data["timing"] = timing._asdict()
        text += f"{timing}\n"
    if args.report:
        write_report(args.report, data)
    if args.output_format != "table":
        text = render_findings(args.output_format, findings(result.layers))
        if args.time:
            print(timing, file=sys.stderr)
    return 1 if result.redundant else 0, text


def _migrate(args: argparse.Namespace) -> Outcome:
    from convbias_lint.live_tools.safe_write import refuse_early
    from convbias_lint.torch_tools import checkpoint
    from convbias_lint.torch_tools.migrate_checkpoint import migrate_checkpoint

    if checkpoint.kind_of(args.old) != checkpoint.kind_of(args.new):
        raise ToolError(
            f"OLD and NEW are of different kinds, {args.old} and {args.new}: give NEW the ending of OLD"
        )
    if not args.dry_run:
        refuse_early(args.old, args.new, force=args.force)
    # The file first: a damaged one is found before any of the user's code runs.
    read = checkpoint.read(args.old, allow_pickle=args.allow_pickle)
    model, call = _model_and_call(args)
    data, report = migrate_checkpoint(
        read.data, model, call, reverse=args.reverse, drop_optimizer=args.drop_optimizer
    )
    if not args.dry_run:
        read.data = data
        checkpoint.write(args.new, read, old=args.old, force=args.force)
    if args.output_format == "json":
        written = None if args.dry_run else args.new
        return 0, _as_json({**report.as_data(), "old": args.old, "new": written})
    return 0, f"{report.as_text()}{_ending(args)}\n"


def _ending(args: argparse.Namespace) -> str:
    return "Dry run: nothing written." if args.dry_run else f"Wrote {args.new}."


def _as_json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2) + "\n"


def _fold(args: argparse.Namespace) -> Outcome:
    from convbias_lint.live_tools.safe_write import refuse_early, written_whole
    from convbias_lint.torch_tools.fold import fold_batch_norm

    if not args.new.endswith((".pt2", ".pt", ".pth", ".safetensors")):
        raise ToolError(f"{args.new}: NEW ends with .pt2, .pt, .pth or .safetensors")
    if not args.dry_run:
        refuse_early(args.old, args.new, force=args.force)
    read, batches = None, ""
    if args.old is not None:
        from convbias_lint.torch_tools import checkpoint

        read = checkpoint.read(args.old, allow_pickle=args.allow_pickle)
    model, call = _model_and_call(args)
    places = [] if read is None else _load(model, read.data)
    folded = fold_batch_norm(model, call)
    if not args.dry_run:
        with written_whole(args.new, force=args.force, mode_of=args.old) as temporary:
            batches = _save_folded(folded.model, call, args.new, temporary)
    if args.output_format == "json":
        report = {
            "folded": [fold._asdict() for fold in folded.folds],
            "left": [left._asdict() for left in folded.left],
            "difference": folded.difference,
            "exact_difference": folded.exact_difference,
            "place": places[0] if places else None,
            "old": args.old,
            "new": None if args.dry_run else args.new,
        }
        return 0, _as_json(report)
    lines = [f"The weights are those of {places[0]}, not of {places[1]}, in OLD."] if places[1:] else []
    lines += [f"{fold.norm} folded into {fold.layer}, which comes {fold.side} it" for fold in folded.folds]
    lines += [f"{left.norm} stays: {left.reason}" for left in folded.left]
    exact = "" if folded.exact_difference is None else f", {folded.exact_difference:.1e} in float64"
    lines.append(
        f"{counted(len(folded.folds), 'batch norm')} folded, {len(folded.left)} left; "
        f"outputs differ by {folded.difference:.1e}{exact}."
    )
    return 0, "\n".join([*lines, _ending(args) + batches]) + "\n"


def _model_and_call(args: argparse.Namespace) -> tuple[nn.Module, Call]:
    if not args.model:
        raise ToolError("which model? give --model package.module:callable or path/to/file.py:Class")
    model = build_model(args.model, args.kwargs)
    return model, placed_like(build_call(args.input, args.inputs), model)


def _load(model: nn.Module, data: Any) -> list[str]:
    """Load the first copy of the model's state in ``data``; where there are copies."""
    from convbias_lint.torch_tools.model_state import load_state
    from convbias_lint.torch_tools.state_dicts import find_copies

    copies = find_copies(data, model)
    state = copies[0].state
    own = model.state_dict()
    surplus = [key for key in state if key not in own]
    if surplus and all(key.endswith("bias") for key in surplus):
        raise ToolError(f"OLD has {surplus[0]!r} and the model has not: convert OLD with `migrate` first")
    load_state(model, state, "wrong model")
    return [copy.place for copy in copies]


def _save_folded(model: nn.Module, call: Call, name: str, path: str) -> str:
    """Write the folded model; what is to be said of the batches that it takes."""
    if name.endswith(".pt2"):
        from convbias_lint.live_tools.safe_write import uninterrupted
        from convbias_lint.torch_tools.exporting import exported

        program, batches = exported(model, call)
        with open(path, "wb") as stream, uninterrupted():
            torch.export.save(program, stream)
        return batches
    from convbias_lint.torch_tools.checkpoint import Checkpoint, kind_of, save

    save(Checkpoint(model.state_dict(), kind_of(name)), path)
    return ""
