"""Bytes to text and back: encodings, line ends, and edits that touch nothing else."""

from __future__ import annotations

import codecs

import pytest

from convbias_lint.finding import Edit, Position
from convbias_lint.rows import Rows
from convbias_lint.source import SourceError, encoding_of, open_source


def edited(data: bytes, *edits: tuple[int, int, int, int, str]) -> bytes:
    """``data`` with edits given as (row, column, end row, end column, content)."""
    made = [Edit(Position(a, b), Position(c, d), content) for a, b, c, d, content in edits]
    return open_source(data, "m.py").edited({0: made})


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"x = 1\n", "utf-8"),
        (b"", "utf-8"),
        (codecs.BOM_UTF8 + b"x = 1\n", "utf-8-sig"),
        (codecs.BOM_UTF8 + b"# -*- coding: utf-8 -*-\n", "utf-8-sig"),
        (b"# -*- coding: utf8 -*-\n", "utf-8"),
        (b"# -*- coding: latin-1 -*-\n", "iso8859-1"),
        (b"#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\n", "cp1252"),
        (b"\f# coding=koi8-r\r\nx = 1\r\n", "koi8-r"),
        (b"# a\r# coding: latin-1\r", "iso8859-1"),
    ],
)
def test_encoding_is_found_as_python_finds_it(data: bytes, encoding: str) -> None:
    assert encoding_of(data) == encoding


@pytest.mark.parametrize(
    "data",
    [
        b"x = 1\n# coding: latin-1\n",
        b"#\n#\n# coding: latin-1\n",
        b"x = '# coding: latin-1'\n",
    ],
    ids=["code in the first row", "third row", "in a string"],
)
def test_comments_elsewhere_declare_no_encoding(data: bytes) -> None:
    assert encoding_of(data) == "utf-8"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x = 1\ny = '\xe9'\n", "not UTF-8: byte 0xe9 in row 2; save it as UTF-8"),
        (b"a\rb\r\xff", "not UTF-8: byte 0xff in row 3; save it as UTF-8"),
        (b"# coding: ascii\nx = '\xe9'\n", "not ascii: byte 0xe9 in row 2"),
        (b"# coding: klingon\n", "unknown encoding `klingon`"),
        (b"# coding: utf-16\n", "declares `utf-16`, in which no Python source can be written"),
        (b"# coding: base64\n", "declares `base64`, in which no Python source can be written"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "declares `latin-1` but begins with the mark of UTF-8"),
        ("x = 1\n".encode("utf-16"), "UTF-16 text, which Python does not read; save it as UTF-8"),
        (codecs.BOM_UTF16_BE + b"\0x", "UTF-16 text, which Python does not read; save it as UTF-8"),
        ("x = 1\n".encode("utf-32"), "UTF-32 text, which Python does not read; save it as UTF-8"),
        (b"x = 1\r\ny = '\0'\n", "NUL byte in row 2, which Python does not read"),
    ],
)
def test_what_python_cannot_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(data, "m.py")
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb\r", "a\nb\n"),
        (b"a\r\nb\nc\rd", "a\nb\nc\nd"),
        (b"a\r\r\nb", "a\n\nb"),
        (b"a\fb\x0bc\x1cd\n", "a\fb\x0bc\x1cd\n"),
        ("a\u2028b\x85c\n".encode(), "a\u2028b\x85c\n"),
    ],
)
def test_only_the_line_ends_of_python_end_rows(data: bytes, text: str) -> None:
    assert open_source(data, "m.py").units == (text,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"f(\r\n  1,\r\n)\r\n", b"f(\r\n  1,\r\n  b=0,\r\n)\r\n"),
        (b"f(\r  1,\r)\r", b"f(\r  1,\r  b=0,\r)\r"),
        (b"f(\n  1,\n)", b"f(\n  1,\n  b=0,\n)"),
        (b"f(\n  1,\r\n)\n", b"f(\n  1,\r\n  b=0,\n)\n"),
    ],
    ids=["\\r\\n", "\\r", "no final newline", "mixed"],
)
def test_new_rows_end_as_the_rows_around_them(before: bytes, after: bytes) -> None:
    assert edited(before, (3, 1, 3, 1, "  b=0,\n")) == after


@pytest.mark.parametrize(
    "prefix",
    [
        b"",
        codecs.BOM_UTF8,
        "s = '\U0001f600 \u00e9'\r\n".encode(),
        b"# coding: latin-1\ns = '\xe9\xff'\r",
        b"# coding: cp1252\ns = '\x80'\r\n",
        b"# coding: shift_jis\ns = '\x83\x5c\x83\x5c'\n",
        b"\f\n\tif x:\r\n\t\ty\x0b\r",
    ],
)
def test_edits_leave_every_other_byte(prefix: bytes) -> None:
    data = prefix + b"conv(1, 2)  # \t end"
    row = len(Rows(data.decode("latin-1")))
    fixed = edited(data, (row, 10, row, 10, ", bias=False"))
    assert fixed == prefix + b"conv(1, 2, bias=False)  # \t end"


def test_columns_count_code_points() -> None:
    data = "x = '\U0001f600', f(1)".encode()
    assert edited(data, (1, 13, 1, 13, ", b")) == "x = '\U0001f600', f(1, b)".encode()


def test_several_edits_in_any_order() -> None:
    assert edited(b"abc\r\ndef\r\n", (2, 1, 2, 2, "D"), (1, 4, 1, 4, "!"), (1, 1, 1, 2, "")) == (
        b"bc!\r\nDef\r\n"
    )


def test_a_row_can_go_with_its_line_end() -> None:
    assert edited(b"a\r\nb\r\nc", (2, 1, 3, 1, "")) == b"a\r\nc"


def test_no_edit_changes_nothing() -> None:
    data = codecs.BOM_UTF8 + "\r\r\n\t\f\U0001f600".encode()
    assert edited(data) == data


def test_what_the_encoding_lacks_is_not_written() -> None:
    with pytest.raises(SourceError, match="the fix cannot be written in `iso8859-1`"):
        edited(b"# coding: latin-1\nx", (2, 1, 2, 1, "\u4e00"))


def test_a_stateful_encoding_that_would_be_rewritten_is_refused() -> None:
    # Two escapes where one would do: written back, the first would vanish.
    data = b"# coding: iso2022_jp\nx = '\x1b$B$\"\x1b(B\x1b$B$\"\x1b(B'\n"
    with pytest.raises(SourceError, match="without changing other bytes"):
        edited(data, (2, 1, 2, 1, "y = "))
