from torch import nn
from mycompany.models import BaseModel


class Net(BaseModel):
    # The base class may call the layers as it likes, or not be a Module at all; in what is in view, the norm
    # is all that the convolution meets.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)  # expect: CB101
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
# output
from torch import nn
from mycompany.models import BaseModel


class Net(BaseModel):
    # The base class may call the layers as it likes, or not be a Module at all; in what is in view, the norm
    # is all that the convolution meets.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, bias=False)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x)).relu()
