"""What every format is made from."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Callable, NamedTuple, Optional

from convbias_lint import __version__
from convbias_lint.result import FileResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from convbias_lint.finding import Finding

Texts = Callable[[str, Optional[int]], Optional[str]]
"""The text that the rows of a file, or of a notebook's cell, count in; None where there is none."""


class Report(NamedTuple):
    """The outcome of a run, and how to show it.

    ``texts`` gives the text of a file for code frames; None reads it from disk.  ``unsafe_fixes`` says that
    unsafe fixes are wanted, ``would_fix`` that fixes were computed but not written (``--diff``).  ``summary``
    is the last line of the formats that people read.  ``from_files`` is False where a live model was audited:
    then ``results`` are the files with findings only.  ``show_fixes`` lists what was fixed in each file.
    """

    results: Sequence[FileResult]
    texts: Optional[Texts] = None
    cwd: str = ""
    colour: bool = False
    version: str = __version__
    unsafe_fixes: bool = False
    show_suppressed: bool = False
    statistics: bool = False
    show_fixes: bool = False
    would_fix: bool = False
    summary: bool = True
    from_files: bool = True

    def text(self, filename: str, cell: Optional[int] = None) -> Optional[str]:
        """What the rows of a file count in."""
        if self.texts is not None:
            return self.texts(filename, cell)
        from convbias_lint.reports.texts import read_text

        return read_text(self.absolute(filename), cell)

    def rows(self, filename: str, cell: Optional[int] = None) -> Sequence[str]:
        """The rows of a file without their line ends; none where its text cannot be had."""
        text = self.text(filename, cell)
        return () if text is None else _split(text)

    def absolute(self, filename: str) -> str:
        """The absolute name of a file; names such as ``<string>`` stay."""
        if filename.startswith("<") or filename == "-":
            return filename
        return os.path.normpath(os.path.join(self.cwd or os.getcwd(), filename))

    def relative(self, filename: str) -> str:
        """The name to show: relative where the file is below the current folder."""
        if not os.path.isabs(filename):
            return filename
        folder = self.cwd or os.getcwd()
        try:
            below = os.path.relpath(filename, folder)
        except ValueError:  # another drive
            return filename
        return filename if below.split(os.sep, 1)[0] == os.pardir else below

    def slashed(self, filename: str) -> str:
        """The name for services, which know one separator on every system."""
        return self.relative(filename).replace(os.sep, "/")

    def shown(self, result: FileResult) -> list[tuple[Finding, bool]]:
        """The findings of a file to show, in order, each with whether a comment silences it."""
        found = [(finding, False) for finding in result.findings]
        if self.show_suppressed and result.suppressed:
            found += [(finding, True) for finding in result.suppressed]
            found.sort(key=lambda pair: pair[0].sort_key)
        return found

    def nothing_to_show(self) -> bool:
        """Whether no file has a finding to show or an error; what was fixed is in the summary only."""
        return not any(
            result.findings or result.error is not None or (self.show_suppressed and result.suppressed)
            for result in self.results
        )

    def all_shown(self) -> Iterator[tuple[Finding, bool]]:
        """The findings of all files to show, in the order of the files."""
        for result in self.results:
            yield from self.shown(result)

    def errors(self) -> Iterator[tuple[str, str]]:
        """Name of, and one line on, each file that could not be checked."""
        for result in self.results:
            if result.error is not None:
                yield result.filename, result.error

    def fixable(self, finding: Finding) -> bool:
        """Whether ``--fix`` with the options of this run settles a finding."""
        return applicability(finding) in (("safe", "unsafe") if self.unsafe_fixes else ("safe",))

    def hidden_fix(self, finding: Finding) -> bool:
        """Whether only ``--unsafe-fixes``, which this run does not have, would settle a finding."""
        return not self.unsafe_fixes and applicability(finding) == "unsafe"


@lru_cache(maxsize=8)  # files with many findings are split once
def _split(text: str) -> Sequence[str]:
    return text.split("\n")


def in_cell(finding: Finding) -> str:
    """Cell and row of a finding in a notebook, behind the message where a format knows rows of files only."""
    return "" if finding.cell is None else f" (cell {finding.cell}, row {finding.start.row})"


def applicability(finding: Finding) -> Optional[str]:
    """How far the fix of a finding can be trusted; None where there is nothing to apply."""
    fix = finding.fix
    return None if fix is None or not fix.edits else fix.applicability.value
