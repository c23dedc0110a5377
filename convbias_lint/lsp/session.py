"""What the server knows of the open documents: their findings, and when to look again."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Iterable
from typing import NamedTuple, Optional

from lsprotocol import types
from pygls.workspace import Workspace

from convbias_lint.config import SYNTAX_ERROR, Settings
from convbias_lint.discovery import is_excluded
from convbias_lint.finding import Finding
from convbias_lint.lsp.diagnostics import SOURCE, diagnostics_of
from convbias_lint.lsp.documents import Document, document_at, path_of, rows_of_file
from convbias_lint.lsp.moved import moved
from convbias_lint.lsp.positions import Rows
from convbias_lint.lsp.settings import ClientSettings, SettingsOf
from convbias_lint.lsp.worker import Worker
from convbias_lint.result import FileResult


class Checked(NamedTuple):
    """What is said of a document: of this very text, or what is left of what was said before it."""

    document: Document
    findings: tuple[Finding, ...] = ()
    error: Optional[str] = None
    dependencies: tuple[str, ...] = ()


class Session:
    """The open documents, their settings and the process that lints them."""

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        self._workspace = workspace
        self.worker = Worker()
        self.settings = SettingsOf(ClientSettings())
        self._checked: dict[str, Checked] = {}
        self._good: dict[str, Checked] = {}
        """The last look at each document that parsed."""
        self._busy: dict[str, asyncio.Lock] = {}

    def configure(self, client: ClientSettings) -> None:
        """Take new settings of the client, and read configuration files again."""
        folders = (folder.uri for folder in self._workspace().folders.values())
        self.settings = SettingsOf(client, tuple(map(path_of, folders)))
        self._checked.clear()

    def document(self, uri: str) -> Optional[Document]:
        return document_at(self._workspace(), uri)

    def checked(self, document: Document) -> Optional[Checked]:
        """What is known of this very text."""
        known = self._checked.get(document.uri)
        return known if known is not None and known.document.data == document.data else None

    async def check(self, uri: str) -> Optional[Checked]:
        """Look at the document as it is now, unless that was done before; None where it is not ours.

        Raises CancelledError.
        """
        document = self.document(uri)
        if document is None:
            return None
        async with self._busy.setdefault(document.uri, asyncio.Lock()):
            document = self.document(uri)  # it may have changed while an older text was looked at
            if document is None:
                return None
            known = self.checked(document)
            if known is not None:
                return known._replace(document=document)
            settings = self.wanted(document.filename)
            if settings is None:
                found = Checked(document)
            else:
                found = self._sorted(
                    document, await self.worker.lint(document.data, document.filename, settings)
                )
            self._checked[document.uri] = found
            return found

    def wanted(self, filename: str) -> Optional[Settings]:
        """The settings of a document; None if it is not to be linted."""
        if not self.settings.client.enable:
            return None
        settings = self.settings.document(filename)
        return None if is_excluded(os.path.abspath(filename), settings) else settings

    def _sorted(self, document: Document, result: FileResult) -> Checked:
        """A result, or what the last good one says of the rows that it still holds for."""
        broken = any(finding.code == SYNTAX_ERROR for finding in result.findings)
        if not broken and result.error is None:
            found = Checked(document, result.findings, None, result.dependencies)
            self._good[document.uri] = found
            return found
        before = self._good.get(document.uri)
        if result.error is not None or before is None:
            return Checked(document, result.findings, result.error, result.dependencies)
        kept: list[Finding] = []
        for number, cell in document.cells.items():
            old = before.document.cells.get(number)
            if old is not None and old.uri == cell.uri:
                here = [finding for finding in before.findings if finding.cell == number]
                kept += moved(here, old.rows.rows, cell.rows.rows)
        return Checked(document, tuple(kept), None, before.dependencies)

    def diagnostics(self, checked: Checked) -> dict[str, list[types.Diagnostic]]:
        """The diagnostics of a document by the URI of the text, or cell, that they stand in."""
        shown: dict[str, list[types.Diagnostic]] = {cell.uri: [] for cell in checked.document.cells.values()}
        for finding in checked.findings:
            cell = checked.document.cells.get(finding.cell)
            if cell is not None:
                place = self._place(checked.document)
                shown[cell.uri] += diagnostics_of(finding, place)
        if checked.error is not None:
            first = next(iter(shown), checked.document.uri)
            start = types.Position(0, 0)
            shown.setdefault(first, []).append(
                types.Diagnostic(
                    types.Range(start, start),
                    checked.error,
                    severity=types.DiagnosticSeverity.Error,
                    source=SOURCE,
                )
            )
        return shown

    def _place(self, document: Document) -> Callable[[str, Optional[int]], tuple[str, Rows]]:
        others: dict[str, tuple[str, Rows]] = {}

        def place(filename: str, cell: Optional[int]) -> tuple[str, Rows]:
            if filename == document.filename and cell in document.cells:
                return document.cells[cell].uri, document.cells[cell].rows
            if filename not in others:
                others[filename] = rows_of_file(self._workspace(), filename)
            return others[filename]

        return place

    def close(self, uri: str) -> None:
        """Forget a document; what imports it sees the file on disk again."""
        for known in (self._checked, self._good, self._busy):
            known.pop(uri, None)
        self.changed_on_disk(())

    def changed_on_disk(self, paths: Iterable[str]) -> list[str]:
        """Note that files changed, and give back the documents that depend on one of ``paths``."""
        self.worker.disk += 1
        changed = set(paths)
        affected = [uri for uri, known in self._checked.items() if changed.intersection(known.dependencies)]
        for uri in affected:
            del self._checked[uri]
        return affected


def result_id(diagnostics: Iterable[types.Diagnostic]) -> str:
    """A name for a list of diagnostics: the same for the same list."""
    return hashlib.sha1(repr(list(diagnostics)).encode("utf-8", "surrogatepass")).hexdigest()
