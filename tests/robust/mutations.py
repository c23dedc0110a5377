"""Files that nobody wrote: real-looking model code with tokens lost, doubled, swapped and replaced."""

from __future__ import annotations

import ast
import json
import os
import random
import re
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "cases"
CORPORA = "CONVBIAS_LINT_CORPORA"
"""The environment variable that names more folders of sources to mutate, as PATH does."""

_MARKS = re.compile(r"[ \t]*# (?:expect|silent|gap|run):[^\r\n]*")
_OUTPUT = re.compile(r"^# output(?:\r\n|\r|\n)", re.MULTILINE)
_TOKEN = re.compile(
    r"\r\n|\n[ \t]*|\r|[ \t\f]+|#[^\n\r]*|[^\W\d]\w*|\d[\w.]*|'[^'\n]*'|\"[^\"\n]*\"|\W|.", re.DOTALL
)
_NAME = re.compile(r"[^\W\d]\w*\Z")
_WORDS = (
    "self", "nn", "None", "True", "False", "x", "bias", "if", "else", "for", "in", "lambda", "not", "return",
    "yield", "await", "del", "global", "class", "def", "while", "try", "except", "with", "match", "import",
    "nn.Conv2d", "nn.BatchNorm2d", "nn.Identity", "nn.Sequential", "nn.ModuleList", "super", "norm_layer",
    "forward", "__init__", "__call__", "range", "zip", "enumerate", "getattr", "setattr", "functools.partial",
    "0", "-1", "1", "10**9", "1e400", "''", "()", "[]", "{}", "...", "*", "**", ":=", ":", ",", "(", ")",
    "[", "]", "\n", "\n    ", "\n        ", "\\\n", "# noqa", "\f", "\t", "\0", "\ufeff", "\u2028",
    "f'{x}'", "'''", ";", "@",
)  # fmt: skip


def seeds(folders: Sequence[Path] = ()) -> list[str]:
    """Model files: the cases, and what ``folders`` hold."""
    own = [
        # What a case becomes when it is fixed would be a second class of the same name.
        _OUTPUT.split(_MARKS.sub("", path.read_bytes().decode()))[0]
        for path in sorted(CASES.rglob("*.py"))
    ]
    others = [
        data.decode("utf-8", "replace")
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        for data in [path.read_bytes()]
        if len(data) < 12_000 and b"Conv" in data and b"Norm" in data
    ]
    return own + others


def named_corpora() -> list[Path]:
    return [Path(name) for name in os.environ.get(CORPORA, "").split(os.pathsep) if name]


def _parses(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


class Mutator:
    """Makes files out of seeds; the same chance makes the same files."""

    def __init__(self, texts: Sequence[str], chance: random.Random) -> None:
        self.chance = chance
        self.tokens = [_TOKEN.findall(text) for text in texts]
        self.ways: tuple[Callable[[list[str]], None], ...] = (
            self._delete, self._double, self._swap, self._swap_names, self._swap_names, self._swap_names,
            self._take_from_another, self._word, self._delete_line, self._delete_line, self._double_line,
            self._swap_lines, self._swap_lines, self._rename, self._rename, self._truncate,
        )  # fmt: skip

    def text(self) -> str:
        """A text; most of them parse, for what does not parse reaches little of the linter."""
        for _ in range(self.chance.choice((1, 4, 4))):
            text = self._mutated()
            if _parses(text):
                break
        return text

    def _mutated(self) -> str:
        tokens = list(self.chance.choice(self.tokens))
        for _ in range(self.chance.choice((1, 1, 2, 3, 6))):
            if tokens:
                self.chance.choice(self.ways)(tokens)
        return "".join(tokens)

    def file(self) -> tuple[str, bytes]:
        """A name and the content of a file of any kind, sometimes with bytes that are no text."""
        chance = self.chance
        kind = chance.choices(("m.py", "m.pyi", "m.ipynb", "m.md", "m.rst"), (80, 2, 8, 6, 4))[0]
        text = self.text()
        if kind == "m.ipynb":
            rows = text.splitlines(keepends=True)
            at = chance.randrange(len(rows) + 1)
            cells = [{"cell_type": "code", "source": part} for part in (rows[:at], rows[at:])]
            text = json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}, indent=1)
        elif kind == "m.md":
            text = f"# Page\n\n```python\n{text}\n```\n"
        elif kind == "m.rst":
            text = "Page\n\n.. code-block:: python\n\n" + "".join(f"    {row}\n" for row in text.split("\n"))
        data = text.encode("utf-8", "surrogatepass")
        if chance.random() < 0.1:
            data = self._bytes(bytearray(data))
        newline = chance.choices((b"\n", b"\r\n", b"\r"), (90, 7, 3))[0]
        return f"/nowhere/{kind}", data if newline == b"\n" else data.replace(b"\n", newline)

    def _bytes(self, data: bytearray) -> bytes:
        for _ in range(self.chance.randint(1, 5)):
            start = self.chance.randrange(len(data) + 1)
            end = start + self.chance.choice((0, 0, 1, 2, 40))
            data[start:end] = bytes(self.chance.randrange(256) for _ in range(self.chance.randint(0, 4)))
        return bytes(data)

    def _place(self, tokens: list[str]) -> int:
        return self.chance.randrange(len(tokens))

    def _delete(self, tokens: list[str]) -> None:
        start = self._place(tokens)
        del tokens[start : start + self.chance.choice((1, 1, 2, 5))]

    def _double(self, tokens: list[str]) -> None:
        start = self._place(tokens)
        length = self.chance.choice((1, 1, 3, 30))
        tokens[start:start] = tokens[start : start + length] * self.chance.choice((1, 1, 1, 20))

    def _swap(self, tokens: list[str]) -> None:
        one, other = self._place(tokens), self._place(tokens)
        tokens[one], tokens[other] = tokens[other], tokens[one]

    def _swap_names(self, tokens: list[str]) -> None:
        """Most of what this makes still parses, and means something else."""
        names = [place for place, token in enumerate(tokens) if _NAME.match(token)]
        if names:
            one, other = self.chance.choice(names), self.chance.choice(names)
            tokens[one], tokens[other] = tokens[other], tokens[one]

    def _rename(self, tokens: list[str]) -> None:
        """All uses of one name become another one."""
        names = sorted({token for token in tokens if _NAME.match(token)})
        if names:
            old, new = self.chance.choice(names), self.chance.choice(names)
            tokens[:] = [new if token == old else token for token in tokens]

    def _take_from_another(self, tokens: list[str]) -> None:
        other = self.chance.choice(self.tokens)
        if other:
            start = self._place(other)
            place = self._place(tokens)
            tokens[place:place] = other[start : start + self.chance.choice((1, 5, 80))]

    def _word(self, tokens: list[str]) -> None:
        tokens[self._place(tokens)] = self.chance.choice(_WORDS)

    def _truncate(self, tokens: list[str]) -> None:
        if self.chance.random() < 0.3:
            del tokens[self._place(tokens) :]

    def _lines(self, tokens: list[str]) -> list[tuple[int, int]]:
        """Where the lines start and end; each starts with its newline and indentation."""
        starts = [place for place, token in enumerate(tokens) if token.startswith("\n")]
        return list(zip(starts, [*starts[1:], len(tokens)]))

    def _delete_line(self, tokens: list[str]) -> None:
        lines = self._lines(tokens)
        if lines:
            start, end = self.chance.choice(lines)
            del tokens[start:end]

    def _double_line(self, tokens: list[str]) -> None:
        lines = self._lines(tokens)
        if lines:
            start, end = self.chance.choice(lines)
            tokens[start:start] = tokens[start:end]

    def _swap_lines(self, tokens: list[str]) -> None:
        """Two lines of the same indentation change places."""
        lines = self._lines(tokens)
        if lines:
            start, end = self.chance.choice(lines)
            same = [line for line in lines if tokens[line[0]] == tokens[start] and line[0] > start]
            if same:
                first, last = self.chance.choice(same)
                tokens[start:last] = [*tokens[first:last], *tokens[end:first], *tokens[start:end]]
