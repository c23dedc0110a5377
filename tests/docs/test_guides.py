"""The guides are true: their files are written, their commands run, what comes out is what they show."""

from __future__ import annotations

import re

import guides
import pytest

# Rounding differs between processors, and Adam makes much of the rounding in a gradient that should be zero.
_ROUNDING = re.compile(r"\d(?:\.\d+)?e[+-]\d+|(?<=by at most )\d[\d.]*\d")


@pytest.mark.parametrize("name", guides.GUIDES)
def test_guide(name: str, request: pytest.FixtureRequest) -> None:
    if name in guides.NEED_TORCH:
        request.getfixturevalue("needs_torch")
    text = (guides.ROOT / name).read_text(encoding="utf-8")
    assert _ROUNDING.sub("#", guides.rewritten(text)) == _ROUNDING.sub("#", text)


def test_no_session_is_left_out() -> None:
    """A guide with sessions is one of those that are run; that of Keras has a test of its own."""
    docs = guides.ROOT / "docs"
    pages = [guides.ROOT / "README.md", *docs.rglob("*.md")]
    names = {
        page.relative_to(guides.ROOT).as_posix()
        for page in pages
        if "node_modules" not in page.parts and "```console" in page.read_text(encoding="utf-8")
    }
    assert names - {"docs/keras.md"} == set(guides.GUIDES)


def test_other_output_is_noticed() -> None:
    text = "```console\n$ echo one; echo two\n...\nthree\n```\n"
    assert guides.rewritten(text) == "```console\n$ echo one; echo two\none\ntwo\n```\n"
    abridged = "```console\n$ echo one; echo two\n...\ntwo\n```\n"
    assert guides.rewritten(abridged) == abridged
