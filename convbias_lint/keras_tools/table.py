"""An audit of a Keras model as a table for the terminal and as plain data for JSON."""

from __future__ import annotations

from typing import Any

from convbias_lint.keras_tools.prove import Audit, LayerAudit, Verdict

_HEAD = ("BIAS OF", "LAYER", "PARAMETERS", "VERDICT", "WHY")


def table(audit: Audit, *, everything: bool = False) -> str:
    """The redundant and undecided biases (or all of them), then what they cost together."""
    wanted = (Verdict.REDUNDANT, Verdict.UNDECIDED)
    rows = [_HEAD, *(_row(layer) for layer in audit.layers if everything or layer.verdict in wanted)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    lines = [*lines, ""] if len(rows) > 1 else []
    counts = {verdict: len(audit.having(verdict)) for verdict in Verdict}
    told = ", ".join(f"{count} {verdict.value}" for verdict, count in counts.items() if count)
    lines.append(f"{len(audit.layers)} layers of {audit.model}: {told or 'none can have a bias'}.")
    if audit.redundant:
        parameters = sum(layer.parameters for layer in audit.redundant)
        size = sum(layer.bytes for layer in audit.redundant)
        share = parameters / max(audit.parameters, 1)
        lines.append(
            f"{parameters:,} of {audit.parameters:,} parameters ({share:.3%}) do nothing: "
            f"{size:,} bytes of weights."
        )
    lines.append(f"Proved in {audit.precision}.")
    lines += [f"Note: {note}." for note in audit.notes]
    return "\n".join(lines) + "\n"


def _row(layer: LayerAudit) -> tuple[str, ...]:
    why = layer.reason
    if layer.verdict is Verdict.REDUNDANT and layer.norms:
        more = " ..." if len(layer.norms) > 2 else ""
        why = f"cancelled by {', '.join(layer.norms[:2])}{more}"
    return (layer.path, layer.layer, f"{layer.parameters:,}", layer.verdict.value, why)


def as_data(audit: Audit) -> dict[str, Any]:
    """The whole audit in built-in types."""
    return {
        "model": audit.model,
        "layers": [
            {
                "path": layer.path,
                "layer": layer.layer,
                "parameters": layer.parameters,
                "bytes": layer.bytes,
                "verdict": layer.verdict.value,
                "reason": layer.reason or None,
                "norms": list(layer.norms),
                "ratio": layer.ratio,
            }
            for layer in audit.layers
        ],
        "parameters": audit.parameters,
        "redundant_parameters": sum(layer.parameters for layer in audit.redundant),
        "precision": audit.precision,
        "notes": list(audit.notes),
    }
