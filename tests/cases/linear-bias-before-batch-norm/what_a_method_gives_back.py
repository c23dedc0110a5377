# run: ByMethod(), (4, 6)
# run: ByItself(), (4, 6)
# run: Classifier(), (4, 6)

# What a layer gives is given back at once, by a method whose caller has a norm for it.
from torch import nn
from torch.nn import functional as F


class ByMethod(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(6, 5)  # expect: CB102 unsafe
        self.norm = nn.BatchNorm1d(5)

    def embed(self, x):
        x = self.fc(x)
        return x

    def forward(self, x):
        return self.norm(self.embed(x))


class ByItself(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.ModuleDict({"fc": nn.Linear(6, 5)})  # expect: CB102 unsafe
        self.norm = nn.BatchNorm1d(5)

    def embed(self, x):
        return self.body["fc"](x)

    def forward(self, x):
        y = self.embed(x)
        return self.norm(y)


# Here the caller gets it, and uses it.
class Classifier(nn.Module):
    def __init__(self, classes=5):
        super().__init__()
        self.stem = nn.Linear(6, 8, bias=False)
        self.norm = nn.BatchNorm1d(8)
        self.fc = nn.Linear(8, classes)

    def forward(self, x):
        x = F.relu(self.norm(self.stem(x)))
        x = self.fc(x)
        return x
# output
# What a layer gives is given back at once, by a method whose caller has a norm for it.
from torch import nn
from torch.nn import functional as F


class ByMethod(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(6, 5, bias=False)
        self.norm = nn.BatchNorm1d(5)

    def embed(self, x):
        x = self.fc(x)
        return x

    def forward(self, x):
        return self.norm(self.embed(x))


class ByItself(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.ModuleDict({"fc": nn.Linear(6, 5, bias=False)})
        self.norm = nn.BatchNorm1d(5)

    def embed(self, x):
        return self.body["fc"](x)

    def forward(self, x):
        y = self.embed(x)
        return self.norm(y)


# Here the caller gets it, and uses it.
class Classifier(nn.Module):
    def __init__(self, classes=5):
        super().__init__()
        self.stem = nn.Linear(6, 8, bias=False)
        self.norm = nn.BatchNorm1d(8)
        self.fc = nn.Linear(8, classes)

    def forward(self, x):
        x = F.relu(self.norm(self.stem(x)))
        x = self.fc(x)
        return x
