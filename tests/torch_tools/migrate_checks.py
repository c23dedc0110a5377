"""What the tests of `migrate` have in common: the models, their input, and when two states are the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from migrate_models import Net, OldNet

MODELS = Path(__file__).parent / "migrate_models.py"
NEW, OLD = f"{MODELS}:Net", f"{MODELS}:OldNet"
SHAPE = "4x3x12x12"
X = torch.randn(4, 3, 12, 12, generator=torch.Generator().manual_seed(3))
DROPPED = {"conv1.bias", "depthwise.bias", "pointwise.bias"}


def same_function(new_state: Any, old_state: Any, tolerance: float = 1e-5) -> None:
    """Both states give the same outputs in evaluation mode, up to rounding of what is stored."""
    new, old = Net().double().eval(), OldNet().double().eval()
    new.load_state_dict(new_state, strict=True)
    old.load_state_dict(old_state, strict=True)
    expected = old(X.double()).detach()
    torch.testing.assert_close(
        new(X.double()), expected, rtol=0, atol=tolerance * float(expected.abs().max())
    )


def shards(folder: Path, state: Any) -> Path:
    """Write ``state`` in two shards to a new folder; the path of their index."""
    folder.mkdir()
    names = sorted(state)
    files = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}
    for file, keys in files.items():
        safetensors.torch.save_file(
            {key: state[key] for key in keys}, folder / file, metadata={"format": "pt"}
        )
    total = sum(value.numel() * value.element_size() for value in state.values())
    index = folder / "model.safetensors.index.json"
    weight_map = {key: file for file, keys in files.items() for key in keys}
    index.write_text(json.dumps({"metadata": {"total_size": total}, "weight_map": weight_map}))
    return index
