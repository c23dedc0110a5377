"""The fix of CB201: a guard around the statement that needs a bias."""

from __future__ import annotations

import pytest
from bias_findings import found
from bias_shapes import LOOP, net

from convbias_lint.fixes import apply_edits


def fixed(text: str) -> str:
    edits = [edit for finding in found(text) if finding.fix is not None for edit in finding.fix.edits]
    return apply_edits(text, sorted(edits))


def test_a_guard_keeps_comments_and_rows() -> None:
    text = net(
        """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                # start at zero
                nn.init.constant_(
                    m.bias,

                    0,
                )  # no shift
        """
    )
    expected = """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                # start at zero
                if m.bias is not None:
                    nn.init.constant_(
                        m.bias,

                        0,
                    )  # no shift
        """
    assert fixed(text) == net(expected)


def test_a_guard_is_indented_as_the_file_is() -> None:
    text = net(LOOP.format("m.bias.data.zero_()")).replace("    ", "\t")
    assert "\t\t\t\tif m.bias is not None:\n\t\t\t\t\tm.bias.data.zero_()\n" in fixed(text)


@pytest.mark.parametrize(
    "code",
    [
        "self.conv.bias.data.zero_(); print('done')",
        "if self.conv: self.conv.bias.data.zero_()",
        "shape = self.conv.bias.shape",
        "assert self.conv.bias.shape",
    ],
)
def test_what_cannot_be_guarded_by_itself_is_said_without_a_fix(code: str) -> None:
    (finding,) = found(net(code))
    assert finding.fix is None


def test_the_finding_names_the_layer_and_where_it_is_built() -> None:
    text = net("self.conv.bias.data.zero_()")
    (finding,) = found(text)
    assert finding.message == "`self.conv.bias` is `None` for the `Conv2d` that is built without a bias"
    row = text.split("\n")[finding.start.row - 1]
    assert row[finding.start.column - 1 : finding.end.column - 1] == "self.conv.bias"
    (related,) = finding.related
    built = text.split("\n")[related.start.row - 1]
    assert built[related.start.column - 1 : related.end.column - 1] == "nn.Conv2d(3, 8, 3, bias=False)"
