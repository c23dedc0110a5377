"""Whether and how to write for a terminal."""

from __future__ import annotations

import os
from typing import TextIO


def colour_wanted(stream: TextIO) -> bool:
    """Whether to colour what goes to ``stream``: https://no-color.org, https://force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def bold(text: str, colour: bool) -> str:
    return f"\033[1m{text}\033[0m" if colour else text


def cyan(text: str, colour: bool) -> str:
    return f"\033[36m{text}\033[0m" if colour else text
