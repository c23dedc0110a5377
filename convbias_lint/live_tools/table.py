"""An audit as a table for the terminal and as plain data for JSON."""

from __future__ import annotations

import os
from typing import Any

from convbias_lint.live_tools.audited import Audit, LayerAudit, Verdict, summary
from convbias_lint.reports.summary import counted

_HEAD = ("BIAS OF", "LAYER", "SHAPE", "PARAMETERS", "VERDICT", "WHY", "BUILT AT")


def table(audit: Audit, *, everything: bool = False) -> str:
    """The redundant and undecided biases (or all of them), then what they cost together."""
    shown = [
        layer
        for layer in audit.layers
        if everything or layer.verdict in (Verdict.REDUNDANT, Verdict.UNDECIDED)
    ]
    lines = _grid([_HEAD, *(_row(layer) for layer in shown)]) if shown else []
    lines += [""] if lines else []
    lines.append(f"{counted(len(audit.layers), 'layer')}: {summary(audit)}.")
    if audit.redundant:
        sizes = audit.redundant_bytes
        share = audit.redundant_parameters / max(audit.parameters, 1)
        lines.append(
            f"{audit.redundant_parameters:,} of {audit.parameters:,} parameters ({share:.3%}) do nothing: "
            f"{_bytes(sizes['weights'])} of weights, {_bytes(sizes['gradients'])} of gradients, "
            f"{_bytes(sizes['adam'])} of Adam state."
        )
    runs = counted(audit.runs, "run")
    lines.append(f"Proved by gradient in {audit.precision}, {runs}, tolerance {audit.tolerance:.0e}.")
    lines += [f"Note: {note}." for note in audit.notes]
    return "\n".join(lines) + "\n"


def as_data(audit: Audit) -> dict[str, Any]:
    """The whole audit in built-in types."""
    return {
        "layers": [
            {
                "path": layer.path,
                "layer": layer.layer,
                "shape": list(layer.shape),
                "parameters": layer.parameters,
                "bytes": layer.bytes,
                "verdict": layer.verdict.value,
                "reason": layer.reason or None,
                "norms": list(layer.norms),
                "way": str(layer.way) if layer.way else None,
                "ratio": layer.ratio,
                "built_at": [dict(birth._asdict()) for birth in layer.births],
            }
            for layer in audit.layers
        ],
        "parameters": audit.parameters,
        "redundant_parameters": audit.redundant_parameters,
        "redundant_bytes": audit.redundant_bytes,
        "precision": audit.precision,
        "tolerance": audit.tolerance,
        "runs": audit.runs,
        "notes": list(audit.notes),
    }


def _row(layer: LayerAudit) -> tuple[str, ...]:
    shape = "x".join(map(str, layer.shape)) or "-"
    built = ""
    if layer.births:
        birth = layer.births[0]
        relative = os.path.relpath(birth.filename)
        built = f"{birth.filename if relative.startswith('..') else relative}:{birth.row}"
    why = str(layer.way) if layer.way else layer.reason
    return (
        layer.path or "(model)",
        layer.layer,
        shape,
        f"{layer.parameters:,}",
        layer.verdict.value,
        why,
        built,
    )


def _grid(rows: list[tuple[str, ...]]) -> list[str]:
    if not any(row[-1] for row in rows[1:]):
        rows = [row[:-1] for row in rows]  # nobody knows where the layers of a saved model were built
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column == 3 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _bytes(count: int) -> str:
    size, unit = float(count), "B"
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024 or unit == "GiB":
            break
        size /= 1024
    return f"{size:,.0f} {unit}" if unit == "B" else f"{size:,.1f} {unit}"
