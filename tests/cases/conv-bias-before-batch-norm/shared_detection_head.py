# run: Head(4), (2, 4, 8, 8), (2, 4, 4, 4)

import math

import torch
from torch import nn


class Head(nn.Module):
    # One tower for all levels; the predictors have no norm, and one bias says how rare objects are.
    def __init__(self, channels, depth=2, classes=3):
        super().__init__()
        tower = []
        for _ in range(depth):
            tower.append(nn.Conv2d(channels, channels, 3, padding=1))  # expect: CB101
            tower.append(nn.BatchNorm2d(channels))
            tower.append(nn.ReLU())
        self.tower = nn.Sequential(*tower)
        self.cls_logits = nn.Conv2d(channels, classes, 3, padding=1)
        self.bbox_pred = nn.Conv2d(channels, 4, 3, padding=1)
        nn.init.constant_(self.cls_logits.bias, -math.log(99))
        for layer in (self.cls_logits, self.bbox_pred):
            torch.nn.init.normal_(layer.weight, std=0.01)

    def forward(self, *levels):
        logits, boxes = [], []
        for x in levels:
            x = self.tower(x)
            logits.append(self.cls_logits(x))
            boxes.append(self.bbox_pred(x).exp())
        return logits, boxes
# output
import math

import torch
from torch import nn


class Head(nn.Module):
    # One tower for all levels; the predictors have no norm, and one bias says how rare objects are.
    def __init__(self, channels, depth=2, classes=3):
        super().__init__()
        tower = []
        for _ in range(depth):
            tower.append(nn.Conv2d(channels, channels, 3, padding=1, bias=False))
            tower.append(nn.BatchNorm2d(channels))
            tower.append(nn.ReLU())
        self.tower = nn.Sequential(*tower)
        self.cls_logits = nn.Conv2d(channels, classes, 3, padding=1)
        self.bbox_pred = nn.Conv2d(channels, 4, 3, padding=1)
        nn.init.constant_(self.cls_logits.bias, -math.log(99))
        for layer in (self.cls_logits, self.bbox_pred):
            torch.nn.init.normal_(layer.weight, std=0.01)

    def forward(self, *levels):
        logits, boxes = [], []
        for x in levels:
            x = self.tower(x)
            logits.append(self.cls_logits(x))
            boxes.append(self.bbox_pred(x).exp())
        return logits, boxes
