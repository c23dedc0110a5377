"""Text from files, made harmless: nothing in it can steer a terminal, break a line or break UTF-8.

File names and sources are the user's, or an attacker's: they may hold escape sequences, newlines,
characters that reverse the reading order, and halves of characters (names that are no UTF-8).
"""

from __future__ import annotations

import re
import unicodedata

# Controls, line separators, what reverses the reading order, and lone surrogates.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LONE = re.compile("[\ud800-\udfff]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
TAB = 4


def encodable(text: str) -> str:
    """``text`` without lone surrogates: bytes of a file name that are no UTF-8 show as ``\\xff``."""
    return _LONE.sub(_escaped, text)


def printable(text: str) -> str:
    """``text`` on one line, with every character that could do harm as a visible escape."""
    return _HARMFUL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in _NAMED:
        return _NAMED[character]
    point = ord(character)
    if 0xDC80 <= point <= 0xDCFF:  # a byte that could not be decoded
        point -= 0xDC00
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"


def cells(text: str, column: int = 0) -> list[tuple[str, int]]:
    """Each character of a row of source as it is shown, with how many columns of a terminal it takes.

    ``column`` is where the row starts, for its tabs.
    """
    found = []
    for character in text:
        if character == "\t":
            shown = " " * (TAB - column % TAB)
            width = len(shown)
        elif _HARMFUL.match(character):
            shown, width = _picture(character), 1
        else:
            shown, width = character, character_width(character)
        found.append((shown, width))
        column += width
    return found


def width(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    return sum(map(character_width, text))


def character_width(character: str) -> int:
    if character < "\u0300":  # the quick way for nearly all source
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _picture(character: str) -> str:
    """One column that stands for a character that must not be printed."""
    if character < " ":
        return chr(0x2400 + ord(character))
    return "\u2421" if character == "\x7f" else "\ufffd"
