"""What ``--fix``, ``--diff`` and ``--add-noqa`` do once all files are checked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from convbias_lint.contents import fingerprint, read
from convbias_lint.discovery import Target, reason
from convbias_lint.messages import complain
from convbias_lint.project import Outcome
from convbias_lint.reports.summary import counted
from convbias_lint.result import FileResult
from convbias_lint.writing import Changed, replace, tidy_end


def write_fixes(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Write the fixed files; a file that cannot be written is an outcome with an error."""
    with tidy_end():
        return [outcome if outcome.result.new_data is None else _written(outcome) for outcome in outcomes]


def _written(outcome: Outcome) -> Outcome:
    result = outcome.result
    assert result.new_data is not None
    assert outcome.fingerprint is not None
    try:
        replace(outcome.target.path, result.new_data, outcome.fingerprint)
    except (Changed, OSError) as error:
        why = str(error) if isinstance(error, Changed) else f"not fixed: {reason(error)}"
        return outcome._replace(result=FileResult(outcome.target.path, error=why))
    return outcome


def diffs(outcomes: Iterable[Outcome]) -> Iterable[str]:
    """The difference that fixing would make to each file. Raises OSError."""
    from convbias_lint.diffs import unified_diff

    for outcome in outcomes:
        result = outcome.result
        if result.new_data is not None:
            yield unified_diff(read(outcome.target.path), result.new_data, result.filename)


def add_noqa(targets: Sequence[Target], text: str) -> int:
    """Silence all findings with comments; returns the exit status."""
    from convbias_lint.examine import silence
    from convbias_lint.linter import place_of, worth_a_look
    from convbias_lint.source import SourceError

    added = files = failures = 0
    with tidy_end():
        for target in targets:
            try:
                data = read(target.path)
                if not worth_a_look(data, target.path, target.settings.layers) or target.outside is not None:
                    continue
                new_data, count = silence(data, place_of(target.path), target.settings, text)
                if count and new_data != data:
                    replace(target.path, new_data, fingerprint(data))
                    added, files = added + count, files + 1
            except (OSError, Changed, SourceError) as error:
                failures += 1
                complain(target.path, reason(error))
    places = f" in {counted(files, 'file')}" if files else ""
    sys.stderr.write(f"Silenced {counted(added, 'finding')}{places}.\n")
    return 2 if failures else 0
