"""The models that the tests of the live tools run on: where each is, and what it is fed."""

from __future__ import annotations

import contextlib
import io
import shutil
from pathlib import Path
from typing import NamedTuple

import torch

from convbias_lint.cli.main import main
from convbias_lint.live_tools.loading import load_object

ZOO = Path(__file__).parent / "zoo"


class ZooModel(NamedTuple):
    """One model: its family, its file, its class and the shape of one batch."""

    family: str
    file: str
    name: str
    shape: tuple[int, ...]

    @property
    def path(self) -> Path:
        return ZOO / self.file

    @property
    def target(self) -> str:
        return f"{self.path}:{self.name}"

    @property
    def spec(self) -> str:
        return "x".join(map(str, self.shape))

    def inputs(self, seed: int = 0, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        generator = torch.Generator().manual_seed(seed)
        return torch.randn(self.shape, generator=generator, dtype=torch.float64).to(dtype)


MODELS = [
    ZooModel("VGG", "vgg_bn.py", "VGG", (4, 3, 16, 16)),
    ZooModel("VGG", "vgg_bn.py", "VGGB", (4, 3, 16, 16)),
    ZooModel("ResNet", "resnet.py", "ResNetBasic", (4, 3, 32, 32)),
    ZooModel("ResNet", "resnet.py", "ResNetBottleneck", (4, 3, 12, 12)),
    ZooModel("DenseNet", "densenet.py", "DenseNet", (4, 3, 8, 8)),
    ZooModel("U-Net", "unet.py", "UNet", (2, 3, 16, 16)),
    ZooModel("U-Net", "unet.py", "UNet3d", (2, 1, 6, 6, 6)),
    ZooModel("MobileNet", "mobilenet.py", "MobileNetV1", (4, 3, 16, 16)),
    ZooModel("MobileNet", "mobilenet.py", "MobileNetV2", (4, 3, 16, 16)),
    ZooModel("PointNet", "pointnet.py", "PointNetClassifier", (8, 3, 20)),
    ZooModel("DCGAN", "dcgan.py", "Generator", (4, 12, 1, 1)),
    ZooModel("DCGAN", "dcgan.py", "Discriminator", (4, 3, 16, 16)),
    ZooModel("Inception", "inception.py", "Inception", (4, 3, 13, 13)),
    ZooModel("image translation", "translation.py", "TranslationGenerator", (2, 3, 10, 10)),
    ZooModel("autoencoder", "translation.py", "TabularAutoencoder", (16, 20)),
    ZooModel("distant norms", "distant.py", "SeparablePooled", (4, 3, 12, 12)),
]
IDS = [model.name for model in MODELS]


def fixed_file(zoo: ZooModel, folder: Path) -> Path:
    """A copy of the model's file in ``folder`` that ``check --fix --unsafe-fixes`` worked on."""
    path = folder / zoo.file
    shutil.copyfile(zoo.path, path)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = main(["check", "--fix", "--unsafe-fixes", "--isolated", "--no-cache", str(path)])
    assert status == 0, said.getvalue()
    return path


def class_in(path: Path, name: str) -> type[torch.nn.Module]:
    """The class ``name`` of the module in the file ``path``."""
    found: type[torch.nn.Module] = load_object(f"{path}:{name}")
    return found
