"""Make what is made of docs/ and README.md: ``python scripts/build_docs.py``; ``--check`` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

import readme_figures
import reference_pages
import shift_diagrams
import terminal_recording


def made() -> dict[Path, str]:
    """Every generated file and its text."""
    return {
        **reference_pages.pages(),
        **shift_diagrams.pictures(),
        terminal_recording.TARGET: terminal_recording.picture(),
        readme_figures.README: readme_figures.readme(),
    }


def stale(wanted: dict[Path, str]) -> list[Path]:
    """The files that are not as ``wanted``, and pages of rules that are no more."""
    left_over = [path for path in (reference_pages.DOCS / "rules").glob("*.md") if path not in wanted]
    return left_over + [
        path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    wanted = made()
    changed = stale(wanted)
    if "--check" in arguments:
        for path in changed:
            print(f"{path}: out of date, run `python scripts/build_docs.py`")
        return 1 if changed else 0
    for path in changed:
        if path not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
