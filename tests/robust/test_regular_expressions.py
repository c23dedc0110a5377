"""No text makes a regular expression of ours take more than time in proportion to its length.

Each expression is met with texts that repeat what it repeats, and end in what it does not expect: there a
search that tries again and again shows, with 2,000 characters already.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import convbias_lint

PACKAGE = Path(convbias_lint.__path__[0])
LENGTH = 2000
BOUND = 0.005
"""Seconds. A search in proportion takes some ten thousandths; one in proportion to the square a tenth."""


def _expressions() -> dict[str, re.Pattern[Any]]:
    """All compiled expressions of the package, by where they stand."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(convbias_lint.__path__, "convbias_lint."):
        if module.name.endswith("__main__") or ".torch_tools" in module.name or ".keras_tools" in module.name:
            continue  # they read what PyTorch and Keras say
        for name, value in vars(importlib.import_module(module.name)).items():
            values = value.values() if isinstance(value, dict) else [value]
            for number, one in enumerate(values):
                if isinstance(one, re.Pattern):
                    found[f"{module.name.partition('.')[2]}.{name}{number or ''}"] = one
    return found


EXPRESSIONS = _expressions()


def _texts(pattern: str, chance: random.Random) -> Iterator[str]:
    """Texts that an expression may find hard."""
    words = sorted(set(re.findall(r"[A-Za-z_]{2,}|\\?.", pattern)), key=len)
    pieces = {word.lstrip("\\") for word in words} | set("ab1_. \t,:=()[]{}'\"#\\@%!?-\n")
    pieces = {piece for piece in pieces if piece}
    pumps = [*pieces, *(one + other for one, other in itertools.product(sorted(pieces), repeat=2))]
    chance.shuffle(pumps)
    for pump in [*sorted(pieces), *pumps[:100]]:
        start = chance.choice(["", "", *sorted(pieces)])
        end = chance.choice(["", "\0", "!", "\n", "x", *sorted(pieces)])
        yield start + pump * (LENGTH // len(pump)) + end


@pytest.mark.parametrize("where", sorted(EXPRESSIONS))
def test_no_expression_tries_again_and_again(where: str) -> None:
    expression = EXPRESSIONS[where]
    pattern = (
        expression.pattern if isinstance(expression.pattern, str) else expression.pattern.decode("latin-1")
    )
    module, _, name = where.rpartition(".")
    source = PACKAGE.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    uses = re.findall(rf"\b{name.rstrip('0123456789')}(?:\[[^\]]*\])?\.(\w+)\(", source)
    starts_anywhere = not uses or set(uses) - {"match", "fullmatch"}
    use = (lambda one: sum(1 for _ in expression.finditer(one))) if starts_anywhere else expression.match
    slow = {}
    for text in _texts(pattern, random.Random(where)):
        subject: Any = text if isinstance(expression.pattern, str) else text.encode()
        took = _seconds(use, subject)
        if took > BOUND and min(_seconds(use, subject) for _ in range(5)) > BOUND:
            slow[text[:40]] = round(took, 4)
    assert not slow


def _seconds(use: Any, text: Any) -> float:
    start = time.process_time()
    use(text)
    return time.process_time() - start
