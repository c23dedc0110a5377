"""Record the first minute with convbias-lint and draw it as an animated SVG, docs/images/demo.svg.

The commands run in a copy of ``examples/``; what they print is what is drawn, colours and all.
Without animation (or where the reader asked for reduced motion) the picture shows the last screen.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "images" / "demo.svg"

COLUMNS, ROWS = 104, 27
CHARACTER, LINE = 7.8, 18.0  # width and height, in pixels at a font size of 13
MARGIN, BAR = 16.0, 34.0

THINKING = 0.6  # seconds between a prompt and what is typed
TYPING = 0.045  # seconds per character
PAUSE = 0.5  # between a command and what it prints


class Scene(NamedTuple):
    """A command, and for how many seconds the reader sees what it printed."""

    command: str
    hold: float


SCENES = (
    Scene("convbias-lint examples/", 6.0),
    Scene("convbias-lint examples/ --fix", 4.0),
    Scene("convbias-lint examples/", 5.0),
)

COLOURS = {
    "31": "#ff7b72",
    "32": "#7ee787",
    "33": "#e3b341",
    "34": "#79c0ff",
    "35": "#d2a8ff",
    "36": "#56d4dd",
}
_ESCAPE = re.compile(r"\x1b\[([\d;]*)m")


class Span(NamedTuple):
    """A piece of a line in one style; ``column`` counts from 0."""

    column: int
    text: str
    codes: tuple[str, ...]


def record(command: str, folder: Path) -> list[str]:
    """The lines that a command prints on a terminal with colours."""
    words = command.split()
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT)}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(
        [sys.executable, "-m", "convbias_lint", "--no-cache", *words[1:]],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"`{command}` failed:\n{done.stdout}")
    return done.stdout.splitlines()


def spans(line: str) -> Iterator[Span]:
    """The pieces of a line between its escape sequences."""
    column, start = 0, 0
    codes: tuple[str, ...] = ()
    for match in [*_ESCAPE.finditer(line), None]:
        text = line[start : match.start() if match else len(line)]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            yield Span(column + lead, text.strip(), codes)
        column += len(text)
        if match:
            start = match.end()
            codes = () if match[1] in ("", "0") else tuple(match[1].split(";"))


def drawn(span: Span, y: float) -> str:
    """A piece as SVG; its width is fixed, so that columns stand in line in any font."""
    style = ""
    for code in span.codes:
        if code == "1":
            style += ' font-weight="bold"'
        elif code in COLOURS:
            style += f' fill="{COLOURS[code]}"'
    x = MARGIN + span.column * CHARACTER
    width = len(span.text) * CHARACTER
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs"{style}>'
        f"{escape(span.text)}</text>"
    )


class Picture:
    """The lines drawn so far, and the style sheet that makes them appear in time."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.appearances: list[tuple[str, float]] = []
        self.typed: list[tuple[str, float, int]] = []
        self.scrolls: list[tuple[float, int]] = [(0.0, 0)]
        self.rows = 0
        self.time = 0.0  # the picture is never empty: the first prompt is there from the beginning

    def type(self, command: str) -> None:
        """Draw a prompt, and a command that is written letter by letter."""
        y = self.rows * LINE
        prompt, name = f"p{len(self.appearances)}", f"t{len(self.typed)}"
        self.appear(prompt, [drawn(Span(0, "$", ("1", "32")), y)], 1)
        self.body.append(f'<g class="{name}">{drawn(Span(2, command, ("1",)), y)}</g>')
        self.time += THINKING
        self.typed.append((name, self.time, len(command)))
        self.time += len(command) * TYPING + PAUSE

    def show(self, lines: list[str]) -> None:
        """Draw what a command printed; it appears at once."""
        first = self.rows
        pieces = [
            drawn(span, (first + number) * LINE) for number, line in enumerate(lines) for span in spans(line)
        ]
        self.appear(f"o{len(self.appearances)}", pieces, len(lines))

    def appear(self, name: str, pieces: list[str], rows: int) -> None:
        self.body.append(f'<g class="{name}">' + "\n".join(pieces) + "</g>")
        self.appearances.append((name, self.time))
        self.rows += rows
        self.scrolls.append((self.time, max(0, self.rows - ROWS)))

    def style(self) -> str:
        """Keyframes in parts of the whole, which repeats for ever."""
        total = self.time
        rules = []
        for name, at in self.appearances:
            part = 100 * at / total
            rules.append(f"@keyframes {name} {{ 0% {{ opacity: 0 }} {part:.2f}%, 100% {{ opacity: 1 }} }}")
            rules.append(f".{name} {{ animation: {name} {total:.2f}s step-end infinite }}")
        for name, at, length in self.typed:
            begin, end = 100 * at / total, 100 * (at + length * TYPING) / total
            rules.append(
                f"@keyframes {name} {{ 0%, {begin:.2f}% {{ clip-path: inset(-4px 100% -4px 0); "
                f"animation-timing-function: steps({length}) }} "
                f"{end:.2f}%, 100% {{ clip-path: inset(-4px 0 -4px 0) }} }}"
            )
            rules.append(f".{name} {{ animation: {name} {total:.2f}s linear infinite }}")
        steps = " ".join(
            f"{100 * at / total:.2f}% {{ transform: translateY({-rows * LINE:g}px) }}"
            for at, rows in self.scrolls
        )
        last = f"translateY({-self.scrolls[-1][1] * LINE:g}px)"
        rules.append(f"@keyframes scroll {{ {steps} 100% {{ transform: {last} }} }}")
        rules.append(f".scroll {{ transform: {last}; animation: scroll {total:.2f}s step-end infinite }}")
        rules.append("@media (prefers-reduced-motion: reduce) { * { animation: none !important } }")
        return "\n".join(rules)

    def svg(self) -> str:
        width = 2 * MARGIN + COLUMNS * CHARACTER
        height = BAR + ROWS * LINE + MARGIN
        dots = "".join(
            f'<circle cx="{20 + 20 * number}" cy="17" r="6" fill="{colour}"/>'
            for number, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
        )
        body = "\n".join(self.body)
        return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" \
height="{height:g}" role="img" aria-label="convbias-lint finds five redundant biases and fixes them">
<title>convbias-lint finds five redundant biases and fixes them</title>
<style>
text {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
font-size: 13px; fill: #e6edf3; white-space: pre }}
{_fills()}
{self.style()}
</style>
<rect width="{width:g}" height="{height:g}" rx="10" fill="#0d1117" stroke="#30363d"/>
{dots}
<svg x="0" y="{BAR:g}" width="{width:g}" height="{ROWS * LINE:g}">
<g class="scroll"><g transform="translate(0 13)">
{body}
</g></g>
</svg>
</svg>
"""


def _fills() -> str:
    """A style sheet wins over attributes: say the colours again, where it looks first."""
    return "\n".join(f'text[fill="{colour}"] {{ fill: {colour} }}' for colour in COLOURS.values())


def picture() -> str:
    """The recording as SVG."""
    drawing = Picture()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
        for scene in SCENES:
            drawing.type(scene.command)
            drawing.show(record(scene.command, folder))
            drawing.time += scene.hold
    return drawing.svg()


def main() -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
