"""What linting one file gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Optional

if TYPE_CHECKING:
    from convbias_lint.finding import Finding


class FileResult(NamedTuple):
    """The outcome for one file.

    ``findings`` are those of enabled rules that no comment silences, ``suppressed`` those that one does,
    ``fixed`` those that fixing settled, all with positions as the reader counts them.  ``error`` is one
    line that says why the file could not be checked.  ``dependencies`` are the absolute paths of other
    files that the result depended on; ``new_data`` is the fixed file, if fixing changed it.
    """

    filename: str
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    error: Optional[str] = None
    dependencies: tuple[str, ...] = ()
    fixed: tuple[Finding, ...] = ()
    new_data: Optional[bytes] = None

    def named(self, filename: str) -> FileResult:
        """The same result for the same file under another name."""
        if filename == self.filename:
            return self
        return self._replace(
            filename=filename,
            findings=tuple(_named(finding, filename) for finding in self.findings),
            suppressed=tuple(_named(finding, filename) for finding in self.suppressed),
            fixed=tuple(_named(finding, filename) for finding in self.fixed),
        )


def _named(finding: Finding, filename: str) -> Finding:
    from dataclasses import replace

    related = tuple(
        replace(step, filename=filename) if step.filename == finding.filename else step
        for step in finding.related
    )
    return replace(finding, filename=filename, related=related)
