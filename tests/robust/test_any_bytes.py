"""Whatever a file holds, linting and fixing it ends in a result, and a fix changes only what it says."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest

from convbias_lint.config import Settings
from convbias_lint.linter import lint_bytes

MODEL = b"""\
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 8, 3),  # a comment
            nn.BatchNorm2d(8),
            nn.Conv2d(
                8,
                8,
                3,
            ),
            nn.BatchNorm2d(8), nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.body(x)
"""
FIXED = MODEL.replace(b"(3, 8, 3)", b"(3, 8, 3, bias=False)").replace(
    b"                3,\n            )", b"                3,\n                bias=False,\n            )"
)


def fixed(data: bytes, filename: str = "m.py") -> bytes:
    result = lint_bytes(data, filename, Settings(), fix="safe")
    assert result.error is None
    assert [finding.message for finding in result.findings] == []
    return data if result.new_data is None else result.new_data


def variants(model: bytes) -> dict[str, bytes]:
    """``model`` as other editors on other systems would have saved it."""
    return {
        "as it is": model,
        "no final newline": model.rstrip(b"\n"),
        "carriage return and newline": model.replace(b"\n", b"\r\n"),
        "carriage return": model.replace(b"\n", b"\r"),
        "mixed": model.replace(b",\n", b",\r\n").replace(b"nn\n", b"nn\r"),
        "mark": b"\xef\xbb\xbf" + model,
        "mark and carriage returns": b"\xef\xbb\xbf" + model.replace(b"\n", b"\r\n"),
        "tabs": model.replace(b"    ", b"\t"),
        "form feeds": model.replace(b"\n\n", b"\n\f\n"),
        "latin-1": b"# -*- coding: latin-1 -*-\n# \xe9\xff\x85\n" + model,
        "cp1252": b"#!/usr/bin/python\n# vim: fileencoding=cp1252\ns = '\x80\x99'\n" + model,
        "emoji": "s = '\U0001f600\u200d\U0001f525', '\u2028\x85\x0b\x1c'\n".encode() + model,
        "emoji on the row": model.replace(b"  # a comment", "  # \U0001f600 e\u0301".encode()),
        "wide names": model.replace(b"body", "k\u00f6rper\u4e00".encode()),
        "odd blanks": model.replace(b"Conv2d(3, 8, 3)", b"Conv2d (  3 ,8,3 )"),
    }


@pytest.mark.parametrize("name", variants(MODEL))
def test_fixing_changes_just_the_calls(name: str) -> None:
    expected = variants(FIXED)[name]
    if name == "odd blanks":
        expected = expected.replace(b"Conv2d(3, 8, 3, bias=False)", b"Conv2d (  3 ,8,3, bias=False )")
    assert fixed(variants(MODEL)[name]) == expected
    assert fixed(expected) == expected


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (MODEL + b"s = '\xe9'\n", "not UTF-8: byte 0xe9 in row 20; save it as UTF-8"),
        (MODEL + b"\0", "NUL byte in row 20, which Python does not read"),
        (b"# coding: nonsense\n" + MODEL, "unknown encoding `nonsense`"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_alone(data: bytes, error: str) -> None:
    result = lint_bytes(data, "m.py", Settings(), fix="unsafe")
    assert (result.error, result.new_data, result.findings) == (error, None, ())


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "x = " + "(" * 5000 + ")" * 5000,
        "x = " + "[" * 300 + "]" * 300,
        "x = f" + "'{" * 400 + "1" + "}'" * 400,
        "\n" * 50 + "f(" * 250 + ")" * 250,
    ],
    ids=["never closed", "closed", "lists", "strings", "calls"],
)
def test_brackets_nested_too_deeply_are_a_syntax_error_and_no_crash(text: str) -> None:
    """In a process of its own: LibCST's parser overflows the stack on such text."""
    program = (
        "import sys; from convbias_lint.config import Settings; from convbias_lint.linter import lint_bytes\n"
        "result = lint_bytes(sys.stdin.buffer.read(), 'm.py', Settings())\n"
        "print(result.error, [finding.code for finding in result.findings])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], input=MODEL + text.encode(), capture_output=True, check=False
    )
    assert run.stdout.decode().strip() == "None ['CB900']", run.stderr.decode()


def test_brackets_in_strings_are_not_nesting() -> None:
    data = MODEL + b"s = '" + b"(" * 5000 + b"'\n# " + b"[" * 5000
    assert fixed(data).startswith(FIXED)


@pytest.mark.parametrize("filename", ["m.py", "m.pyi", "n.ipynb", "page.md", "page.rst"])
def test_random_bytes_never_raise(filename: str) -> None:
    source = random.Random(filename)
    notebook = json.dumps(
        {"nbformat": 4, "cells": [{"cell_type": "code", "source": MODEL.decode().splitlines(keepends=True)}]},
        indent=1,
    ).encode()
    whole = {"n.ipynb": notebook, "page.md": b"```python\n" + MODEL + b"```\n"}.get(filename, MODEL)
    for _ in range(600):
        data = bytearray(whole)
        for _ in range(source.randint(1, 6)):
            start = source.randrange(len(data))
            end = start + source.choice([0, 1, 1, 2, 30])
            data[start:end] = source.choice(
                [
                    b"",
                    source.randbytes(source.randint(0, 3)),
                    b"(",
                    b"'",
                    b'"""',
                    b"\\",
                    b"\r",
                    b"\xef\xbb\xbf",
                    b"{",
                    b"\n```\n",
                ]
            )
        result = lint_bytes(bytes(data), filename, Settings(), fix="unsafe")
        assert result.error is None or "internal error" not in result.error, (bytes(data), result.error)
        if result.new_data is not None:
            again = lint_bytes(result.new_data, filename, Settings(), fix="unsafe")
            assert again.new_data is None, bytes(data)
            before = {finding.code for finding in result.findings}
            assert before == {finding.code for finding in again.findings}, bytes(data)


def test_a_large_file_of_data_is_read_in_bounded_time() -> None:
    table = b"t = [\n" + b"    [1, 2, 3, 4, 5, 6, 7, 8],\n" * 4000 + b"]\n"
    assert fixed(MODEL + table) == FIXED + table
