"""``convbias-lint clean``: remove the cache."""

from __future__ import annotations

import argparse
import os
import sys

from convbias_lint.messages import complain

DESCRIPTION = "Remove the caches below the current folder, or below the folders named."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", help="folders to search (default: the current one)"
    )
    parser.add_argument("--quiet", "-q", action="store_true", help="say nothing")


def run(args: argparse.Namespace) -> int:
    from convbias_lint.cache import clear
    from convbias_lint.config_files import Finder
    from convbias_lint.reports.escapes import printable

    failed = False
    for path in args.paths or ["."]:
        if not os.path.isdir(path):
            complain(path, "no such folder")
            failed = True
            continue
        caches = set(_caches(path))
        configured = Finder().of_folder(os.path.abspath(path)).cache_dir
        if configured:
            caches.add(configured)
        for cache in sorted(caches):
            try:
                found = clear(cache)
            except OSError as error:
                complain(cache, error.strerror or str(error))
                failed = True
                continue
            if found and not args.quiet:
                sys.stdout.write(f"Removed {printable(cache)}\n")
    return 2 if failed else 0


def _caches(top: str) -> list[str]:
    """The folders below ``top`` that are called like a cache; links are not followed."""
    from convbias_lint.cache import FOLDER

    found = []
    for folder, names, _ in os.walk(top):
        place = os.path.normpath(os.path.join(folder, FOLDER))
        if FOLDER in names:
            names.remove(FOLDER)
            if not os.path.islink(place):
                found.append(place)
        names[:] = [name for name in names if name not in (".git", "node_modules")]
    return found
