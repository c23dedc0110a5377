"""Colours on a terminal, by hand: a library for it would cost more start-up time than all the rest."""

from __future__ import annotations

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


class Style:
    """Wraps text in colours, or leaves it alone."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, name: str, text: str) -> str:
        if not self._colour or not text:
            return text
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m"
