"""The comments of a text, and which rows belong together; on any Python, of any text, broken or not.

The standard library's tokenizer knows only the syntax of the Python that runs it and gives up at errors;
here only strings, comments and brackets matter, which all versions share.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from convbias_lint.finding import Position


class Comment(NamedTuple):
    """A comment: ``text`` from the ``#`` on; ``alone`` when nothing but blanks stands before it."""

    row: int
    column: int
    text: str
    alone: bool

    @property
    def start(self) -> Position:
        return Position(self.row, self.column)

    @property
    def end(self) -> Position:
        return Position(self.row, self.column + len(self.text))


class Scan(NamedTuple):
    """What one reading of a text shows.

    ``joined`` maps each row whose line end is escaped or inside a string to the row where that ends.
    ``depth`` is the deepest nesting of brackets; ``open`` says whether the text ends inside of something.
    """

    comments: tuple[Comment, ...]
    joined: dict[int, int]
    depth: int
    open: bool


_CODE = re.compile(
    r"""
      (?P<plain>(?:[^\W\d]\w*(?![\w"']) | \d\w* | [^\w\#"'()\[\]{}\n\\:])+)
    | (?P<comment>\#[^\n]*)
    | (?P<string>[A-Za-z]{0,2}(?:\"\"\"|'''|"|'))
    | (?P<newline>\\?\n)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<other>\w+|.)
    """,
    re.VERBOSE,
)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What matters inside a string: its possible end, escapes, line ends, and replacement fields.
_TEXT = {
    (quote, formatted): re.compile(rf"[{quote}\\\n{'{}' if formatted else ''}]")
    for quote in "\"'"
    for formatted in (False, True)
}


class _String:
    """A string that is open.

    ``inside`` is the way down into an f-string's replacement fields: ``{`` a field, ``(`` a bracket in it,
    ``:`` the field's format, which is text again and may hold more fields.
    """

    __slots__ = ("formatted", "inside", "quote", "row")

    def __init__(self, quote: str, formatted: bool, row: int) -> None:
        self.quote = quote
        self.formatted = formatted
        self.row = row
        self.inside = ""


def scan(text: str) -> Scan:
    """Read ``text``, whose rows end in ``\\n``, once."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.comments: list[Comment] = []
        self.joined: dict[int, int] = {}
        self.row, self.row_start = 1, 0
        self.depth = self.deepest = 0
        self.strings: list[_String] = []
        self.escaped = False

    def run(self) -> Scan:
        offset, length = 0, len(self.text)
        while offset < length:
            if not self.strings:
                offset = self._code(offset)
            elif self.strings[-1].inside.endswith(("{", "(")):
                offset = self._field(offset, self.strings[-1])
            else:
                offset = self._string(offset, self.strings[-1])
        is_open = bool(self.depth or self.strings or self.escaped)
        return Scan(tuple(self.comments), self._merged(), self.deepest, is_open)

    def _code(self, offset: int) -> int:
        match = _CODE.match(self.text, offset)
        assert match is not None  # the last alternatives take anything
        kind = match.lastgroup
        if kind in ("plain", "other"):
            self.escaped = False
        elif kind == "open":
            self._deeper(1)
        elif kind == "close":
            self.depth = max(0, self.depth - 1)
        else:
            self._common(kind, match[0], offset)
        return match.end()

    def _field(self, offset: int, string: _String) -> int:
        """One step in a replacement field, where brackets count for the field alone."""
        match = _CODE.match(self.text, offset)
        assert match is not None
        kind = match.lastgroup
        if kind == "open":
            string.inside += "("
            self._deeper(0)
        elif kind == "close":
            string.inside = string.inside[:-1]
        elif match[0] == ":" and string.inside.endswith("{"):
            string.inside += ":"
        elif kind not in ("plain", "other"):
            self._common(kind, match[0], offset)
        return match.end()

    def _common(self, kind: object, found: str, offset: int) -> None:
        if kind == "comment":
            alone = not self.text[self.row_start : offset].strip()
            self.comments.append(Comment(self.row, offset - self.row_start + 1, found, alone))
        elif kind == "string":
            quote = found.lstrip(_LETTERS)
            prefix = found[: -len(quote)].lower()
            self.strings.append(_String(quote, "f" in prefix or "t" in prefix, self.row))
        else:
            self.escaped = found[0] == "\\"
            if self.escaped:
                self.joined[self.row] = self.row + 1
            self._newline(offset + len(found))

    def _string(self, offset: int, string: _String) -> int:
        text = self.text
        match = _TEXT[string.quote[0], string.formatted].search(text, offset)
        if match is None:
            return len(text)
        char, after = match[0], match.end()
        if char == "\\":
            following = text[after : after + 1]
            if following == "\n":
                self._newline(after + 1)
            return after if following in ("{", "}") else after + 1
        if char == "\n":
            if len(string.quote) == 1:  # never closed: go on behind it, as editors do
                self.strings.clear()
            self._newline(after)
        elif char == "{":
            if text.startswith("{", after) and not string.inside:
                return after + 1
            string.inside += "{"
            self._deeper(0)
        elif char == "}":
            string.inside = string.inside[:-2]
        elif text.startswith(string.quote, match.start()):
            self.strings.pop()
            for row in range(string.row, self.row):
                self.joined[row] = self.row
            return match.start() + len(string.quote)
        return after

    def _deeper(self, by: int) -> None:
        self.depth += by
        self.deepest = max(self.deepest, self.depth + sum(len(string.inside) for string in self.strings))

    def _newline(self, start: int) -> None:
        self.row += 1
        self.row_start = start

    def _merged(self) -> dict[int, int]:
        """Each joined row with the last row of the whole chain."""
        merged: dict[int, int] = {}
        for row in sorted(self.joined, reverse=True):
            last = self.joined[row]
            merged[row] = merged.get(last, last)
        return merged
