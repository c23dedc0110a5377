"""``--baseline`` and ``--update-baseline``: findings that were there before do not count."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from typing import Optional

from convbias_lint.baseline import Baseline, Sorted, load
from convbias_lint.messages import complain
from convbias_lint.reports.summary import counted
from convbias_lint.reports.texts import HeldTexts
from convbias_lint.result import FileResult
from convbias_lint.writing import write_text

DEFAULT_FILE = "convbias-lint-baseline.json"


def apply_baseline(
    args: argparse.Namespace, results: Sequence[FileResult], contents: Mapping[str, bytes]
) -> list[FileResult]:
    """The results without the findings that the baseline knows; updates it if that is asked for."""
    path = args.baseline or DEFAULT_FILE
    baseline = _load(path, may_be_missing=args.update_baseline)
    held = HeldTexts(contents)

    def text_of(filename: str, cell: Optional[int]) -> str:
        return held(filename, cell) or ""

    findings = [finding for result in results for finding in result.findings]
    checked = [result.filename for result in results if result.error is None]
    if args.update_baseline:
        updated = baseline.updated(findings, text_of, checked)
        write_text(path, updated.dump())
        if not args.quiet:
            complain(path, f"{counted(sum(updated.entries.values()), 'finding')} known now.")
        return [result._replace(findings=()) for result in results]
    sorted_ = baseline.sort(findings, text_of, checked)
    if not args.quiet:
        _tell(path, sorted_)
    new = {id(finding) for finding in sorted_.new}
    return [
        result._replace(findings=tuple(finding for finding in result.findings if id(finding) in new))
        for result in results
    ]


def _load(path: str, may_be_missing: bool) -> Baseline:
    try:
        return load(path)
    except FileNotFoundError:
        if may_be_missing:
            return Baseline(os.path.dirname(os.path.abspath(path)))
        raise FileNotFoundError(2, "no such baseline; --update-baseline writes one", path) from None


def _tell(path: str, sorted_: Sorted) -> None:
    if sorted_.known:
        complain(path, f"{counted(len(sorted_.known), 'finding')} left out, known before.")
    for entry in sorted_.stale:
        complain(path, f"stale, nothing matches it any more: {entry.code} {entry.file}: {entry.source}")
    if sorted_.stale:
        complain(path, "--update-baseline removes what is stale.")
