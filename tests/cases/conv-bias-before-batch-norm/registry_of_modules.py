# run: Net(), (2, 3, 8, 8)
# run: ConvModule(3, 8, 3), (2, 3, 8, 8)

"""Registries that are filled by calls, configs that are copied, and layers that go by computed names."""

import inspect

from torch import nn


class Registry:
    def __init__(self, name):
        self._name = name
        self._module_dict = dict()

    def get(self, key):
        return self._module_dict.get(key, None)

    def _register(self, module, name=None, force=False):
        if not inspect.isclass(module):
            raise TypeError(f"module must be a class, but got {type(module)}")
        if name is None:
            name = module.__name__
        if not force and name in self._module_dict:
            raise KeyError(f"{name} is already registered in {self._name}")
        self._module_dict[name] = module

    def register_module(self, name=None, force=False, module=None):
        self._register(module, name=name, force=force)
        return module


CONVS = Registry("conv layer")
NORMS = Registry("norm layer")
CONVS.register_module("Conv2d", module=nn.Conv2d)
CONVS.register_module("Conv", module=nn.Conv2d)
NORMS.register_module("BN", module=nn.BatchNorm2d)
NORMS.register_module("GN", module=nn.GroupNorm)
NORMS.register_module("IN", module=nn.InstanceNorm2d)


def build_conv(cfg, *args, **kwargs):
    cfg = dict(type="Conv2d") if cfg is None else cfg.copy()
    return CONVS.get(cfg.pop("type"))(*args, **kwargs, **cfg)


def abbreviation(cls):
    if issubclass(cls, nn.GroupNorm):
        return "gn"
    if issubclass(cls, (nn.InstanceNorm1d, nn.InstanceNorm2d)):
        return "in"
    return "bn"


def build_norm(cfg, width, postfix=""):
    cfg = cfg.copy()
    norm = NORMS.get(cfg.pop("type"))
    name = abbreviation(norm) + str(postfix)
    cfg.setdefault("eps", 1e-5)
    return name, norm(width, **cfg)


class ConvModule(nn.Module):
    def __init__(self, width, out, size, bias="auto", conv_cfg=None, norm_cfg=None, order=("conv", "norm", "act"), **kwargs):
        super().__init__()
        self.with_norm = norm_cfg is not None
        self.order = order
        if bias == "auto":
            bias = not self.with_norm
        self.conv = build_conv(conv_cfg, width, out, size, bias=bias, **kwargs)
        if self.with_norm:
            self.norm_name, norm = build_norm(norm_cfg, out)
            self.add_module(self.norm_name, norm)
        self.activate = nn.ReLU(inplace=True)

    @property
    def norm(self):
        return getattr(self, self.norm_name)

    def forward(self, x):
        for layer in self.order:
            if layer == "conv":
                x = self.conv(x)
            elif layer == "norm" and self.with_norm:
                x = self.norm(x)
            elif layer == "act":
                x = self.activate(x)
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = ConvModule(3, 8, 3, padding=1, norm_cfg=dict(type="BN"), bias=True)  # expect: CB101
        self.b = ConvModule(8, 8, 1, norm_cfg=dict(type="IN"))
        self.c = ConvModule(8, 8, 1, bias=True)
        self.conv = build_conv(dict(type="Conv"), 8, 8, 3, padding=1)  # expect: CB101
        self.norm_name, norm = build_norm(dict(type="BN"), 8, postfix=1)
        self.add_module(self.norm_name, norm)

    @property
    def norm1(self):
        return getattr(self, self.norm_name)

    def forward(self, x):
        return self.norm1(self.conv(self.c(self.b(self.a(x))))).relu()


# output
"""Registries that are filled by calls, configs that are copied, and layers that go by computed names."""

import inspect

from torch import nn


class Registry:
    def __init__(self, name):
        self._name = name
        self._module_dict = dict()

    def get(self, key):
        return self._module_dict.get(key, None)

    def _register(self, module, name=None, force=False):
        if not inspect.isclass(module):
            raise TypeError(f"module must be a class, but got {type(module)}")
        if name is None:
            name = module.__name__
        if not force and name in self._module_dict:
            raise KeyError(f"{name} is already registered in {self._name}")
        self._module_dict[name] = module

    def register_module(self, name=None, force=False, module=None):
        self._register(module, name=name, force=force)
        return module


CONVS = Registry("conv layer")
NORMS = Registry("norm layer")
CONVS.register_module("Conv2d", module=nn.Conv2d)
CONVS.register_module("Conv", module=nn.Conv2d)
NORMS.register_module("BN", module=nn.BatchNorm2d)
NORMS.register_module("GN", module=nn.GroupNorm)
NORMS.register_module("IN", module=nn.InstanceNorm2d)


def build_conv(cfg, *args, **kwargs):
    cfg = dict(type="Conv2d") if cfg is None else cfg.copy()
    return CONVS.get(cfg.pop("type"))(*args, **kwargs, **cfg)


def abbreviation(cls):
    if issubclass(cls, nn.GroupNorm):
        return "gn"
    if issubclass(cls, (nn.InstanceNorm1d, nn.InstanceNorm2d)):
        return "in"
    return "bn"


def build_norm(cfg, width, postfix=""):
    cfg = cfg.copy()
    norm = NORMS.get(cfg.pop("type"))
    name = abbreviation(norm) + str(postfix)
    cfg.setdefault("eps", 1e-5)
    return name, norm(width, **cfg)


class ConvModule(nn.Module):
    def __init__(self, width, out, size, bias="auto", conv_cfg=None, norm_cfg=None, order=("conv", "norm", "act"), **kwargs):
        super().__init__()
        self.with_norm = norm_cfg is not None
        self.order = order
        if bias == "auto":
            bias = not self.with_norm
        self.conv = build_conv(conv_cfg, width, out, size, bias=bias, **kwargs)
        if self.with_norm:
            self.norm_name, norm = build_norm(norm_cfg, out)
            self.add_module(self.norm_name, norm)
        self.activate = nn.ReLU(inplace=True)

    @property
    def norm(self):
        return getattr(self, self.norm_name)

    def forward(self, x):
        for layer in self.order:
            if layer == "conv":
                x = self.conv(x)
            elif layer == "norm" and self.with_norm:
                x = self.norm(x)
            elif layer == "act":
                x = self.activate(x)
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = ConvModule(3, 8, 3, padding=1, norm_cfg=dict(type="BN"), bias=False)
        self.b = ConvModule(8, 8, 1, norm_cfg=dict(type="IN"))
        self.c = ConvModule(8, 8, 1, bias=True)
        self.conv = build_conv(dict(type="Conv"), 8, 8, 3, padding=1, bias=False)
        self.norm_name, norm = build_norm(dict(type="BN"), 8, postfix=1)
        self.add_module(self.norm_name, norm)

    @property
    def norm1(self):
        return getattr(self, self.norm_name)

    def forward(self, x):
        return self.norm1(self.conv(self.c(self.b(self.a(x))))).relu()


