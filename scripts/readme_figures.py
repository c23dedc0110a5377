"""Put the measured figures into README.md: from docs/accuracy.md, docs/benchmarks.md and docs/worth-it.md.

Those pages are where figures are written, by hand or by the command that measures them; README shows the
few that matter most, between comments that name the region.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"

Table = list[list[str]]


def readme() -> str:
    """README.md with the figures of now."""
    text = README.read_text("utf-8")
    for region, made in (("accuracy", accuracy()), ("speed", speed()), ("worth", worth())):
        start, end = f"<!-- {region}:start -->\n", f"<!-- {region}:end -->"
        before, found_start, rest = text.partition(start)
        _, found_end, after = rest.partition(end)
        if not found_start or not found_end:
            raise SystemExit(f"README.md has no region `{region}`")
        text = f"{before}{start}{made}{end}{after}"
    return text


def accuracy() -> str:
    table = table_below(page("accuracy.md"), r"^# Accuracy$")
    last = 1 + table[0].index("False findings")
    return (
        "Measured against the gradients of the packages' own models, at each change of the project "
        "([how](docs/accuracy.md)):\n\n" + drawn([row[:last] for row in table])
    )


def speed() -> str:
    """Processor time of each tool, one column for each package."""
    text = page("benchmarks.md").partition("<!-- peers:start -->")[2].partition("<!-- peers:end -->")[0]
    packages = re.findall(r"^### ((\S+): .*)$", text, flags=re.M)
    if not packages:
        raise SystemExit("docs/benchmarks.md has no table of a package")
    columns = {name: table_below(text, f"^### {re.escape(heading)}$") for heading, name in packages}
    tools = list(
        dict.fromkeys(
            row[0] for table in columns.values() for row in table[1:] if "one process" not in row[0]
        )
    )
    rows = [["processor time", *(heading for heading, _ in packages)]]
    for tool in tools:
        taken = [{row[0]: row[1] for row in table[1:]}.get(tool, "") for table in columns.values()]
        rows.append([tool, *taken])
    return "Beside other linters, on the sources of real packages ([how](docs/benchmarks.md)):\n\n" + drawn(
        rows
    )


def worth() -> str:
    text = page("worth-it.md")
    sizes = table_below(text, r"^# Is it worth it\?$")
    times = {short(row[0]): row for row in table_below(text, r"^## Time of a training step$")[1:]}
    rows = [["network", "redundant biases", "of all parameters", "memory saved", "step time saved"]]
    for row in sizes[1:]:
        taken = times[short(row[0])]
        rows.append([row[0], row[1], row[3], row[4], f"{taken[4]} ({taken[5]})"])
    return (
        "Honestly: not for the speed, nor for the memory. What a training run saves, with the quartiles of\n"
        "paired steps ([how](docs/worth-it.md)):\n\n" + drawn(rows)
    )


def short(network: str) -> str:
    return network.split(",")[0]


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def table_below(text: str, heading: str) -> Table:
    """The first table below a heading: its cells, without the line of dashes."""
    found = re.search(heading, text, flags=re.M)
    if found is None:
        raise SystemExit(f"no heading {heading}")
    lines = re.search(r"(?:^\|.*\|\n)+", text[found.end() :], flags=re.M)
    if lines is None:
        raise SystemExit(f"no table below {heading}")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[0].splitlines()]
    return [rows[0], *rows[2:]]


def drawn(table: Table) -> str:
    """A table as Markdown, figures to the right."""
    head, *rows = table
    dashes = ["---", *["---:"] * (len(head) - 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in [head, dashes, *rows])
