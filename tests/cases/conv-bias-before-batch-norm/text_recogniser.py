# run: CRNN(), (2, 1, 16, 16)

import torch.nn as nn


class CRNN(nn.Module):
    def __init__(self, nc=1, nclass=5, nh=4, leakyRelu=False):
        super(CRNN, self).__init__()
        ks = [3, 3, 2]
        ps = [1, 1, 0]
        nm = [4, 8, 8]
        cnn = nn.Sequential()

        def convRelu(i, batchNormalization=False):
            nIn = nc if i == 0 else nm[i - 1]
            nOut = nm[i]
            cnn.add_module("conv{0}".format(i), nn.Conv2d(nIn, nOut, ks[i], 1, ps[i]))  # expect: CB105
            if batchNormalization:
                cnn.add_module("batchnorm{0}".format(i), nn.BatchNorm2d(nOut))
            if leakyRelu:
                cnn.add_module("relu{0}".format(i), nn.LeakyReLU(0.2, inplace=True))
            else:
                cnn.add_module("relu{0}".format(i), nn.ReLU(True))

        convRelu(0)
        cnn.add_module("pooling{0}".format(0), nn.MaxPool2d(2, 2))
        convRelu(1, True)
        cnn.add_module("pooling{0}".format(1), nn.MaxPool2d(2, 2))
        convRelu(2, True)
        self.cnn = cnn
        self.rnn = nn.LSTM(8, nh, bidirectional=True)
        self.embedding = nn.Linear(nh * 2, nclass)

    def forward(self, input):
        conv = self.cnn(input)
        b, c, h, w = conv.size()
        conv = conv.mean(2)
        conv = conv.permute(2, 0, 1)
        recurrent, _ = self.rnn(conv)
        return self.embedding(recurrent)
# output
import torch.nn as nn


class CRNN(nn.Module):
    def __init__(self, nc=1, nclass=5, nh=4, leakyRelu=False):
        super(CRNN, self).__init__()
        ks = [3, 3, 2]
        ps = [1, 1, 0]
        nm = [4, 8, 8]
        cnn = nn.Sequential()

        def convRelu(i, batchNormalization=False):
            nIn = nc if i == 0 else nm[i - 1]
            nOut = nm[i]
            cnn.add_module("conv{0}".format(i), nn.Conv2d(nIn, nOut, ks[i], 1, ps[i], bias=not batchNormalization))
            if batchNormalization:
                cnn.add_module("batchnorm{0}".format(i), nn.BatchNorm2d(nOut))
            if leakyRelu:
                cnn.add_module("relu{0}".format(i), nn.LeakyReLU(0.2, inplace=True))
            else:
                cnn.add_module("relu{0}".format(i), nn.ReLU(True))

        convRelu(0)
        cnn.add_module("pooling{0}".format(0), nn.MaxPool2d(2, 2))
        convRelu(1, True)
        cnn.add_module("pooling{0}".format(1), nn.MaxPool2d(2, 2))
        convRelu(2, True)
        self.cnn = cnn
        self.rnn = nn.LSTM(8, nh, bidirectional=True)
        self.embedding = nn.Linear(nh * 2, nclass)

    def forward(self, input):
        conv = self.cnn(input)
        b, c, h, w = conv.size()
        conv = conv.mean(2)
        conv = conv.permute(2, 0, 1)
        recurrent, _ = self.rnn(conv)
        return self.embedding(recurrent)
