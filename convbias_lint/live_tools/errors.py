"""The one exception that the tools raise on purpose."""

from __future__ import annotations


class ToolError(Exception):
    """Why a tool stops, in one line for the person who called it."""


class KerasModelFound(ToolError):
    """What was to be a PyTorch model is one of Keras, which has tools of its own."""

    def __init__(self, target: str, model: object) -> None:
        super().__init__(f"{target} builds a Keras model: save it as a .keras file and name that as OLD")
        self.model = model


def one_line(error: BaseException) -> str:
    """``error`` as a single line: its type and the first line of what it says."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
