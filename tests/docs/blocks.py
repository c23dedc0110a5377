"""The fenced blocks, inline commands and titles of README and the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\S*)(?: title=\"(?P<title>[^\"]*)\")?\n(?P<text>.*?)^(?P=indent)```$",
    re.M | re.S,
)
_SPAN = re.compile(r"`(convbias-lint [^`]+)`")


class Block(NamedTuple):
    """A fenced block; ``place`` says where its text begins."""

    page: str
    place: str
    language: str
    title: str
    text: str


def pages() -> list[Path]:
    """All pages that a reader may see."""
    docs = (page for page in (ROOT / "docs").rglob("*.md") if "node_modules" not in page.parts)
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")]
    return [*top, *sorted(docs)]


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks() -> Iterator[Block]:
    for page in pages():
        text = page.read_text(encoding="utf-8")
        for found in _FENCE.finditer(text):
            row = text.count("\n", 0, found.start("text")) + 1
            yield Block(
                _name(page),
                f"{_name(page)}:{row}",
                found["language"],
                found["title"] or "",
                found["text"],
            )


def fences() -> int:
    """How many lines open or close a block."""
    return sum(len(re.findall(r"^ *```", page.read_text("utf-8"), re.M)) for page in pages())


def spoken_commands() -> Iterator[tuple[str, str]]:
    """Commands within the prose, and the page that says them."""
    for page in pages():
        prose = _FENCE.sub("", page.read_text(encoding="utf-8"))
        for command in _SPAN.findall(prose):
            yield _name(page), " ".join(command.split())
