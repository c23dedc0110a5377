"""Colours on a terminal, by hand: a library for it would cost more start-up time than all the rest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Optional, TextIO

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "green": "1;32",
    "yellow": "1;33",
    "blue": "1;34",
    "cyan": "36",
    "removed": "31",
    "added": "32",
}


def colour_asked() -> Optional[bool]:
    """What the environment asks for (https://no-color.org, https://force-color.org); None for nothing."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR", "0") not in ("", "0") else None


def colour_wanted(stream: TextIO) -> bool:
    """Whether to colour what goes to ``stream``: as the environment asks, else on a terminal."""
    asked = colour_asked()
    return stream.isatty() and os.environ.get("TERM") != "dumb" if asked is None else asked


class Style:
    """Wraps text in colours, or leaves it alone."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, name: str, text: str) -> str:
        if not self.colour or not text:
            return text
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m"
