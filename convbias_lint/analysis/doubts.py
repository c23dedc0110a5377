"""Why the fix of a redundant bias may be unsafe: what code in view, or out of it, may do with the layer."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Optional

from convbias_lint.analysis.bias_access import BiasAccesses
from convbias_lint.analysis.loader import Loader
from convbias_lint.analysis.modules import SourceFile
from convbias_lint.analysis.package_biases import OtherFiles
from convbias_lint.analysis.package_users import Parts, Users
from convbias_lint.analysis.values import Const
from convbias_lint.analysis.verdicts import Verdict, outermost

_FREEZES = re.compile(
    r"def train\(.*\n(?:.*\n){0,20}?.*"
    r"(?:\.eval\(\)|\.train\(False\)|\.training[ \t]*=|\.apply\(|freeze|_eval)"
    r"|freeze_bn|FrozenBatchNorm|freeze_batch_norm|frozen_bn"
    r"|\.trainable[ \t]*=[ \t]*False"
    r"|isinstance\([^\n]{0,200}(?:[Nn]orm|BN)[^\n]*:[ \t]*\n?(?:[^\n]*\n){0,3}?[ \t]*\w+"
    r"\.(?:eval\(\)|train\(False\)|training[ \t]*=|momentum[ \t]*=[ \t]*0(?:\.0*)?[ \t]*(?:\n|$))"
)
_others = OtherFiles()
_users = Users()


def forget() -> None:
    """Read other files anew when next asked."""
    _others.forget()
    _users.forget()


class Doubts:
    """The doubts about the fixes of one file."""

    def __init__(
        self, file: SourceFile, loader: Loader, found: list[Verdict], touching: BiasAccesses
    ) -> None:
        self.file = file
        self.loader = loader
        self.touching = touching
        self.found = found
        self.freezes = _FREEZES.search(file.text) is not None
        self._using: Optional[Sequence[str]] = None
        """The other files with code that uses biases and may be given models of this one, once looked for."""
        self._importing: Sequence[str] = ()
        """The other files that import models of this one."""

    def about(self, verdict: Verdict) -> Optional[str]:
        """What speaks against a fix; None where it is safe."""
        if any(not isinstance(layer.bias, Const) for layer in verdict.layers):
            return "the bias is an option of the caller's"
        helper = outermost(verdict.site)
        if (
            helper is not None
            and not helper.name.startswith("_")
            and not all(
                any(outermost(site) is helper for site in event.norm.chain)
                for layer in verdict.redundant()
                for event in layer.cancelled
            )
        ):
            return f"code out of view may use `{helper.name}` without a norm"
        method = next((layer.shown_by for layer in verdict.redundant() if layer.shown_by), None)
        if method is not None:
            return f"code out of view may call `{method}` without the norm behind it"
        if self.touching.touch(verdict.layers):
            return "code in this file uses the layer's `.bias`"
        if self.freezes:
            return "code in this file puts norms in evaluation mode while training"
        return self._elsewhere(verdict)

    def _elsewhere(self, verdict: Verdict) -> Optional[str]:
        """What code in another file may do with the layer."""
        path = self.file.path
        if not os.path.isabs(path):
            return None
        if self._using is None:
            sites = {site for found in self.found for layer in found.layers for site in layer.chain}
            around = {outermost(site) for site in sites if site.file is self.file}
            names = frozenset(node.name for node in around if node is not None)
            met = _others.met(path, self.file.text, names, self.loader.package_of(path))
            self._using, self._importing = met.using, met.importing
            self.loader.asked.update(met.using, met.importing)
        folder = os.path.dirname(path)
        for other in self._using:
            if _others.touch(other, path, verdict.layers):
                return f"code in {os.path.relpath(other, folder)} uses the layer's `.bias`"
        if self._importing:
            parts = Parts(self.file, verdict.redundant())
            for other in self._importing:
                if _users.reach(other, parts):
                    return f"code in {os.path.relpath(other, folder)} may run the layer without the norm"
        return None
