"""Where the report goes, and in which colours."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Optional, TextIO

from convbias_lint.config import Settings
from convbias_lint.discovery import Target
from convbias_lint.result import FileResult

MIGRATE = "Checkpoints saved before still hold the biases removed; `convbias-lint migrate` carries them over."


def show(
    args: argparse.Namespace,
    settings: Settings,
    results: Sequence[FileResult],
    contents: Optional[dict[str, bytes]] = None,
    stream: Optional[TextIO] = None,
    nothing: Optional[str] = None,
) -> None:
    """Render the report and put it where it belongs; ``nothing`` is what to say if there is nothing."""
    from convbias_lint.reports import TEXT_FORMATS, render
    from convbias_lint.reports.report import Report

    format_ = settings.output_format
    human = format_ in TEXT_FORMATS
    empty = not any(result.findings or result.error for result in results)
    if human and empty and args.quiet:
        emit(args, "", stream)
        return
    if human and empty and nothing is not None and not any(result.fixed for result in results):
        emit(args, nothing, stream)
        return
    texts = None
    if contents:
        from convbias_lint.reports.texts import HeldTexts

        texts = HeldTexts(contents)
    report = Report(
        results,
        texts=texts,
        cwd=os.getcwd(),
        colour=human and coloured(args, stream or sys.stdout),
        unsafe_fixes=settings.unsafe_fixes,
        show_suppressed=args.show_suppressed,
        statistics=args.statistics,
        show_fixes=args.show_fixes,
        summary=not args.quiet,
    )
    emit(args, render(format_, report), stream)
    if not human:
        _migrate_hint(results)


def emit(args: argparse.Namespace, text: str, stream: Optional[TextIO] = None) -> None:
    """Write text to the output file if there is one, else to a stream."""
    if args.output_file:
        from convbias_lint.writing import write_text

        write_text(args.output_file, text)
        return
    if args.silent:
        return
    (stream or sys.stdout).write(text)


def show_files(targets: Sequence[Target]) -> None:
    """Write the names of files, byte for byte for other programs; on a terminal they must not steer it."""
    if sys.stdout.isatty():
        from convbias_lint.reports.escapes import printable

        sys.stdout.write("".join(f"{printable(target.path)}\n" for target in targets))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(b"".join(os.fsencode(target.path) + b"\n" for target in targets))


def coloured(args: argparse.Namespace, stream: TextIO) -> bool:
    """Whether to write colours: as asked, else as NO_COLOR and FORCE_COLOR say, else on a terminal."""
    if args.color != "auto":
        return bool(args.color == "always")
    from convbias_lint.reports.style import colour_asked, colour_wanted

    if args.output_file and colour_asked() is None:
        return False
    return colour_wanted(stream)


def harmless(diff: str) -> str:
    """A diff to look at: what it shows of a file must not steer the terminal, tabs stay as they are."""
    from convbias_lint.reports.escapes import printable

    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in diff.split("\n"))


def coloured_diff(text: str) -> str:
    """A unified diff in the colours that Git gives it."""
    from convbias_lint.reports.style import Style

    style = Style(True)
    names = {"---": "bold", "+++": "bold", "@@ ": "cyan"}
    lines = []
    for line in text.split("\n"):
        name = names.get(line[:3]) or {"-": "removed", "+": "added"}.get(line[:1])
        lines.append(line if name is None else style(name, line))
    return "\n".join(lines)


def _migrate_hint(results: Sequence[FileResult]) -> None:
    """Formats for people say this in their summary; for the others it must not disturb the output."""
    from convbias_lint.reports.summary import REDUNDANT

    if any(finding.code.startswith(REDUNDANT) for result in results for finding in result.fixed):
        sys.stderr.write(f"{MIGRATE}\n")
