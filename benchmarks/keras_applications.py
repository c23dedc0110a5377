"""Keras's own applications: what the linter says of their source, against gradients of the live models.

    KERAS_BACKEND=torch python benchmarks/keras_applications.py [NAME ...] [--json FILE]

Each application is built without pretrained weights on small inputs while every call of the package's
source that leads to a layer is noted.  The audit then proves by gradient which biases are redundant.  A
finding is *true* where every layer that its call built is redundant (under the finding's condition, if
it has one), *false* where one is needed, *idle* where no model that was built has such a layer.  Recall
is the share of redundant layers, and of the places that build them, that a finding names.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, Optional

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras

from convbias_lint.finding import Finding
from convbias_lint.keras_tools import ToolError, Verdict, audit
from convbias_lint.rules.run import check_text

FOLDER = Path(keras.__file__).parent / "src" / "applications"
CODES = ("CB101", "CB102", "CB103", "CB104", "CB105")

# One of each family and each way of building it; the smallest inputs that the network takes.
SIZES = {
    "ConvNeXtTiny": 32,
    "DenseNet121": 32,
    "EfficientNetB0": 32,
    "EfficientNetV2B0": 32,
    "EfficientNetV2S": 32,
    "InceptionResNetV2": 75,
    "InceptionV3": 75,
    "MobileNet": 32,
    "MobileNetV2": 32,
    "MobileNetV3Large": 32,
    "MobileNetV3Small": 32,
    "NASNetMobile": 32,
    "ResNet50": 32,
    "ResNet101": 32,
    "ResNet152": 32,
    "ResNet50V2": 32,
    "ResNet101V2": 32,
    "VGG16": 32,
    "VGG19": 32,
    "Xception": 71,
}


class Place(NamedTuple):
    """A call in the package's source, with the variables around it."""

    file: str
    row: int
    column: int
    end: tuple[int, int]
    names: dict[str, Any]


class Built(NamedTuple):
    """A layer of a live model: by which calls it came to be, innermost first, and what gradients say."""

    application: str
    path: str
    places: tuple[Place, ...]
    verdict: Verdict


def place_of(frame: FrameType) -> Optional[Place]:
    """Where ``frame`` is, if that is in the applications."""
    file = frame.f_code.co_filename
    if os.path.dirname(file) != str(FOLDER):
        return None
    positions = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    row, end_row, column, end_column = (number or 0 for number in positions)
    names = {key: value for key, value in frame.f_locals.items() if _is_plain(value)}
    return Place(file, row, column + 1, (end_row, end_column + 1), names)


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (bool, int, float, str))


@contextmanager
def births(found: dict[int, tuple[Place, ...]]) -> Iterator[None]:
    """Note for each layer, while the context lasts, by which calls of the applications it was made."""
    original = keras.layers.Layer.__init__

    def noted(self: Any, *args: Any, **kwargs: Any) -> None:
        frame: Optional[FrameType] = sys._getframe(1)
        places = []
        while frame is not None:
            place = place_of(frame)
            if place is not None:
                places.append(place)
            frame = frame.f_back
        found[id(self)] = tuple(places)
        original(self, *args, **kwargs)

    keras.layers.Layer.__init__ = noted
    try:
        yield
    finally:
        keras.layers.Layer.__init__ = original


def built_layers(name: str) -> list[Built]:
    """Every layer of one application that can have a bias."""
    keras.utils.clear_session()
    size = SIZES[name]
    found: dict[int, tuple[Place, ...]] = {}
    with births(found):
        model = getattr(keras.applications, name)(
            weights=None, input_shape=(size, size, 3), include_top=False
        )
    born = {layer.path or layer.name: found.get(id(layer), ()) for layer in model._flatten_layers()}
    born.update({layer.name: found.get(id(layer), ()) for layer in model._flatten_layers()})
    return [
        Built(
            name, layer.path, born.get(layer.path, born.get(layer.path.rpartition("/")[2], ())), layer.verdict
        )
        for layer in audit(model).layers
    ]


def findings() -> list[Finding]:
    """What the linter says of the source."""
    out: list[Finding] = []
    for path in sorted(FOLDER.glob("*.py")):
        if not path.name.endswith("_test.py"):
            result = check_text(path.read_text("utf-8"), str(path))
            out += [finding for finding in result.findings if finding.code in CODES]
    return out


def names(finding: Finding, layer: Built) -> bool:
    """Whether a finding speaks of a layer: one of the calls that led to it is the finding's."""
    return any(_is_at(finding, place) and _holds(finding, place) for place in layer.places)


def _is_at(finding: Finding, place: Place) -> bool:
    return (finding.filename, finding.start.row, finding.start.column) == (
        place.file,
        place.row,
        place.column,
    )


def _holds(finding: Finding, place: Place) -> bool:
    """Whether the finding's condition holds with the values that the call saw."""
    return finding.condition is None or bool(eval(finding.condition, {}, place.names))  # noqa: S307


class Outcome(NamedTuple):
    true: list[Finding]
    false: list[tuple[Finding, list[Built]]]
    idle: list[Finding]
    redundant: list[Built]
    named: list[Built]

    @property
    def sites(self) -> dict[tuple[str, int], bool]:
        """The innermost call that builds each redundant layer, and whether a finding names it."""
        sites: dict[tuple[str, int], bool] = defaultdict(bool)
        for layer in self.redundant:
            if layer.places:
                place = layer.places[0]
                sites[(os.path.basename(place.file), place.row)] |= layer in self.named
        return dict(sites)


def compared(layers: Sequence[Built], said: Sequence[Finding]) -> Outcome:
    """Each finding against each layer."""
    outcome = Outcome([], [], [], [layer for layer in layers if layer.verdict is Verdict.REDUNDANT], [])
    for finding in said:
        own = [layer for layer in layers if names(finding, layer)]
        wrong = [layer for layer in own if layer.verdict is Verdict.NEEDED]
        if wrong:
            outcome.false.append((finding, wrong))
        elif any(layer.verdict is Verdict.REDUNDANT for layer in own):
            outcome.true.append(finding)
        else:
            outcome.idle.append(finding)
        outcome.named.extend(x for x in own if x.verdict is Verdict.REDUNDANT and x not in outcome.named)
    return outcome


def main(argv: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="applications (all of them unless named)")
    parser.add_argument("--json", help="write the figures there, too")
    args = parser.parse_args(argv)
    layers: list[Built] = []
    left: dict[str, str] = {}
    for name in args.names or SIZES:
        start = time.perf_counter()
        try:
            new = built_layers(name)
        except (ToolError, ValueError) as error:
            left[name] = str(error).splitlines()[0]
            print(f"{name}: left out, {left[name]}", flush=True)
            continue
        layers += new
        count = sum(layer.verdict is Verdict.REDUNDANT for layer in new)
        undecided = sum(layer.verdict is Verdict.UNDECIDED for layer in new)
        more = f", {undecided} undecided" if undecided else ""
        seconds = time.perf_counter() - start
        print(f"{name}: {len(new)} layers, {count} redundant{more} ({seconds:.1f} s)", flush=True)
    outcome = compared(layers, findings())
    for finding, wrong in outcome.false:
        print(f"FALSE {finding.filename}:{finding.start.row} {finding.message} ({wrong[0].path})")
    for (file, row), found in sorted(outcome.sites.items()):
        if not found:
            print(f"missed {file}:{row}")
    sites = outcome.sites
    print(
        f"{len(outcome.true)} findings true, {len(outcome.false)} false, {len(outcome.idle)} idle. "
        f"Recall: {len(outcome.named)} of {len(outcome.redundant)} redundant layers, "
        f"{sum(sites.values())} of {len(sites)} places that build them."
    )
    if args.json:
        figures = {
            "true": len(outcome.true),
            "false": len(outcome.false),
            "idle": len(outcome.idle),
            "layers": [len(outcome.named), len(outcome.redundant)],
            "places": [sum(sites.values()), len(sites)],
            "left out": left,
        }
        Path(args.json).write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 1 if outcome.false else 0


if __name__ == "__main__":
    raise SystemExit(main())
