"""Bytes to the texts that are analysed, and edits of these texts back to bytes.

Three kinds of file hold Python: modules, notebooks and documents with code blocks.  Each is a `Source`:
its ``units`` are analysed one by one, every range in a unit has a `Span` in the file as people see it,
and `edited` changes nothing but what the edits say.
"""

from __future__ import annotations

import codecs
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Optional, Union

from convbias_lint.finding import Edit, Position
from convbias_lint.rows import Rows

UTF8_BOM = codecs.BOM_UTF8
_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# PEP 263: a comment on one of the first two lines, the first of which must hold no code.
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NO_CODE = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_DOCUMENTS = (".md", ".markdown", ".mdx", ".qmd", ".rst")


class SourceError(Exception):
    """The file cannot be read as source; the text is one line that says why, without the file's name."""


class Span(NamedTuple):
    """Where something is for the reader: the notebook cell, if any, and the range in it."""

    cell: Optional[int]
    start: Position
    end: Position


class Source(ABC):
    """One file: the texts to analyse, and the way back from them."""

    units: tuple[str, ...]

    @abstractmethod
    def span(self, unit: int, start: Position, end: Position) -> Span:
        """Where a range of a unit is in the file."""

    @abstractmethod
    def edited(self, edits: Mapping[int, Iterable[Edit]]) -> bytes:
        """The file with the edits of each unit made; they must be in order and not overlap."""

    @abstractmethod
    def shown(self, cell: Optional[int] = None) -> str:
        """The text that rows count in: the whole file's, or that of a notebook cell."""

    def parts(self, unit: int) -> tuple[tuple[int, int], ...]:
        """First and last row of the parts of a unit that must parse alone; most units are one part."""
        return ()


class ModuleSource(Source):
    """A Python file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._encoding = encoding_of(data)
        self._rows = Rows(decode(data, self._encoding))
        self.units = (self._rows.text,)

    def span(self, unit: int, start: Position, end: Position) -> Span:
        return Span(None, start, end)

    def edited(self, edits: Mapping[int, Iterable[Edit]]) -> bytes:
        return encode(self._rows.edited(edits.get(0, ())), self._rows.raw, self._data, self._encoding)

    def shown(self, cell: Optional[int] = None) -> str:
        return self._rows.text


def open_source(data: Union[bytes, str], filename: str) -> Source:
    """The source that ``filename`` says it is. Raises SourceError."""
    if isinstance(data, str):
        try:
            data = data.encode("utf-8")
        except UnicodeEncodeError as error:
            raise SourceError(f"lone surrogate U+{ord(error.object[error.start]):04X} is no text") from None
    lower = filename.lower()
    if lower.endswith(".ipynb"):
        from convbias_lint.notebook import NotebookSource

        return NotebookSource(data)
    if is_document(filename):
        from convbias_lint.markdown import DocumentSource

        return DocumentSource(data, restructured=lower.endswith(".rst"))
    return ModuleSource(data)


def is_document(filename: str) -> bool:
    """Whether a file is prose, with code in blocks that each stand alone."""
    return filename.lower().endswith(_DOCUMENTS)


def refusal(data: bytes) -> Optional[str]:
    """Why ``data`` can be no source at all, seen from its first bytes; None if it may be."""
    if data.startswith(_WIDE_MARKS):
        width = "32" if data.startswith(_WIDE_MARKS[:2]) else "16"
        return f"UTF-{width} text, which Python does not read; save it as UTF-8"
    return None


def encoding_of(data: bytes) -> str:
    """The encoding of a Python file by PEP 263. Raises SourceError."""
    marked = data.startswith(UTF8_BOM)
    cookie = _cookie(data[len(UTF8_BOM) :] if marked else data)
    if cookie is None:
        return "utf-8-sig" if marked else "utf-8"
    try:
        name = codecs.lookup(cookie).name
    except (LookupError, ValueError):
        raise SourceError(f"unknown encoding `{cookie}`") from None
    if name in ("utf-8", "utf-8-sig"):
        return "utf-8-sig" if marked else "utf-8"
    if marked:
        raise SourceError(f"declares `{cookie}` but begins with the mark of UTF-8")
    if not _reads_ascii(name):
        raise SourceError(f"declares `{cookie}`, in which no Python source can be written")
    return name


def decode(data: bytes, encoding: str) -> str:
    """The text of a file, byte-order mark left out. Raises SourceError."""
    reason = refusal(data)
    if reason is not None:
        raise SourceError(reason)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        row = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
        shown = "UTF-8" if encoding.startswith("utf-8") else encoding
        advice = "; save it as UTF-8" if shown == "UTF-8" else ""
        raise SourceError(f"not {shown}: byte 0x{data[error.start]:02x} in row {row}{advice}") from None
    if "\0" in text:
        row = len(re.findall(r"\r\n|\r|\n", text[: text.index("\0")])) + 1
        raise SourceError(f"NUL byte in row {row}, which Python does not read")
    return text


def encode(text: str, before: str, data: bytes, encoding: str) -> bytes:
    """``text`` in the encoding of ``data``, whose text was ``before``. Raises SourceError."""
    try:
        if before.encode(encoding) != data:
            raise SourceError(f"cannot be written back in `{encoding}` without changing other bytes")
        return text.encode(encoding)
    except UnicodeEncodeError:
        raise SourceError(f"the fix cannot be written in `{encoding}`") from None


def _cookie(data: bytes) -> Optional[str]:
    for line in re.split(rb"\r\n|\r|\n", data[:4096], maxsplit=2)[:2]:
        match = _COOKIE.match(line)
        if match is not None:
            return match[1].decode("ascii", "replace")
        if not _NO_CODE.match(line):
            return None
    return None


def _reads_ascii(encoding: str) -> bool:
    """Whether ASCII bytes are ASCII characters: true of all encodings that hold Python, not of UTF-16."""
    plain = bytes(range(32, 127)) + b"\n\t"
    try:
        return plain.decode(encoding) == plain.decode("ascii")
    except (UnicodeError, LookupError, AttributeError, TypeError, ValueError):
        return False
