"""How code comes upon a layer: helpers, methods, ``apply``, models that scripts build."""

from __future__ import annotations

import textwrap

import pytest
from bias_findings import found, redundant_fix, rows_of
from bias_shapes import HEAD, LOOP, net

from convbias_lint.finding import Applicability
from convbias_lint.rules.run import check_text


def test_a_function_that_is_applied() -> None:
    text = net(
        "self.apply(init_weights)",
        before="""
            def init_weights(m):
                if isinstance(m, (nn.Conv2d, nn.Linear)):
                    nn.init.xavier_uniform_(m.weight)
                    m.bias.data.fill_(0.01)
        """,
    )
    assert rows_of(text, found(text)) == ["m.bias.data.fill_(0.01)"]


def test_a_method_that_is_applied() -> None:
    text = net(
        "self.apply(self._init_weights)",
        """
        def _init_weights(self, m):
            if isinstance(m, nn.Conv2d):
                nn.init.zeros_(m.bias)
        """,
    )
    assert rows_of(text, found(text)) == ["nn.init.zeros_(m.bias)"]


def test_a_static_method_that_is_applied() -> None:
    text = net(
        "self.apply(self.init)",
        """
        @staticmethod
        def init(m):
            if type(m) == nn.Conv2d:
                nn.init.zeros_(m.bias)
        """,
    )
    assert rows_of(text, found(text)) == ["nn.init.zeros_(m.bias)"]


def test_a_method_that_init_calls() -> None:
    text = net(
        "self._initialize_weights()",
        """
        def _initialize_weights(self):
            for m in self.modules():
                if isinstance(m, nn.Conv2d):
                    m.weight.data.normal_(0, 0.01)
                    m.bias.data.zero_()
        """,
    )
    assert rows_of(text, found(text)) == ["m.bias.data.zero_()"]


def test_a_method_that_nobody_calls() -> None:
    text = net(
        "",
        """
        def init_weights(self):
            for m in self.modules():
                if isinstance(m, nn.Conv2d):
                    m.bias.data.zero_()
        """,
    )
    assert rows_of(text, found(text)) == ["m.bias.data.zero_()"]


def test_a_method_that_is_called_on_a_condition_is_not_sure() -> None:
    text = net(
        "if other: self.init_bias()",
        """
        def init_bias(self):
            self.conv.bias.data.zero_()
        """,
    )
    assert found(text) == []


def test_a_helper_for_one_layer() -> None:
    before = """
        def init_layer(layer):
            nn.init.xavier_uniform_(layer.weight)
            if hasattr(layer, "bias"):
                {}layer.bias.data.fill_(0.0)
    """
    text = net("init_layer(self.conv)\ninit_layer(self.head)", before=before.format(""))
    assert rows_of(text, found(text)) == ["layer.bias.data.fill_(0.0)"]
    assert found(net("init_layer(self.head)", before=before.format(""))) == []
    guarded = before.replace("{}", "if layer.bias is not None:\n                    ")
    assert found(net("init_layer(self.conv)\ninit_layer(self.head)", before=guarded)) == []


def test_a_function_inside_a_function() -> None:
    before = """
        def init_weights(net, init_type="normal", gain=0.02):
            def init_func(m):
                classname = m.__class__.__name__
                if hasattr(m, "weight") and (classname.find("Conv") != -1 or classname.find("Linear") != -1):
                    if init_type == "normal":
                        init.normal_(m.weight.data, 0.0, gain)
                    else:
                        raise NotImplementedError(init_type)
                    if hasattr(m, "bias"){}:
                        init.constant_(m.bias.data, 0.0)

            net.apply(init_func)
    """
    guarded = net(before=before.format(" and m.bias is not None"), after="init_weights(Net())\n")
    assert found(guarded) == []
    text = net(before=before.format(""), after="init_weights(Net())\n")
    assert rows_of(text, found(text)) == ["init.constant_(m.bias.data, 0.0)"]


def test_a_model_that_a_script_builds() -> None:
    before = """
        def weights_init(m):
            classname = m.__class__.__name__
            if classname.find("Conv") != -1:
                m.bias.data.fill_(0)
    """
    text = net(before=before, after="model = Net().to('cpu')\nmodel.apply(weights_init)\n")
    assert rows_of(text, found(text)) == ["m.bias.data.fill_(0)"]
    # Somebody may apply it, or not.
    assert found(net(before=before)) == []
    assert redundant_fix(net(before=before, bias="")) is Applicability.UNSAFE


def test_a_base_class_initialises() -> None:
    before = """
        class Base(nn.Module):
            def init_weights(self):
                for m in self.modules():
                    if isinstance(m, nn.Conv2d):
                        nn.init.zeros_(m.bias)
    """
    text = net("self.init_weights()", before=before).replace("class Net(nn.Module)", "class Net(Base)")
    assert rows_of(text, found(text)) == ["nn.init.zeros_(m.bias)"]


def test_layers_that_are_built_later_are_not_met() -> None:
    text = net().replace(
        "        super().__init__()\n",
        "        super().__init__()\n"
        "        for m in self.modules():\n"
        "            if isinstance(m, nn.Conv2d):\n"
        "                m.bias.data.zero_()\n",
    )
    assert found(text) == []


def test_layers_of_blocks_are_met() -> None:
    before = """
        class Block(nn.Sequential):
            def __init__(self, c):
                super().__init__(nn.Conv2d(c, c, 3, bias=False), nn.BatchNorm2d(c), nn.ReLU())
    """
    loop = LOOP.format("m.bias.data.zero_()")
    text = net("self.block = Block(8)\n" + textwrap.dedent(loop), bias="", before=before)
    assert rows_of(text, found(text)) == ["m.bias.data.zero_()"]


def test_layers_of_sequentials_are_met() -> None:
    text = net("self.conv[0].bias.data.zero_()").replace(
        "nn.Conv2d(3, 8, 3, bias=False)", "nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.Identity())"
    )
    assert rows_of(text, found(text)) == ["self.conv[0].bias.data.zero_()"]
    assert found(text.replace("conv[0].bias", "conv[1].bias")) == []


def test_a_local_layer() -> None:
    text = (
        HEAD
        + """
def block(c):
    conv = nn.Conv2d(c, c, 3, bias=False)
    nn.init.zeros_(conv.bias)
    return nn.Sequential(conv, nn.BatchNorm2d(c), nn.ReLU())
"""
    )
    assert rows_of(text, found(text)) == ["nn.init.zeros_(conv.bias)"]


def test_layers_imported_by_star() -> None:
    text = net(LOOP.format("m.bias.data.zero_()").replace("nn.Conv2d", "Conv2d"))
    text = text.replace("import torch.nn as nn", "from torch import nn\nfrom torch.nn import *")
    assert rows_of(text, found(text)) == ["m.bias.data.zero_()"]


def test_local_layers_are_told_apart() -> None:
    text = (
        HEAD
        + """
def block(c):
    conv = nn.Conv2d(c, c, 3)
    return nn.Sequential(conv, nn.BatchNorm2d(c), nn.ReLU())

def other(c):
    conv = nn.Conv2d(c, c, 3)
    conv.bias.data.zero_()
    return nn.Sequential(conv, nn.BatchNorm2d(c), nn.ReLU())
"""
    )
    fixes = [f.fix.applicability for f in check_text(text, "model.py").findings if f.fix is not None]
    assert fixes == [Applicability.SAFE, Applicability.UNSAFE]


def test_other_models_of_the_file_keep_their_safe_fixes() -> None:
    other = """
        class Other(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv = nn.Conv2d(3, 8, 3)
                self.norm = nn.BatchNorm2d(8)

            def forward(self, x):
                return self.norm(self.conv(x))
    """
    text = net(LOOP.format("nn.init.zeros_(m.bias)"), bias="", after=other)
    fixes = [f.fix.applicability for f in check_text(text, "model.py").findings if f.fix is not None]
    assert fixes == [Applicability.UNSAFE, Applicability.SAFE]


def test_a_bias_that_is_an_option_is_not_sure_to_be_missing() -> None:
    text = net("self.conv.bias.data.zero_()", bias=", bias=flag")
    assert found(text) == []


def test_a_subclass_may_have_a_bias_of_its_own() -> None:
    before = """
        class Conv2d(nn.Conv2d):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.register_parameter("bias", nn.Parameter(torch.zeros(self.out_channels)))
    """
    text = net(LOOP.format("m.bias.data.zero_()"), before=before).replace("= nn.Conv2d(3", "= Conv2d(3")
    assert found(text) == []


def test_transposed_convolutions_are_no_plain_ones() -> None:
    text = net(LOOP.format("m.bias.data.zero_()")).replace("= nn.Conv2d(3", "= nn.ConvTranspose2d(3")
    assert found(text) == []
    assert len(found(text.replace("(m, nn.Conv2d)", "(m, nn.ConvTranspose2d)"))) == 1


def test_a_loop_that_leaves_guards_what_is_behind() -> None:
    text = net(
        "self.apply(initialise)",
        before="""
            def initialise(m):
                if isinstance(m, nn.Conv2d):
                    while m.bias is None:
                        return
                    m.bias.data.zero_()
        """,
    )
    assert found(text) == []


@pytest.mark.parametrize("kind", ["", ": nn.Module"])
def test_layers_of_a_model_that_a_model_is_given(kind: str) -> None:
    text = net(
        bias="",
        after=f"""
            class Wrapper(nn.Module):
                def __init__(self, model):
                    super().__init__()
                    self.model{kind} = model
                    for m in self.modules():
                        if isinstance(m, nn.Conv2d):
                            m.bias.data.zero_()

                def forward(self, x):
                    return self.model(x)
        """,
    )
    assert redundant_fix(text) is Applicability.UNSAFE
