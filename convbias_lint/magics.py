"""IPython's own syntax in notebook cells, hidden from the parser row by row, so that positions stay."""

from __future__ import annotations

import re
from typing import Optional

from convbias_lint.comments import scan

# Magics that run their body as Python in the notebook itself.
_PYTHON_CELLS = frozenset({"capture", "debug", "prun", "time", "timeit"})
_CELL_MAGIC = re.compile(r"\s*%%([\w.]+)")
_MAGIC = re.compile(r"[ \t]*(?:%{1,2}[A-Za-z_]|!|\?)")
_HELP = re.compile(r"[ \t]*%{0,2}[A-Za-z_][\w.*\[\]'\"]*\?{1,2}[ \t;]*$")
_ASSIGNED = re.compile(r"(?P<target>[ \t]*[^\s#=!%?\"'(][^#=!?\"'(]*=[ \t]*)(?:![^=]|%[A-Za-z_])")
_INSTALL = re.compile(r"[ \t]*(?:pip3?|conda|mamba)[ \t]+[a-z]")  # magics that need no percent sign
_MAYBE = re.compile(r"^[ \t]*(?:[%!?]|pip|conda|mamba)|\?[ \t;]*$|=[ \t]*[!%]", re.MULTILINE)


def masked(text: str) -> str:
    """``text`` of a cell as Python of as many rows; what is no Python becomes a call that says nothing."""
    if not _MAYBE.search(text):
        return text
    rows = text.split("\n")
    cell_magic = _first_code(rows)
    if cell_magic is not None:
        row, name = cell_magic
        if name not in _PYTHON_CELLS:
            return "\n".join("" for _ in rows)
        rows[row] = ""
    done = 0
    while done < len(rows):
        last = done
        replacement = _replacement(rows[done]) if _MAYBE.search(rows[done]) else None
        if replacement is not None and not scan("\n".join([*rows[:done], ""])).open:
            while rows[last].endswith("\\") and last + 1 < len(rows):
                last += 1
            rows[done : last + 1] = [replacement] + [""] * (last - done)
        done = last + 1
    return "\n".join(rows)


def _first_code(rows: list[str]) -> Optional[tuple[int, str]]:
    """Row and name of the cell magic that the cell begins with, if any."""
    for index, row in enumerate(rows):
        if row.strip():
            match = _CELL_MAGIC.match(row)
            return None if match is None else (index, match[1])
    return None


def _replacement(row: str) -> Optional[str]:
    """What stands for a row that is IPython's, or None for a row of Python."""
    indentation = row[: len(row) - len(row.lstrip())]
    if _MAGIC.match(row) or _HELP.match(row) or _INSTALL.match(row):
        return f"{indentation}get_ipython()"
    match = _ASSIGNED.match(row)
    return None if match is None else f"{match['target']}get_ipython()"
