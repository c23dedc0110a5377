# run: Unit3D(3, 4), (2, 3, 6, 6, 6)
# run: Unit3D(3, 4, use_batch_norm=False), (2, 3, 6, 6, 6)
# run: Unit3D(3, 4, use_bias=True), (2, 3, 6, 6, 6)

import torch.nn as nn
import torch.nn.functional as F


class Unit3D(nn.Module):
    def __init__(self, in_channels, output_channels, kernel_shape=(1, 1, 1), stride=(1, 1, 1),
                 activation_fn=F.relu, use_batch_norm=True, use_bias=False):
        super().__init__()
        self._use_batch_norm = use_batch_norm
        self._activation_fn = activation_fn
        self.conv3d = nn.Conv3d(  # silent: the bias is an option, off unless asked for
            in_channels=in_channels,
            out_channels=output_channels,
            kernel_size=kernel_shape,
            stride=stride,
            padding=0,
            bias=use_bias,
        )
        if self._use_batch_norm:
            self.bn = nn.BatchNorm3d(output_channels, eps=0.001, momentum=0.01)

    def forward(self, x):
        x = self.conv3d(x)
        if self._use_batch_norm:
            x = self.bn(x)
        if self._activation_fn is not None:
            x = self._activation_fn(x)
        return x
