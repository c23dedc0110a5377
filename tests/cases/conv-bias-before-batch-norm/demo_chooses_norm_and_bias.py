# run: stem, (2, 3, 8, 8)
# run: stack, (2, 3, 8, 8, 8)
# run: ConvNormAct(nn.Conv2d, 3, 8, True), (2, 3, 8, 8)
# run: Stack(nn.Conv3d, 3, 8, True), (2, 3, 8, 8, 8)

# Whether there is a norm, and whether there is a bias, is up to the callers of the block. The models below are
# two of them: what they ask for is said there, and the blocks stay as they are for the others.
from torch import nn


class ConvNormAct(nn.Module):
    def __init__(self, conv_op, c_in, c_out, conv_bias=False, norm_op=None, nonlin=None):
        super().__init__()
        ops = [conv_op(c_in, c_out, 3, padding=1, bias=conv_bias)]
        if norm_op is not None:
            ops.append(norm_op(c_out))
        if nonlin is not None:
            ops.append(nonlin())
        self.ops = nn.Sequential(*ops)

    def forward(self, x):
        return self.ops(x)


class Stack(nn.Module):
    def __init__(self, conv_op, c_in, c_out, conv_bias=False, norm_op=None, nonlin=None):
        super().__init__()
        self.blocks = nn.Sequential(
            ConvNormAct(conv_op, c_in, c_out, conv_bias, norm_op, nonlin),
            ConvNormAct(conv_op, c_out, c_out, conv_bias, norm_op, nonlin),
        )

    def forward(self, x):
        return self.blocks(x)


stem = ConvNormAct(nn.Conv2d, 3, 8, True, nn.BatchNorm2d, nn.ReLU)  # expect: CB101
stack = Stack(nn.Conv3d, 3, 8, True, nn.BatchNorm3d, nn.ReLU)  # expect: CB101
# output
# Whether there is a norm, and whether there is a bias, is up to the callers of the block. The models below are
# two of them: what they ask for is said there, and the blocks stay as they are for the others.
from torch import nn


class ConvNormAct(nn.Module):
    def __init__(self, conv_op, c_in, c_out, conv_bias=False, norm_op=None, nonlin=None):
        super().__init__()
        ops = [conv_op(c_in, c_out, 3, padding=1, bias=conv_bias)]
        if norm_op is not None:
            ops.append(norm_op(c_out))
        if nonlin is not None:
            ops.append(nonlin())
        self.ops = nn.Sequential(*ops)

    def forward(self, x):
        return self.ops(x)


class Stack(nn.Module):
    def __init__(self, conv_op, c_in, c_out, conv_bias=False, norm_op=None, nonlin=None):
        super().__init__()
        self.blocks = nn.Sequential(
            ConvNormAct(conv_op, c_in, c_out, conv_bias, norm_op, nonlin),
            ConvNormAct(conv_op, c_out, c_out, conv_bias, norm_op, nonlin),
        )

    def forward(self, x):
        return self.blocks(x)


stem = ConvNormAct(nn.Conv2d, 3, 8, False, nn.BatchNorm2d, nn.ReLU)
stack = Stack(nn.Conv3d, 3, 8, False, nn.BatchNorm3d, nn.ReLU)
