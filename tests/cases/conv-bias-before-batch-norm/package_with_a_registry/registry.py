from collections import namedtuple

from torch import nn

Entry = namedtuple("Entry", ("description", "make"))


class Registry:
    def __init__(self):
        self.entries = {}

    def add(self, name, make, description=""):
        if not name.isidentifier():
            raise ValueError(f"{name!r} is no name")
        self.entries[name.upper()] = Entry(description, make)

    def register(self, name):
        def put(make):
            self.add(name, make)
            return make

        return put

    def __getattr__(self, name):
        if name in self.entries:
            return name
        return super().__getattribute__(name)

    def __getitem__(self, args):
        if callable(args):
            return args
        if isinstance(args, str):
            name, args = args, ()
        else:
            name, *args = args
        return self.entries[name.upper()].make(*args)


Conv = Registry()
Norm = Registry()


@Conv.register("conv")
def conv_of(dims):
    return (nn.Conv1d, nn.Conv2d, nn.Conv3d)[dims - 1]


@Conv.register("up")
def up_of(dims):
    return (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)[dims - 1]


@Norm.register("batch")
def batch_of(dims):
    return (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)[dims - 1]


@Norm.register("layer")
def layer_of(dims):
    return nn.LayerNorm
