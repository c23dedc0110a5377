"""Draw the pictures of the theory: what happens to a shift, computed from numbers, in docs/images/.

In each picture a hollow dot is a value without the bias, a full dot the same value with it, and the line
between them what the bias did.  Lines of one length are a shift; no lines: it is gone; all else: used.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"

VALUES = (1.4, -0.5, 0.6, -1.2, 1.0, -0.1, 1.8, 0.2)
"""One channel of W·x: in one picture the values of eight samples, in another of eight places."""
BIAS = 0.9

WIDTH, HEIGHT = 720, 246
PANEL, UNIT = 240, 27  # width of a panel, pixels per unit
TOP, AXIS = 62, 146

STYLE = """\
.card { fill: #ffffff; stroke: #d0d7de }
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-size: 13px;
  fill: #1f2328; text-anchor: middle }
.title { font-weight: 600 }
.small { fill: #59636e; font-size: 12px }
.verdict { font-weight: 600; font-size: 14px }
.axis, .arrow { stroke: #8c959f; fill: none }
.head { fill: #8c959f }
.without { fill: #ffffff; stroke: #0969da; stroke-width: 2 }
.with { fill: #bc4c00 }
.shift { stroke: #bc4c00; stroke-width: 3; opacity: 0.55 }
.box { fill: #f6f8fa; stroke: #8c959f }
.good { fill: #1a7f37 }
.bad { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
  .card { fill: #0d1117; stroke: #30363d }
  text { fill: #e6edf3 }
  .small { fill: #9198a1 }
  .without { fill: #0d1117; stroke: #58a6ff }
  .with { fill: #f0883e }
  .shift { stroke: #f0883e }
  .box { fill: #161b22; stroke: #6e7681 }
  .good { fill: #3fb950 }
  .bad { fill: #f0883e }
}
"""


class Series(NamedTuple):
    """The same values without and with the bias."""

    without: Sequence[float]
    with_bias: Sequence[float]


class Step(NamedTuple):
    """A picture: what goes into an operation, what comes out, and what that means for the bias."""

    name: str
    operation: tuple[str, str]
    before: Series
    after: Series
    counted: str
    verdict: str
    good: bool


def centred(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def pooled(values: Sequence[float]) -> list[float]:
    return [max(values[i], values[i + 1]) for i in range(0, len(values), 2)]


def rectified(values: Sequence[float]) -> list[float]:
    return [max(0.0, value) for value in values]


def convolved(values: Sequence[float]) -> list[float]:
    """A kernel of three weights over values padded with zeros."""
    padded = [0.0, *values, 0.0]
    return [0.3 * padded[i] + 0.4 * padded[i + 1] + 0.3 * padded[i + 2] for i in range(len(values))]


SHIFTED = Series(VALUES, [value + BIAS for value in VALUES])

STEPS = (
    Step(
        "shift-cancelled",
        ("BatchNorm2d", "subtracts the mean"),
        SHIFTED,
        Series(centred(SHIFTED.without), centred(SHIFTED.with_bias)),
        "samples",
        "Cancelled: nothing is left of the bias. It is redundant.",
        True,
    ),
    Step(
        "shift-passes",
        ("MaxPool2d", "takes the larger one"),
        SHIFTED,
        Series(pooled(SHIFTED.without), pooled(SHIFTED.with_bias)),
        "places",
        "Passed on: every value still moved by the same. Ask what comes next.",
        True,
    ),
    Step(
        "shift-used",
        ("ReLU", "cuts at zero"),
        SHIFTED,
        Series(rectified(SHIFTED.without), rectified(SHIFTED.with_bias)),
        "samples",
        "Used: some values moved more than others. The bias matters.",
        False,
    ),
    Step(
        "shift-padded",
        ("Conv2d, padding=1", "adds zeros at the border"),
        SHIFTED,
        Series(convolved(SHIFTED.without), convolved(SHIFTED.with_bias)),
        "places",
        "Used: the zeros of the border did not move, so the ends moved less.",
        False,
    ),
)


def text(x: float, y: float, words: str, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text x="{x:g}" y="{y:g}"{kind}>{escape(words)}</text>'


def arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line with a head; it runs to the right, perhaps up or down."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bx, by = x2 - 8 * ux, y2 - 8 * uy
    return (
        f'<path class="arrow" d="M{x1:g} {y1:g} L{bx:.1f} {by:.1f}" stroke-width="1.5"/>'
        f'<path class="head" d="M{x2:g} {y2:g} L{bx - 4 * uy:.1f} {by + 4 * ux:.1f} '
        f'L{bx + 4 * uy:.1f} {by - 4 * ux:.1f} Z"/>'
    )


def panel(left: float, title: str, series: Series, counted: str) -> list[str]:
    """A chart of both series; the line across is zero."""
    parts = [
        text(left + PANEL / 2, TOP - 34, title, "title"),
        f'<line class="axis" x1="{left}" y1="{AXIS}" x2="{left + PANEL}" y2="{AXIS}"/>',
        text(left + PANEL - 22, AXIS + 62, counted, "small"),
        text(left - 8, AXIS + 4, "0", "small"),
    ]
    count = len(series.without)
    for number, (plain, moved) in enumerate(zip(series.without, series.with_bias)):
        x = left + PANEL * (number + 0.5) / count
        y1, y2 = AXIS - UNIT * plain, AXIS - UNIT * moved
        if abs(y1 - y2) > 0.01:
            parts.append(f'<line class="shift" x1="{x:g}" y1="{y1:.1f}" x2="{x:g}" y2="{y2:.1f}"/>')
        parts.append(f'<circle class="with" cx="{x:g}" cy="{y2:.1f}" r="4.5"/>')
        # Where both are one, the hollow dot is a ring around the full one.
        radius, fill = (6.5, ' style="fill: none"') if abs(y1 - y2) < 0.01 else (4.5, "")
        parts.append(f'<circle class="without" cx="{x:g}" cy="{y1:.1f}" r="{radius}"{fill}/>')
    return parts


def svg(label: str, body: Sequence[str], height: int = HEIGHT) -> str:
    drawing = "\n".join(body)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" \
role="img" aria-label="{escape(label)}">
<title>{escape(label)}</title>
<style>
{STYLE}</style>
<rect class="card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>
{drawing}
</svg>
"""


def step_picture(step: Step) -> str:
    left, right = 36, WIDTH - PANEL - 24
    middle = (left + PANEL + right) / 2
    first, second = step.operation
    body = [
        *panel(left, "the channel, without and with the bias", step.before, step.counted),
        *panel(right, "after " + first.partition(",")[0], step.after, step.counted),
        text(middle, AXIS - 38, first, "title"),
        text(middle, AXIS - 20, second, "small"),
        arrow(left + PANEL + 14, AXIS, right - 22, AXIS),
        f'<circle class="without" cx="{left + 4}" cy="{AXIS + 58}" r="4.5"/>',
        f'<text class="small" x="{left + 14}" y="{AXIS + 62}" style="text-anchor: start">without</text>',
        f'<circle class="with" cx="{left + 72}" cy="{AXIS + 58}" r="4.5"/>',
        f'<text class="small" x="{left + 82}" y="{AXIS + 62}" style="text-anchor: start">with</text>',
        (
            f'<text class="verdict {"good" if step.good else "bad"}" x="{WIDTH / 2:g}" y="{HEIGHT - 15}">'
            f"{escape(step.verdict)}</text>"
        ),
    ]
    return svg(f"{first}: {step.verdict}", body)


def box(x: float, y: float, words: str, width: float = 96) -> str:
    return (
        f'<rect class="box" x="{x:g}" y="{y - 16:g}" width="{width:g}" height="32" rx="6"/>'
        f"{text(x + width / 2, y + 5, words)}"
    )


def ways_picture() -> str:
    """Two small networks: a shift that is cancelled on every way, and one that is used on one way."""
    middle = WIDTH / 2
    verdict = HEIGHT - 24
    body = [
        box(24, 60, "conv1"),
        box(24, 140, "conv2"),
        box(150, 100, "+", 40),
        box(222, 100, "BatchNorm"),
        arrow(120, 60, 150, 94),
        arrow(120, 140, 150, 106),
        arrow(190, 100, 222, 100),
        arrow(318, 100, 342, 100),
        text(middle / 2, verdict - 20, "Every way leads into the norm.", "small"),
        text(middle / 2, verdict, "Both biases are redundant.", "verdict good"),
        (
            f'<line class="axis" x1="{middle:g}" y1="24" x2="{middle:g}" y2="{HEIGHT - 24}" '
            'stroke-dasharray="4 4"/>'
        ),
        box(middle + 24, 100, "conv"),
        box(middle + 180, 60, "BatchNorm"),
        box(middle + 180, 140, "Sigmoid"),
        arrow(middle + 120, 96, middle + 180, 62),
        arrow(middle + 120, 104, middle + 180, 138),
        arrow(middle + 276, 60, middle + 312, 60),
        arrow(middle + 276, 140, middle + 312, 140),
        text(1.5 * middle, verdict - 20, "One way leads past the norm.", "small"),
        text(1.5 * middle, verdict, "The bias is needed.", "verdict bad"),
    ]
    return svg("A bias is redundant when its shift is cancelled on every way and used on none", body)


def pictures() -> dict[Path, str]:
    """Each picture by the path where it belongs."""
    drawn = {FOLDER / f"{step.name}.svg": step_picture(step) for step in STEPS}
    drawn[FOLDER / "shift-ways.svg"] = ways_picture()
    return drawn


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, drawing in pictures().items():
        path.write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    main()
