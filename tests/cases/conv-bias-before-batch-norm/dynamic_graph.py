# run: DGCNN(), (2, 3, 8)

import torch
import torch.nn as nn
import torch.nn.functional as F


def graph_feature(x, k=3):
    batch, dims, points = x.shape
    distance = torch.cdist(x.transpose(1, 2), x.transpose(1, 2))
    idx = distance.topk(k=k, dim=-1, largest=False)[1]
    neighbours = torch.stack([x[b].t()[idx[b]] for b in range(batch)])
    centre = x.transpose(1, 2).unsqueeze(2).repeat(1, 1, k, 1)
    return torch.cat((neighbours - centre, centre), dim=3).permute(0, 3, 1, 2).contiguous()


class DGCNN(nn.Module):
    def __init__(self, out=4):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(4)
        self.bn2 = nn.BatchNorm2d(4)
        self.bn3 = nn.BatchNorm1d(8)
        self.conv1 = nn.Sequential(nn.Conv2d(6, 4, kernel_size=1), self.bn1, nn.LeakyReLU(0.2))  # expect: CB101
        self.conv2 = nn.Sequential(nn.Conv2d(8, 4, kernel_size=1), self.bn2, nn.LeakyReLU(0.2))  # expect: CB101
        self.conv3 = nn.Sequential(nn.Conv1d(8, 8, kernel_size=1), self.bn3, nn.LeakyReLU(0.2))  # expect: CB101
        self.linear1 = nn.Linear(16, 8)  # expect: CB102
        self.bn6 = nn.BatchNorm1d(8)
        self.linear2 = nn.Linear(8, out)

    def forward(self, x):
        x1 = self.conv1(graph_feature(x)).max(dim=-1, keepdim=False)[0]
        x2 = self.conv2(graph_feature(x1)).max(dim=-1, keepdim=False)[0]
        x = self.conv3(torch.cat((x1, x2), dim=1))
        a = F.adaptive_max_pool1d(x, 1).view(x.size(0), -1)
        b = F.adaptive_avg_pool1d(x, 1).view(x.size(0), -1)
        x = F.leaky_relu(self.bn6(self.linear1(torch.cat((a, b), 1))), negative_slope=0.2)
        return self.linear2(x)
# output
import torch
import torch.nn as nn
import torch.nn.functional as F


def graph_feature(x, k=3):
    batch, dims, points = x.shape
    distance = torch.cdist(x.transpose(1, 2), x.transpose(1, 2))
    idx = distance.topk(k=k, dim=-1, largest=False)[1]
    neighbours = torch.stack([x[b].t()[idx[b]] for b in range(batch)])
    centre = x.transpose(1, 2).unsqueeze(2).repeat(1, 1, k, 1)
    return torch.cat((neighbours - centre, centre), dim=3).permute(0, 3, 1, 2).contiguous()


class DGCNN(nn.Module):
    def __init__(self, out=4):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(4)
        self.bn2 = nn.BatchNorm2d(4)
        self.bn3 = nn.BatchNorm1d(8)
        self.conv1 = nn.Sequential(nn.Conv2d(6, 4, kernel_size=1, bias=False), self.bn1, nn.LeakyReLU(0.2))
        self.conv2 = nn.Sequential(nn.Conv2d(8, 4, kernel_size=1, bias=False), self.bn2, nn.LeakyReLU(0.2))
        self.conv3 = nn.Sequential(nn.Conv1d(8, 8, kernel_size=1, bias=False), self.bn3, nn.LeakyReLU(0.2))
        self.linear1 = nn.Linear(16, 8, bias=False)
        self.bn6 = nn.BatchNorm1d(8)
        self.linear2 = nn.Linear(8, out)

    def forward(self, x):
        x1 = self.conv1(graph_feature(x)).max(dim=-1, keepdim=False)[0]
        x2 = self.conv2(graph_feature(x1)).max(dim=-1, keepdim=False)[0]
        x = self.conv3(torch.cat((x1, x2), dim=1))
        a = F.adaptive_max_pool1d(x, 1).view(x.size(0), -1)
        b = F.adaptive_avg_pool1d(x, 1).view(x.size(0), -1)
        x = F.leaky_relu(self.bn6(self.linear1(torch.cat((a, b), 1))), negative_slope=0.2)
        return self.linear2(x)
