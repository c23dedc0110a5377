# run: net, (4, 5)

from torch import nn

# LayerNorm and RMSNorm average over the features of one sample: a bias of its own for each feature stays.
net = nn.Sequential(nn.Linear(5, 8), nn.LayerNorm(8), nn.ReLU(), nn.Linear(8, 8), nn.RMSNorm(8))
