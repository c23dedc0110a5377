"""What is uploaded: a wheel with the package and no more, that runs with what the base install brings."""

from __future__ import annotations

import email
import importlib.metadata
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement

from convbias_lint import __version__

ROOT = Path(__file__).resolve().parents[1]
NAME = f"convbias_lint-{__version__}"


class Built(NamedTuple):
    """What ``python -m build`` made."""

    sdist: Path
    wheel: Path

    def metadata(self) -> Message:
        with zipfile.ZipFile(self.wheel) as archive:
            return email.message_from_bytes(archive.read(f"{NAME}.dist-info/METADATA"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("dist")
    words = ["-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(folder / f"{NAME}.tar.gz", folder / f"{NAME}-py3-none-any.whl")


def test_twine_takes_both(built: Built) -> None:
    words = ["-m", "twine", "check", "--strict", str(built.sdist), str(built.wheel)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_holds_the_package_and_no_more(built: Built) -> None:
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "convbias_lint").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    notes = {
        f"{NAME}.dist-info/{name}"
        for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    }
    with zipfile.ZipFile(built.wheel) as archive:
        assert set(archive.namelist()) == package | notes
    assert {"convbias_lint/py.typed", "convbias_lint/schema.json"} <= package
    assert {Path(name).suffix for name in package} == {".py", ".json", ".css", ".js", ".typed"}


def test_the_sdist_holds_what_the_tests_and_the_site_need(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    assert {name.partition("/")[0] for name in names if "/" in name} == {
        *("convbias_lint", "tests", "docs", "examples", "scripts", "benchmarks")
    }
    assert {"pyproject.toml", "README.md", "mkdocs.yml", "docs/images/demo.svg", "tests/conftest.py"} <= names
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name]


def test_the_version_stands_in_one_place(built: Built) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert built.metadata()["Version"] == __version__
    said = [
        path.relative_to(ROOT).as_posix()
        for path in [ROOT / "pyproject.toml", *(ROOT / "convbias_lint").rglob("*.py")]
        if f'"{__version__}"' in path.read_text("utf-8")
    ]
    assert said == ["convbias_lint/__init__.py"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## (Unreleased|{re.escape(__version__)})", changelog, re.M)


def test_what_pypi_shows_leads_out_of_it(built: Built) -> None:
    description = built.metadata().get_payload()
    assert isinstance(description, str)
    links = re.findall(r"\]\(([^)]+)\)", description)
    assert len(links) > 15
    assert [link for link in links if not link.startswith("https://")] == []
    home = "https://convbias-lint.github.io/convbias-lint/"
    assert f"{home}images/demo.svg" in links
    for link in links:
        if link.startswith(home) and not link.endswith(".svg"):
            page = link[len(home) :].partition("#")[0].rstrip("/")
            sources = [ROOT / "docs" / f"{page}.md", ROOT / "docs" / page / "index.md"]
            assert any(source.is_file() for source in sources), link


# The base install


def wanted(texts: Iterable[str]) -> list[Requirement]:
    """The requirements that count here, without those of extras."""
    every = map(Requirement, texts)
    return [one for one in every if one.marker is None or one.marker.evaluate({"extra": ""})]


def test_the_base_install_is_small(built: Built) -> None:
    names = {one.name for one in wanted(built.metadata().get_all("Requires-Dist", []))}
    assert names - {"tomli"} == {"libcst", "pathspec"}
    assert ("tomli" in names) == (sys.version_info < (3, 11))


def closure(requirements: list[Requirement]) -> Iterator[importlib.metadata.Distribution]:
    """The distributions that an installer would bring."""
    seen: set[str] = set()
    while requirements:
        name = requirements.pop().name.lower()
        if name not in seen:
            seen.add(name)
            distribution = importlib.metadata.distribution(name)
            requirements += wanted(distribution.requires or [])
            yield distribution


def test_the_wheel_runs_with_the_base_install_alone(built: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(built.wheel) as archive:
        archive.extractall(site)
    for distribution in closure(wanted(built.metadata().get_all("Requires-Dist", []))):
        for top in {file.parts[0] for file in distribution.files or [] if ".." not in file.parts}:
            if not (site / top).exists():
                (site / top).symlink_to(Path(str(distribution.locate_file(top))))
    assert not (site / "torch").exists()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-S", "-m", "convbias_lint", *words],
            env={**os.environ, "PYTHONPATH": str(site), "COLUMNS": "80"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    found = run("--no-cache", str(ROOT / "examples"))
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout.splitlines()[-1].startswith("Found 5 redundant biases")
    assert run("--version").stdout == f"convbias-lint {__version__}\n"
    for extra, name in {"torch": "fold_batch_norm", "keras": "set_use_bias"}.items():
        imported = f"from convbias_lint.{extra}_tools import {name}"
        done = subprocess.run(
            [sys.executable, "-S", "-c", imported],
            env={**os.environ, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr.endswith(f": pip install 'convbias-lint[{extra}]'\n")
    for extra, words in {
        "lsp": ["server"],
        "torch": ["audit", "net.py:Net"],
        "keras": ["fold", "old.keras", "-o", "new.keras"],
        "watch": ["--watch"],
    }.items():
        refused = run(*words)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr.endswith(f"not installed: pip install 'convbias-lint[{extra}]'\n")
