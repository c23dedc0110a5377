"""A few thousand made-up files in each run, always the same; ``pytest --long`` makes it a hundred thousand.

``python tests/robust/fuzz.py`` does the same without pytest, with figures on the way.
"""

from __future__ import annotations

import os
import random
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import hypothesmith
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from mutations import Mutator, named_corpora, seeds
from promises import Promises

CORPUS = Path(__file__).with_name("corpus")
TRIGGER = b"\nimport torch.nn as nn\nnn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))\n"
"""Without a layer and a norm a file is not even parsed."""


def long(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--long"))


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_what_once_failed(path: Path) -> None:
    """Each file was an input that broke a promise; its name is the linted one and ``.txt``."""
    Promises().check(path.read_bytes(), f"/nowhere/{path.stem}")


def test_mutated_models(request: pytest.FixtureRequest) -> None:
    count = 100_000 if long(request) else 6000
    promises = Promises(formats_each=10)
    mutator = Mutator(seeds(named_corpora() if long(request) else ()), random.Random())
    for number in range(count):
        mutator.chance.seed(f"convbias-lint {number}")
        name, data = mutator.file()
        try:
            promises.check(data, name)
        except Exception as error:
            raise AssertionError(f"input {number}: {error}\n{data!r}") from error
    # Or the mutations destroy so much that nothing is tested.
    assert promises.counts["fixed files"] > count / 50
    assert promises.counts["syntax errors"] < count / 2


def test_random_bytes(request: pytest.FixtureRequest) -> None:
    chance = random.Random("bytes")
    promises = Promises(formats_each=10)
    for _ in range(20_000 if long(request) else 500):
        name = chance.choice(["m.py", "m.pyi", "m.ipynb", "m.md", "m.rst"])
        noise = bytes(chance.randrange(256) for _ in range(chance.randint(0, 200)))
        promises.check(chance.choice([noise, noise + TRIGGER, TRIGGER + noise]), f"/nowhere/{name}")


@given(st.text(max_size=300))
@settings(max_examples=150, derandomize=True, deadline=None, database=None)
def test_any_text(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for name in ("m.py", "m.md", "m.ipynb"):
        Promises().check(data + TRIGGER, f"/nowhere/{name}")


def test_any_program(request: pytest.FixtureRequest) -> None:
    """Programs of the whole grammar, with a model behind them."""
    promises = Promises(formats_each=10)
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

    @given(hypothesmith.from_node() | hypothesmith.from_grammar())
    @settings(
        max_examples=3000 if long(request) else 40,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=checks,
    )
    def programs(text: str) -> None:
        promises.check(text.encode("utf-8", "surrogatepass") + TRIGGER)

    programs()
    assert promises.counts["fixed files"] > 0


def _installed() -> Iterator[Path]:
    places = sysconfig.get_paths()
    for place in sorted({places["stdlib"], places["platstdlib"], places["purelib"], places["platlib"]}):
        yield from sorted(Path(place).rglob("*.py"))


def test_every_installed_file(request: pytest.FixtureRequest) -> None:
    """The standard library and all that is installed: as it is, and with a model behind it to be parsed."""
    paths = [path for path in _installed() if path.is_file()]
    if not long(request):
        paths = [path for path in paths if path.stat().st_size < 30_000]
        paths = random.Random("installed").sample(paths, min(60, len(paths)))
    promises = Promises(formats_each=50)
    for path in paths:
        data = path.read_bytes()
        for content in (data, data + TRIGGER):
            try:
                promises.check(content, os.fspath(path))
            except AssertionError as error:
                raise AssertionError(f"{path}: {error}") from error
    assert promises.counts["inputs"] == 2 * len(paths)
