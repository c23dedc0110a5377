"""Code that uses ``.bias``: what fails with a layer that has none, what is guarded, what is not known."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pytest
from bias_shapes import FAILING, GUARDED, HEAD, LOOP, UNGUARDED, net

from convbias_lint.finding import Applicability, Finding
from convbias_lint.fixes import apply_edits
from convbias_lint.rules.run import check_text


def found(text: str) -> list[Finding]:
    compile(text, "model.py", "exec")
    return [finding for finding in check_text(text, "model.py").findings if finding.code == "CB201"]


def rows_of(text: str, findings: Sequence[Finding]) -> list[str]:
    """The rows that findings stand on."""
    rows = text.split("\n")
    return [rows[finding.start.row - 1].strip() for finding in findings]


@pytest.mark.parametrize("statement", FAILING)
def test_what_fails_with_none_is_found(statement: str) -> None:
    text = net(LOOP.format(statement))
    findings = found(text)
    assert rows_of(text, findings) == [statement]


@pytest.mark.parametrize("statement", FAILING)
def test_a_layer_with_a_bias_does_not_fail(statement: str) -> None:
    assert found(net(LOOP.format(statement), bias="")) == []


@pytest.mark.parametrize("statement", FAILING)
def test_what_would_fail_makes_the_fix_of_a_redundant_bias_unsafe(statement: str) -> None:
    assert redundant_fix(net(LOOP.format(statement), bias="")) is Applicability.UNSAFE


def redundant_fix(text: str) -> Applicability:
    compile(text, "model.py", "exec")
    (finding,) = [f for f in check_text(text, "model.py").findings if f.code == "CB101"]
    assert finding.fix is not None
    return finding.fix.applicability


@pytest.mark.parametrize("code", GUARDED.values(), ids=GUARDED)
def test_guarded_code_is_left_alone(code: str) -> None:
    assert found(net(code)) == []


# Here the bias is used otherwise: it is not redundant.
NEEDED = ("another bias", "functional")


@pytest.mark.parametrize("name", [name for name in GUARDED if name not in NEEDED])
def test_guarded_code_keeps_fixes_safe(name: str) -> None:
    assert redundant_fix(net(GUARDED[name], bias="")) is Applicability.SAFE


@pytest.mark.parametrize(("code", "expected"), UNGUARDED.values(), ids=UNGUARDED)
def test_unguarded_code_is_found(code: str, expected: list[str]) -> None:
    text = net(code)
    assert rows_of(text, found(text)) == expected


@pytest.mark.parametrize("code", [code for code, _ in UNGUARDED.values()], ids=UNGUARDED)
def test_unguarded_code_makes_fixes_unsafe(code: str) -> None:
    assert redundant_fix(net(code, bias="")) is Applicability.UNSAFE


@pytest.mark.parametrize(("code", "expected"), UNGUARDED.values(), ids=UNGUARDED)
def test_fixing_guards_and_settles(code: str, expected: list[str]) -> None:
    text = net(code)
    edits = []
    for finding in found(text):
        assert finding.fix is not None
        assert finding.fix.applicability is Applicability.SAFE
        edits += finding.fix.edits
    fixed = apply_edits(text, sorted(edits))
    assert fixed.count(" is not None:\n") == len(expected)
    assert found(fixed) == []


# Code that decides itself whether the access happens, or what the layer is.
UNSURE = {
    "an option that is off": """
        if other:
            self.conv.bias.data.fill_(0)
    """,
    "an unknown function": """
        from mylib import initialise
        initialise(self.conv.bias)
    """,
    "a loop that may end before": """
        for m in self.modules():
            if isinstance(m, nn.Linear):
                break
            if isinstance(m, nn.Conv2d):
                m.bias.data.zero_()
    """,
    "another model": """
        for m in other.modules():
            if isinstance(m, nn.Conv2d):
                m.bias.data.zero_()
    """,
    "an unknown context": """
        import contextlib
        with contextlib.suppress(AttributeError):
            self.conv.bias.data.zero_()
    """,
}


@pytest.mark.parametrize("code", UNSURE.values(), ids=UNSURE)
def test_what_is_not_certain_is_not_said(code: str) -> None:
    assert found(net(code)) == []


@pytest.mark.parametrize("code", UNSURE.values(), ids=UNSURE)
def test_what_is_not_certain_makes_fixes_unsafe(code: str) -> None:
    assert redundant_fix(net(code, bias="")) is Applicability.UNSAFE


# -- helpers, methods, apply ------------------------------------------------------------------------


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


# -- the guard ----------------------------------------------------------------------------------------


def fixed(text: str) -> str:
    edits = [edit for finding in found(text) if finding.fix is not None for edit in finding.fix.edits]
    return apply_edits(text, sorted(edits))


def test_a_guard_keeps_comments_and_rows() -> None:
    text = net(
        """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                # start at zero
                nn.init.constant_(
                    m.bias,

                    0,
                )  # no shift
        """
    )
    expected = """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                # start at zero
                if m.bias is not None:
                    nn.init.constant_(
                        m.bias,

                        0,
                    )  # no shift
        """
    assert fixed(text) == net(expected)


def test_a_guard_is_indented_as_the_file_is() -> None:
    text = net(LOOP.format("m.bias.data.zero_()")).replace("    ", "\t")
    assert "\t\t\t\tif m.bias is not None:\n\t\t\t\t\tm.bias.data.zero_()\n" in fixed(text)


@pytest.mark.parametrize(
    "code",
    [
        "self.conv.bias.data.zero_(); print('done')",
        "if self.conv: self.conv.bias.data.zero_()",
        "shape = self.conv.bias.shape",
        "assert self.conv.bias.shape",
    ],
)
def test_what_cannot_be_guarded_by_itself_is_said_without_a_fix(code: str) -> None:
    (finding,) = found(net(code))
    assert finding.fix is None


def test_the_finding_names_the_layer_and_where_it_is_built() -> None:
    text = net("self.conv.bias.data.zero_()")
    (finding,) = found(text)
    assert finding.message == "`self.conv.bias` is `None` for the `Conv2d` that is built without a bias"
    row = text.split("\n")[finding.start.row - 1]
    assert row[finding.start.column - 1 : finding.end.column - 1] == "self.conv.bias"
    (related,) = finding.related
    built = text.split("\n")[related.start.row - 1]
    assert built[related.start.column - 1 : related.end.column - 1] == "nn.Conv2d(3, 8, 3, bias=False)"


READ_IN_FORWARD = [
    "self.conv.bias",
    "self.conv.bias.data",
    "self.conv.bias[0]",
    "-self.conv.bias",
    "self.conv.bias ** 2",
    "self.conv.bias.square().sum()",
    "torch.sum(self.conv.bias)",
    "torch.cat([self.conv.bias, self.norm.bias])",
    "F.conv2d(x, self.conv.weight, self.conv.bias)",
]


@pytest.mark.parametrize("read", READ_IN_FORWARD)
def test_a_bias_that_forward_reads_is_needed(read: str) -> None:
    text = net(bias="").replace("return self.head(", f"extra = {read}\n        return extra, self.head(")
    compile(text, "model.py", "exec")
    assert check_text(text, "model.py").findings == ()


SET_AT_FIRST = [
    "nn.init.zeros_(self.conv.bias)",
    "self.conv.bias.data.zero_()",
    "self.conv.bias.data.uniform_(-1, 1)",
    "self.conv.bias.requires_grad_(False)",
    "other(self.conv.bias)",
]


@pytest.mark.parametrize("statement", SET_AT_FIRST)
def test_a_first_value_is_no_reason_to_keep_a_bias(statement: str) -> None:
    assert redundant_fix(net(statement, bias="")) is Applicability.UNSAFE
