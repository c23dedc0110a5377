# run: EfficientNet(), (2, 3, 16, 16)

import math
from dataclasses import dataclass
from functools import partial
from typing import Callable, List, Optional

import torch
from torch import nn


class ConvNormActivation(nn.Sequential):
    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int = 3,
        stride: int = 1,
        groups: int = 1,
        norm_layer: Optional[Callable[..., nn.Module]] = nn.BatchNorm2d,
        activation_layer: Optional[Callable[..., nn.Module]] = nn.ReLU,
        bias: Optional[bool] = None,
    ) -> None:
        if bias is None:
            bias = norm_layer is None
        layers: List[nn.Module] = [
            nn.Conv2d(in_channels, out_channels, kernel_size, stride, (kernel_size - 1) // 2, groups=groups, bias=bias)
        ]
        if norm_layer is not None:
            layers.append(norm_layer(out_channels))
        if activation_layer is not None:
            layers.append(activation_layer())
        super().__init__(*layers)


@dataclass
class BlockConfig:
    expand: int
    width: int
    stride: int = 1


class MBConv(nn.Module):
    def __init__(self, cin: int, cfg: BlockConfig, norm_layer: Callable[..., nn.Module]) -> None:
        super().__init__()
        hidden = cin * cfg.expand
        act = nn.SiLU
        self.block = nn.Sequential(
            ConvNormActivation(cin, hidden, 1, norm_layer=norm_layer, activation_layer=act),
            ConvNormActivation(hidden, hidden, 3, cfg.stride, hidden, norm_layer=norm_layer, activation_layer=act),
            nn.Conv2d(hidden, cfg.width, 1),  # expect: CB105 no-fix
            norm_layer(cfg.width),
        )
        self.skip = cfg.stride == 1 and cin == cfg.width

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.block(x) + x if self.skip else self.block(x)


class EfficientNet(nn.Module):
    def __init__(self, settings: Optional[List[BlockConfig]] = None, norm_layer: Optional[Callable[..., nn.Module]] = None):
        super().__init__()
        if settings is None:
            settings = [BlockConfig(1, 4), BlockConfig(2, 4, 2), BlockConfig(2, 4)]
        if norm_layer is None:
            norm_layer = partial(nn.BatchNorm2d, eps=1e-3)
        width = 4
        layers: List[nn.Module] = [ConvNormActivation(3, width, stride=2, norm_layer=norm_layer, activation_layer=nn.SiLU)]
        for cfg in settings:
            layers.append(MBConv(width, cfg, norm_layer))
            width = cfg.width
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(width, 3)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out")
                if m.bias is not None:
                    nn.init.zeros_(m.bias)
            elif isinstance(m, nn.Linear):
                init_range = 1.0 / math.sqrt(m.out_features)
                nn.init.uniform_(m.weight, -init_range, init_range)
                nn.init.zeros_(m.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.features(x).mean((2, 3)))
