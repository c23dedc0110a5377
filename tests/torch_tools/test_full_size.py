"""The networks that time is measured on are the ones they are named after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from convbias_lint.fixes import apply_edits
from convbias_lint.linter import lint_source
from convbias_lint.live_tools.loading import load_object
from convbias_lint.torch_tools import audit

FILE = Path(__file__).parent / "full_size.py"


# Those of the papers' networks without these biases are 138,361,768 and 25,557,032.
@pytest.mark.parametrize(
    ("name", "parameters"), [("VGG16", 138_365_992), ("ResNet50", 25_583_592), ("UNet", 31_043_586)]
)
def test_sizes(name: str, parameters: int) -> None:
    with torch.device("meta"):
        model = load_object(f"{FILE}:{name}")()
    assert sum(parameter.numel() for parameter in model.parameters()) == parameters


def test_what_is_redundant() -> None:
    found = audit(load_object(f"{FILE}:ResNet50")(), torch.randn(2, 3, 64, 64))
    assert len(found.redundant) == 53
    assert found.redundant_parameters == 26_560


NETWORKS = {"VGG-16 with batch norms": "VGG16", "ResNet-50": "ResNet50", "U-Net, 64 to 1024 channels": "UNet"}


def biases(source: str, name: str) -> tuple[dict[str, int], int]:
    """The sizes of the biases of a network that a file builds, and how many parameters it has."""
    names: dict[str, Any] = {"__name__": "full_size"}
    exec(compile(source, str(FILE), "exec"), names)
    with torch.device("meta"):
        sizes = {path: value.numel() for path, value in names[name]().named_parameters()}
    return {path: size for path, size in sizes.items() if path.endswith(".bias")}, sum(sizes.values())


def test_what_the_guide_says_of_them() -> None:
    """The first table of docs/worth-it.md is what ``check --fix`` takes out of these networks."""
    source = FILE.read_text("utf-8")
    edits = [edit for finding in lint_source(source) if finding.fix for edit in finding.fix.edits]
    fixed = apply_edits(source, edits)
    assert fixed != source
    guide = (Path(__file__).parents[2] / "docs" / "worth-it.md").read_text("utf-8")
    for title, name in NETWORKS.items():
        (before, parameters), (after, _) = biases(source, name), biases(fixed, name)
        gone = [size for path, size in before.items() if path not in after]
        share = sum(gone) / parameters
        row = f"| {title} | {len(gone)} | {sum(gone):,} | {share:.3%} | {sum(gone) * 16 / 1024:.0f} KiB |"
        assert row.replace("%", " %") in guide
