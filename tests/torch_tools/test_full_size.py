"""The networks that time is measured on are the ones they are named after."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from convbias_lint.torch_tools import audit
from convbias_lint.torch_tools.targets import load_object

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
