"""What a run found, in the format that a reader or a tool wants: one file per format.

``render`` imports only the format asked for; nothing else is imported here, for the names of the
formats are asked for before the command line is read.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from convbias_lint.reports.report import Report

FORMATS = (
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "junit",
    "github",
    "gitlab",
    "azure",
    "pylint",
    "rdjson",
    "sarif",
    "lsp",
    "html",
)
TEXT_FORMATS = ("full", "concise", "grouped")
"""The formats that people read on a terminal: coloured, and with a summary."""
STATISTICS_FORMATS = (*TEXT_FORMATS, "json")
"""The formats that ``--statistics`` has."""


def render(format: str, report: Report) -> str:
    """``report`` as text that UTF-8 can encode; it ends with a newline unless it is empty."""
    if format not in FORMATS:
        raise ValueError(f"unknown format `{format}`: choose one of {', '.join(FORMATS)}")
    if format in TEXT_FORMATS and report.nothing_to_show():
        from convbias_lint.reports.summary import summary  # most runs of a linter end here: be quick

        return summary(report)
    if report.statistics and format in STATISTICS_FORMATS:
        from convbias_lint.reports import statistics

        return statistics.render(report, as_json=format == "json")
    from importlib import import_module

    module = import_module(f"{__name__}.{format.replace('-', '_')}")
    text: str = vars(module)["render"](report)
    return text
