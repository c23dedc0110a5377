"""One file in, findings out.

Most files of a project hold no layer: for them nothing is imported and nothing is parsed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Optional

from convbias_lint.gate import may_hold_findings
from convbias_lint.result import FileResult

if TYPE_CHECKING:
    from typing import Literal

    from convbias_lint.config import Settings
    from convbias_lint.finding import Finding

    FixMode = Literal["off", "safe", "unsafe"]

# A file without layers can still hold a suppression that silences nothing.
_SUPPRESSIONS = (rb"CB\d", rb"convbias-lint\s*:")
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def lint_bytes(
    data: bytes, filename: str, settings: Settings, *, fix: FixMode = "off", ignore_noqa: bool = False
) -> FileResult:
    """Lint the content of one file; with ``fix``, also make the file that its fixes lead to.

    This never raises: what goes wrong with a file is the ``error`` of its result.
    """
    if not worth_a_look(data, filename, settings.layers):
        return FileResult(filename)
    try:
        from convbias_lint.examine import examine
        from convbias_lint.source import SourceError

        try:
            return examine(data, filename, settings, fix=fix, ignore_noqa=ignore_noqa)
        except SourceError as error:
            return FileResult(filename, error=str(error))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # one file must never end the run; a panic of LibCST is no Exception
        return FileResult(filename, error=internal_error(error))


def lint_source(text: str, path: str = "<string>", settings: Optional[Settings] = None) -> list[Finding]:
    """The findings in ``text``, the content of a file named ``path``, in order.

    Raises ValueError if ``text`` cannot be read as the kind of file that ``path`` names.
    """
    if settings is None:
        from convbias_lint.config import Settings

        settings = Settings()
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{path}: U+{ord(text[error.start]):04X} is half a character") from None
    result = lint_bytes(data, place_of(path), settings).named(path)
    if result.error is not None:
        raise ValueError(f"{path}: {result.error}")
    return list(result.findings)


def place_of(path: str) -> str:
    """The absolute path, by which the analysis finds what a file imports; names such as ``<string>`` stay."""
    return path if not path or path.startswith("<") else os.path.abspath(path)


def worth_a_look(data: bytes, filename: str, own: Iterable[str] = ()) -> bool:
    """Whether there can be anything to say about a file; a broken notebook is always worth a line.

    ``own`` are the names of the layers that the configuration declares.
    """
    return (
        may_hold_findings(data, own)
        or any(re.search(pattern, data) for pattern in _SUPPRESSIONS)
        or data.startswith(_WIDE_TEXT)
        or filename.endswith(".ipynb")
    )


def internal_error(error: BaseException) -> str:
    """One line on an error that is ours, with the place in our code where it happened."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = ""
    if frame is not None:
        file = frame.tb_frame.f_code.co_filename.replace("\\", "/").rsplit("/", 1)[-1]
        place = f" at {file}:{frame.tb_lineno}"
    text = " ".join(str(error).split())
    return f"internal error, please report: {type(error).__name__}{place}{': ' if text else ''}{text[:300]}"
