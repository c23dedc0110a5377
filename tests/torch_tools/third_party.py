"""The whole road on models that others wrote: run by hand, it downloads pytorchcv 0.0.74 from PyPI.

    python tests/torch_tools/third_party.py [MODEL ...]

For each model: train a few steps with Adam by the code as published, ``check --fix`` the package,
``migrate`` the checkpoint, train on by both codes; print by how much the two loss curves differ.
Every step is a process of its own, as a user would have it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = "pytorchcv==0.0.74"
SMALL = '{"in_size": [64, 64], "num_classes": 5}'
CLASSES = '{"num_classes": 5}'
# name -> target below pytorchcv.models, arguments, shape of a batch
MODELS = {
    "EDANet": ("edanet:edanet_cityscapes", SMALL, "4x3x64x64"),
    "ERFNet": ("erfnet:erfnet_cityscapes", SMALL, "4x3x64x64"),
    "ESNet": ("esnet:esnet_cityscapes", SMALL, "4x3x64x64"),
    "LEDNet": ("lednet:lednet_cityscapes", SMALL, "4x3x64x64"),
    "CenterNet": ("centernet:centernet_resnet18_voc", SMALL, "4x3x64x64"),
    "OpenPose": (
        "lwopenpose_cmupan:lwopenpose2d_mobilenet_cmupan_coco",
        '{"in_size": [64, 64]}',
        "4x3x64x64",
    ),
    "HRNet": ("hrnet:hrnet_w18_small_v1", CLASSES, "2x3x224x224"),
    "BN-Inception": ("bninception:bninception", CLASSES, "4x3x224x224"),
    "FishNet": ("fishnet:fishnet99", CLASSES, "4x3x224x224"),
}
FIRST, MORE = 5, 20


def train(target: str, arguments: str, shape: str, checkpoint: str, resume: bool) -> list[float]:
    """Train in float64; the losses of the steps after the checkpoint, which is written unless resuming."""
    import torch

    from convbias_lint.live_tools.loading import load_object
    from convbias_lint.torch_tools.call import tensors_in

    torch.set_num_threads(1)
    torch.manual_seed(1)
    model = load_object(target)(**json.loads(arguments)).double().train()
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)

    def steps(first: int, count: int) -> list[float]:
        losses = []
        for number in range(first, first + count):
            torch.manual_seed(1000 + number)
            batch = torch.randn([int(size) for size in shape.split("x")], dtype=torch.float64)
            loss = torch.stack([(out - 0.5).square().mean() for _, out in tensors_in(model(batch))]).sum()
            adam.zero_grad()
            loss.backward()
            adam.step()
            losses.append(loss.item())
        return losses

    if resume:
        held = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(held["model"], strict=True)
        adam.load_state_dict(held["optimizer"])
    else:
        with torch.no_grad():  # trained biases are far from zero: so are these
            for name, parameter in model.named_parameters():
                if name.endswith("bias"):
                    parameter.add_(0.5 * torch.randn_like(parameter))
        steps(0, FIRST)
        torch.save({"model": model.state_dict(), "optimizer": adam.state_dict()}, checkpoint)
    return steps(FIRST, MORE)


def process(folder: Path, *arguments: str) -> str:
    """Run Python with the package in ``folder``; what it prints."""
    paths = os.pathsep.join([str(folder), str(Path(__file__).parents[2])])
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(arguments)}")
    return done.stdout


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        old, new = Path(place, "old"), Path(place, "new")
        pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", str(old), PACKAGE]
        subprocess.run([sys.executable, *pip], check=True)
        shutil.copytree(old, new)
        print(
            process(
                new,
                "-m",
                "convbias_lint",
                "check",
                "--fix",
                "--unsafe-fixes",
                "--isolated",
                "--no-cache",
                str(new),
            ),
            end="",
        )
        print(f"{'model':14} {'biases':>6} {'parameters':>10} {'curves differ by':>16}")
        for name in names or MODELS:
            module, arguments, shape = MODELS[name]
            target = f"pytorchcv.models.{module}"
            before, after = f"{place}/{name}.pt", f"{place}/{name}.new.pt"
            step = [__file__, "--train", target, arguments, shape]
            expected = json.loads(process(old, *step, before))
            told = json.loads(
                process(
                    new, "-m", "convbias_lint", "migrate", before, after, "--model", target,
                    "--kwargs", arguments, "--input", shape, "--output-format", "json",
                )
            )["copies"][0]  # fmt: skip
            got = json.loads(process(new, *step, after, "--resume"))
            worst = max(abs(a - b) / abs(a) for a, b in zip(expected, got))
            print(f"{name:14} {len(told['dropped']):6} {told['parameters']:10,} {worst:16.1e}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--train"]:
        print(json.dumps(train(*sys.argv[2:6], resume=sys.argv[6:] == ["--resume"])))
    else:
        main(sys.argv[1:])
