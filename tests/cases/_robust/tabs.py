# run: Net, (2, 3, 8, 8)

from torch import nn


class Net(nn.Module):
	def __init__(self):
		super().__init__()
		self.conv = nn.Conv2d(	3,	4,	3	)  # expect: CB101
		self.norm	=	nn.BatchNorm2d(4)
		self.body = nn.Sequential(
			nn.Conv2d(  # expect: CB101
				4,
				4,
				3,
			),
			nn.BatchNorm2d(4),
		)

	def forward(self, x):
		return self.body(self.norm(self.conv(x)).relu())
# output
from torch import nn


class Net(nn.Module):
	def __init__(self):
		super().__init__()
		self.conv = nn.Conv2d(	3,	4,	3, bias=False	)
		self.norm	=	nn.BatchNorm2d(4)
		self.body = nn.Sequential(
			nn.Conv2d(
				4,
				4,
				3,
				bias=False,
			),
			nn.BatchNorm2d(4),
		)

	def forward(self, x):
		return self.body(self.norm(self.conv(x)).relu())
