"""Build what the command line names: models, their inputs."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Optional

import torch
from torch import Tensor, nn

from convbias_lint.torch_tools.births import forget_births, recorded_births
from convbias_lint.torch_tools.call import Call, as_call, seeded
from convbias_lint.torch_tools.errors import ToolError, one_line


def load_object(target: str) -> Any:
    """What ``package.module:name`` or ``path/to/file.py:name`` names; imports and so runs its code."""
    place, colon, name = target.rpartition(":")
    if not colon or not place or not name:
        example = f"{target}:Class" if target.endswith(".py") else "path/to/file.py:Class"
        raise ToolError(f"{target!r} names no object: write {example} or package.module:callable")
    try:
        module = _load_file(place) if place.endswith(".py") else _load_module(place)
    except ToolError:
        raise
    except BaseException as error:  # a module may raise anything, SystemExit too
        if isinstance(error, KeyboardInterrupt):
            raise
        raise ToolError(f"{place} cannot be imported: {one_line(error)}") from error
    found: Any = module
    for part in name.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            known = [n for n, value in vars(module).items() if _builds_models(value, module)]
            hint = f" (it has {', '.join(known[:8])})" if known else ""
            raise ToolError(f"{place} has no {name!r}{hint}") from None
    return found


def _builds_models(value: object, module: ModuleType) -> bool:
    return isinstance(value, type) and issubclass(value, nn.Module) and value.__module__ == module.__name__


def _load_module(name: str) -> ModuleType:
    if os.getcwd() not in sys.path and "" not in sys.path:
        sys.path.insert(0, os.getcwd())
    return importlib.import_module(name)


def _load_file(path: str) -> ModuleType:
    """A file as the module that it is in its package, so that its relative imports work."""
    full = os.path.abspath(path)
    if not os.path.isfile(full):
        raise ToolError(f"{path} does not exist")
    folder, parts = os.path.dirname(full), [os.path.splitext(os.path.basename(full))[0]]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        parts.insert(0, os.path.basename(folder))
        folder = os.path.dirname(folder)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    if len(parts) > 1:
        return importlib.import_module(".".join(parts))
    # A lone file may be called like a library ("test.py", "types.py"): never import it by its name.
    name = f"_convbias_lint_target_{abs(hash(full)):x}_{parts[0]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, full)
    if spec is None or spec.loader is None:
        raise ToolError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def build_model(target: str, kwargs: str = "{}", *, births: bool = False) -> nn.Module:
    """The model that ``target`` names, built with ``kwargs`` (a JSON object) from seed 0.

    With ``births``, every layer remembers the source line that built it.
    """
    try:
        arguments = json.loads(kwargs)
    except ValueError as error:
        raise ToolError(f"--kwargs is not JSON, such as '{{\"width\": 8}}': {error}") from error
    if not isinstance(arguments, dict):
        raise ToolError("--kwargs is not a JSON object, such as '{\"num_classes\": 10}'")
    with seeded(0), recorded_births():
        found = load_object(target)
        if not isinstance(found, nn.Module):
            if not callable(found):
                raise ToolError(f"{target} is {type(found).__name__}, neither a model nor what builds one")
            try:
                found = found(**arguments)
            except (Exception, SystemExit) as error:
                raise ToolError(f"{target} cannot be built: {one_line(error)}") from error
    if not isinstance(found, nn.Module):
        raise ToolError(f"{target} returned {type(found).__name__}, not a torch.nn.Module")
    if not births:
        forget_births(found)
    return found


def build_call(shapes: Sequence[str], inputs: Optional[str]) -> Call:
    """The model's input, from ``--input`` shapes or from the ``--inputs`` callable; from seed 0."""
    if inputs and shapes:
        raise ToolError("--input and --inputs exclude each other")
    with seeded(0):
        if inputs:
            found = load_object(inputs)
            try:
                return as_call(found() if callable(found) else found)
            except (Exception, SystemExit) as error:
                raise ToolError(f"{inputs} fails: {one_line(error)}") from error
        if not shapes:
            raise ToolError("what is the model's input? give --input SHAPE, such as --input 4x3x64x64")
        args: list[Any] = []
        kwargs: dict[str, Any] = {}
        for text in shapes:
            name, _, spec = text.rpartition("=")
            if name:
                kwargs[name] = random_tensor(spec)
            else:
                args.append(random_tensor(spec))
        return Call(tuple(args), kwargs)


def random_tensor(spec: str) -> Tensor:
    """``4x3x64x64``, ``4x3x64x64:float16``, ``4x16:int64:1000`` (below 1000), ``4x16:bool``."""
    shape, _, rest = spec.partition(":")
    dtype_name, _, high = rest.partition(":")
    dtype = getattr(torch, dtype_name or "float32", None)
    try:
        sizes = [int(size) for size in shape.lower().split("x")]
        limit = int(high) if high else 2
    except ValueError:
        sizes, limit = [], 0
    if not isinstance(dtype, torch.dtype) or not sizes or min(sizes) < 1 or limit < 1:
        raise ToolError(f"--input {spec!r} is no shape: write 4x3x64x64, 4x16:int64:1000 or mask=4x16:bool")
    if dtype.is_floating_point or dtype.is_complex:
        return torch.randn(sizes).to(dtype) if not dtype.is_complex else torch.randn(sizes, dtype=dtype)
    return torch.randint(limit, sizes).to(dtype)
