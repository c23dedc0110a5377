"""What the editor shows, as the linter takes it: a file's name and bytes, and where its rows are."""

from __future__ import annotations

import json
import os
from typing import NamedTuple, Optional
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import Workspace

from convbias_lint.discovery import PYTHON
from convbias_lint.lsp.positions import Rows
from convbias_lint.source import is_document


class Cell(NamedTuple):
    """One text of a document: the whole of a file, or a cell of a notebook."""

    uri: str
    version: Optional[int]
    rows: Rows


class Document(NamedTuple):
    """A document as it was at one moment.

    ``cells`` are by number, from 1; a plain file has one, under None.
    """

    uri: str
    filename: str
    version: Optional[int]
    data: bytes
    cells: dict[Optional[int], Cell]

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "surrogatepass")

    def number_of(self, uri: str) -> Optional[int]:
        """Which cell has ``uri``."""
        return next((number for number, cell in self.cells.items() if cell.uri == uri), None)


def document_at(workspace: Workspace, uri: str) -> Optional[Document]:
    """The document that ``uri`` (of a file, a notebook or one of its cells) is in, if it is open and ours."""
    notebook = workspace.get_notebook_document(notebook_uri=uri) or workspace.get_notebook_document(
        cell_uri=uri
    )
    if notebook is not None:
        return _notebook(workspace, notebook)
    found = workspace.text_documents.get(unquote(uri))
    if found is None:
        return None
    uri = found.uri  # as the client writes it, whoever asks
    filename = _filename(uri, found.language_id)
    if filename is None:
        return None
    rows = Rows(found.source, encoding_of(workspace))
    data = found.source.encode("utf-8", "surrogatepass")
    return Document(uri, filename, found.version, data, {None: Cell(uri, found.version, rows)})


def rows_of_file(workspace: Workspace, filename: str) -> tuple[str, Rows]:
    """The URI and rows of another file that a finding leads to; as the editor shows it, if it does."""
    uri = from_fs_path(filename) or filename
    try:
        return uri, Rows(workspace.get_text_document(uri).source, encoding_of(workspace))
    except (OSError, UnicodeError):
        return uri, Rows("", encoding_of(workspace))


def path_of(uri: str) -> str:
    """The path of a file; what the editor calls it where it has not been saved yet."""
    if urlsplit(uri).scheme == "file":
        return to_fs_path(uri) or uri
    return os.path.abspath(os.path.basename(unquote(urlsplit(uri).path)) or "untitled")


def _filename(uri: str, language: Optional[str]) -> Optional[str]:
    path = path_of(uri)
    if path.endswith(PYTHON) or is_document(path):
        return path
    return f"{path}.py" if language == "python" else None


def _notebook(workspace: Workspace, notebook: types.NotebookDocument) -> Document:
    cells: dict[Optional[int], Cell] = {}
    written = []
    for number, cell in enumerate(notebook.cells, 1):
        shown = workspace.get_text_document(cell.document)
        is_code = cell.kind == types.NotebookCellKind.Code and shown.language_id in (None, "python")
        kind = "code" if is_code else "markdown"
        written.append({"cell_type": kind, "metadata": {}, "source": shown.source})
        cells[number] = Cell(cell.document, shown.version, Rows(shown.source, encoding_of(workspace)))
    data = json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    path = path_of(notebook.uri)
    filename = path if path.endswith(".ipynb") else f"{path}.ipynb"
    return Document(notebook.uri, filename, notebook.version, data.encode(), cells)


def encoding_of(workspace: Workspace) -> str:
    """What columns count, by its name in the protocol."""
    encoding = workspace.position_encoding
    return str(getattr(encoding, "value", encoding) or "utf-16")
