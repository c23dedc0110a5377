"""A plot of time against size, both on logarithmic scales, as SVG that fits light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 760, 430
LEFT, RIGHT, TOP, BOTTOM = 70, 210, 30, 60
STYLE = """\
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-size: 13px; fill: #1f2328 }
.grid { stroke: #d0d7de } .other { stroke: #8c959f; fill: none; stroke-width: 1.5 } .dot { fill: #8c959f }
.ours { stroke: #0969da; fill: none; stroke-width: 2.5 } .ours-dot { fill: #0969da }
.ours-name { font-weight: 600 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .grid { stroke: #30363d } .ours { stroke: #58a6ff } .ours-dot { fill: #58a6ff }
}
"""


def plot(points: Mapping[str, Sequence[tuple[float, float]]], ours: str) -> str:
    """The SVG: for each tool its points (megabytes, seconds), joined by a line."""
    every = [point for line in points.values() for point in line]
    low_x, high_x = _bounds([x for x, _ in every])
    low_y, high_y = _bounds([y for _, y in every])

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low_x) / (high_x - low_x)
        up = (math.log10(y) - low_y) / (high_y - low_y)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<title>Processor time against the size of the sources</title>",
        f"<style>{STYLE}</style>",
    ]
    for power in range(math.ceil(low_y), math.floor(high_y) + 1):
        _, y = at(10**low_x, 10**power)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g} s</text>')
    for size in sorted({round(x, 1) for x, _ in every}):
        x, _ = at(size, 10**low_y)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle">{size:g} MB</text>')
    names: list[tuple[float, str, str]] = []
    for tool, line in sorted(points.items(), key=lambda item: item[0] == ours):
        kind = "ours" if tool == ours else "other"
        dot = "ours-dot" if tool == ours else "dot"
        places = [at(*point) for point in sorted(line)]
        parts.append(f'<polyline class="{kind}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>')
        parts += [f'<circle class="{dot}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in places]
        names.append((places[-1][1], tool, "ours-name" if tool == ours else ""))
    parts += _names(names)
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """The ends of a logarithmic axis, with some room."""
    return math.log10(min(values)) - 0.15, math.log10(max(values)) + 0.15


def _names(names: Sequence[tuple[float, str, str]]) -> list[str]:
    """The names at the right, none on top of another."""
    parts = []
    lowest = 0.0
    for y, tool, kind in sorted(names):
        lowest = max(y + 4, lowest + 17)
        parts.append(f'<text class="{kind}" x="{WIDTH - RIGHT + 12}" y="{lowest:.1f}">{escape(tool)}</text>')
    return parts
