"""Run the tests on other Pythons, each in a fresh environment.

    python scripts/test_pythons.py python3.9 python3.13

PyTorch is left out unless ``--torch`` is given, and with it the tests of live models: it is large, and the
linter does not need it.  What follows ``--`` goes to pytest.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIVE = re.compile(r"(?:torch|safetensors)\b")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pythons", nargs="+", metavar="PYTHON", help="an interpreter: python3.9, or a path")
    parser.add_argument("--torch", action="store_true", help="install PyTorch and run its tests too")
    parser.add_argument("--keep", type=Path, help="folder for the environments, kept and used again")
    words = sys.argv[1:]
    rest = words[words.index("--") + 1 :] if "--" in words else []
    args = parser.parse_args(words[: words.index("--")] if "--" in words else words)
    failed = []
    with tempfile.TemporaryDirectory() as temporary:
        for number, python in enumerate(args.pythons):
            place = (args.keep or Path(temporary)) / f"{number}-{Path(python).name}"
            if not _passes(python, place, args.torch, rest):
                failed.append(python)
    print(f"Failed on {', '.join(failed)}." if failed else "Passed on all.")
    return 1 if failed else 0


def _passes(python: str, place: Path, torch: bool, rest: list[str]) -> bool:
    """Whether the tests pass on one interpreter."""
    interpreter = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not interpreter.exists():
        subprocess.run([python, "-m", "venv", os.fspath(place)], check=True)
        install = [os.fspath(interpreter), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, *_needed(torch)], check=True)
    version = subprocess.run(
        [os.fspath(interpreter), "--version"], capture_output=True, text=True, check=True
    )
    print(f"=== {version.stdout.strip()}", flush=True)
    environment = {**os.environ, "KERAS_BACKEND": "torch", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("CI", None)  # where a test that cannot run is a failure
    command = [os.fspath(interpreter), "-m", "pytest", "-q", "-p", "no:cacheprovider", *rest]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def _needed(torch: bool) -> list[str]:
    """What the tests need, as ``pyproject.toml`` lists it; the project itself from here."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = text.partition("\ndev = [\n")[2].partition("\n]")[0]
    needed = []
    for one in re.findall(r'^ *"([^"]+)",', listed, re.MULTILINE):
        if one.startswith("convbias-lint["):
            needed += ["-e", f"{ROOT}{one.removeprefix('convbias-lint')}"]
        elif torch or not LIVE.match(one):
            needed.append(one)
    return needed


if __name__ == "__main__":
    sys.exit(main())
