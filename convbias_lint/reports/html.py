"""One page to look at: what was found, what it costs, and what each fix changes.

The page needs no network and nothing beside it.  All that comes from files is escaped; should anything
slip through all the same, the page's own policy lets only its own style and script run.
"""

from __future__ import annotations

import base64
import hashlib
import pkgutil
from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from convbias_lint.reports.escapes import printable
from convbias_lint.reports.page.card import card
from convbias_lint.reports.report import Report
from convbias_lint.reports.summary import REDUNDANT, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convbias_lint.finding import Finding
    from convbias_lint.result import FileResult

_TRAINING_BYTES = 16
"""Memory that a float32 parameter takes while training with Adam: value, gradient, two averages."""

_MANY = 200
"""Findings from which on the browser lays out only those in view."""


def render(report: Report) -> str:
    style, script = _asset("page.css"), _asset("page.js")
    files = [result for result in report.results if report.shown(result) or result.error is not None]
    body = "".join([_top(report), _files(report, files), *(_file(report, f, n) for n, f in enumerate(files))])
    many = ' class="many"' if sum(1 for _ in report.all_shown()) > _MANY else ""
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(_headline(report))} – convbias-lint</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n<main{many}>\n{body}</main>\n"
        f"<footer>convbias-lint {escape(report.version)}</footer>\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _top(report: Report) -> str:
    """Title, the figures that matter, and the rules to filter by."""
    found = [finding for result in report.results for finding in result.findings]
    codes = Counter(finding.code for finding, _ in report.all_shown())
    names = {finding.code: finding.name for finding, _ in report.all_shown()}
    chips = "".join(
        f'<button type="button" class="chip" aria-pressed="true" data-code="{code}"'
        f' title="{escape(names[code])}">'
        f"{code} <b>{codes[code]:,}</b></button>"
        for code in sorted(codes)
    )
    return (
        '<header class="top"><p class="logo" aria-hidden="true">W·x <s>+ b</s></p>'
        f"<h1>{escape(_headline(report))}</h1>"
        '<button type="button" id="theme" hidden>Dark</button></header>\n'
        f"{_figures(report, found)}\n"
        + (f'<nav class="chips" aria-label="Rules" hidden>{chips}</nav>\n' if len(codes) > 1 else "")
    )


def _headline(report: Report) -> str:
    """The first sentence of the summary, without what is said elsewhere on the page."""
    first = summary(report._replace(colour=False, summary=True)).split("\n", 1)[0]
    if first.startswith("Found"):
        first = first.split(" (", 1)[0].split(" in ", 1)[0]
    return first.rstrip(".")


def _figures(report: Report, found: Sequence[Finding]) -> str:
    """The tiles below the title."""
    redundant = [finding for finding in found if finding.code.startswith(REDUNDANT)]
    parameters = sum(finding.parameters or 0 for finding in redundant)
    fixable = sum(map(report.fixable, found))
    hidden = sum(map(report.hidden_fix, found))
    files = sum(1 for result in report.results if result.findings)
    checked = f"of {len(report.results):,} checked" if report.from_files else "of the model"
    tiles = [("files", f"{files:,}", checked)]
    if parameters:
        some = any(finding.parameters is None for finding in redundant)
        tiles.append(("parameters", f"{'≥ ' * some}{parameters:,}", "that change no output"))
        tiles.append(("while training", _size(parameters * _TRAINING_BYTES), "with Adam in float32"))
    if found:
        more = f"{hidden:,} more with --unsafe-fixes" if hidden else f"of {len(found):,}"
        tiles.append(("fixable with --fix", f"{fixable:,}", more))
    cells = "".join(
        f"<div><dt>{name}</dt><dd><b>{value}</b> <span>{note}</span></dd></div>"
        for name, value, note in tiles
    )
    return f'<dl class="figures">{cells}</dl>'


def _files(report: Report, files: Sequence[FileResult]) -> str:
    """The table of files with what each would save."""
    if len(files) < 2:
        return ""
    savings = [sum(finding.parameters or 0 for finding in result.findings) for result in files]
    most = max(savings)
    rows = []
    for number, (result, saving) in enumerate(zip(files, savings)):
        share = 100 * saving / most if most else 0
        bar = f'<svg class="bar" aria-hidden="true"><rect width="{share:.1f}%" height="100%" rx="3"/></svg>'
        rows.append(
            f'<tr><td><a href="#file-{number}">{_name(report, result)}</a></td>'
            f'<td data-value="{len(result.findings)}">{len(result.findings):,}</td>'
            f'<td data-value="{saving}">{_saving(result)}</td><td>{bar}</td></tr>'
        )
    heads = "".join(
        f'<th aria-sort="none"><button type="button">{head}</button></th>'
        for head in ("File", "Findings", "Parameters saved")
    )
    table = f"<thead><tr>{heads}<th></th></tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<table class="files">{table}</table>\n'


def _saving(result: FileResult) -> str:
    """How many parameters a file would save, as far as that is known."""
    counts = [finding.parameters for finding in result.findings if finding.code.startswith(REDUNDANT)]
    known = [count for count in counts if count is not None]
    if not known:
        return "unknown" if counts else "–"
    return f"{'≥ ' * (len(known) < len(counts))}{sum(known):,}"


def _file(report: Report, result: FileResult, number: int) -> str:
    cards = "\n".join(card(report, finding, silenced) for finding, silenced in report.shown(result))
    error = "" if result.error is None else f'<p class="unreadable">{escape(printable(result.error))}</p>'
    known = any(finding.parameters for finding in result.findings)
    note = f"<span>{_saving(result)} parameters</span>" if known else ""
    return (
        f'<details class="file" id="file-{number}" open>'
        f"<summary><h2>{_name(report, result)}</h2>{note}</summary>\n"
        f"{error}{cards}</details>\n"
    )


def _name(report: Report, result: FileResult) -> str:
    """The path of a file, which may be broken behind each folder."""
    return escape(printable(report.relative(result.filename))).replace("/", "/<wbr>")


def _size(count: int) -> str:
    """Bytes in the unit that reads best."""
    size = float(count)
    for unit in ("B", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 10 else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"


def _asset(name: str) -> str:
    data = pkgutil.get_data("convbias_lint.reports.page", name)
    assert data is not None
    return data.decode("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
