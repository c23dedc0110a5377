"""Code that uses ``.bias`` and is safe without one."""

from __future__ import annotations

# What takes None, or is guarded against it.
GUARDED = {
    "is not None": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)
                if m.bias is not None:
                    nn.init.zeros_(m.bias)
    """,
    "not equal None": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                if m.bias != None:
                    m.bias.data.zero_()
    """,
    "and": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d) and m.bias is not None:
                m.bias.data.zero_()
    """,
    "and hasattr": """
        for m in self.modules():
            if hasattr(m, "bias") and m.bias is not None:
                m.bias.data.zero_()
    """,
    "and inside one expression": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                m.bias is not None and m.bias.data.zero_()
    """,
    "conditional expression": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.zeros_(m.bias) if m.bias is not None else None
    """,
    "truth": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                if m.bias:
                    m.bias.data.zero_()
    """,
    "getattr": """
        for m in self.modules():
            if getattr(m, "bias", None) is not None:
                nn.init.constant_(m.bias, 0)
    """,
    "hasattr of data": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d) and hasattr(m.bias, "data"):
                m.bias.data.zero_()
    """,
    "isinstance of the bias": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                if isinstance(m.bias, torch.Tensor):
                    m.bias.data.zero_()
    """,
    "early continue": """
        for m in self.modules():
            if not isinstance(m, nn.Conv2d):
                continue
            if m.bias is None:
                continue
            m.bias.data.zero_()
    """,
    "early continue for other layers": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                continue
            if isinstance(m, nn.Linear):
                m.bias.data.zero_()
    """,
    "else of is None": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                if m.bias is None:
                    pass
                else:
                    m.bias.data.zero_()
    """,
    "another name": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                b = m.bias
                if b is not None:
                    b.data.zero_()
    """,
    "walrus": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                if (b := m.bias) is not None:
                    b.data.zero_()
    """,
    "try": """
        for m in self.modules():
            try:
                m.bias.data.zero_()
            except AttributeError:
                pass
    """,
    "other layers": """
        for m in self.modules():
            if isinstance(m, nn.BatchNorm2d):
                nn.init.ones_(m.weight)
                nn.init.zeros_(m.bias)
            elif isinstance(m, (nn.Linear, nn.LayerNorm)):
                nn.init.zeros_(m.bias)
    """,
    "the class's name": """
        for m in self.modules():
            classname = m.__class__.__name__
            if classname.find("BatchNorm") != -1:
                m.bias.data.fill_(0)
            elif classname.startswith("Linear"):
                m.bias.data.fill_(0)
    """,
    "a later branch": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)
            elif isinstance(m, (nn.Conv2d, nn.Linear)):
                nn.init.zeros_(m.bias)
    """,
    "another bias": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                m.bias = nn.Parameter(torch.zeros(m.out_channels))
                m.bias.data.zero_()
    """,
    "only told": """
        for m in self.children():
            print(m.bias)
    """,
    "functional": """
        self.out = F.conv2d(torch.zeros(1, 3, 4, 4), self.conv.weight, self.conv.bias)
    """,
    "only another layer": """
        self.head.bias.data.zero_()
        nn.init.zeros_(self.norm.bias)
    """,
    "an assertion": """
        assert self.conv.bias is not None
        self.conv.bias.data.zero_()
    """,
    "negated": """
        for m in self.modules():
            if isinstance(m, nn.Conv2d) and not m.bias is None:
                m.bias.data.zero_()
    """,
    "filtered": """
        for m in [m for m in self.modules() if isinstance(m, nn.Linear)]:
            m.bias.data.zero_()
    """,
    "comprehension": """
        self.biases = [m.bias.data for m in self.modules() if isinstance(m, nn.Conv2d) and m.bias is not None]
    """,
}
