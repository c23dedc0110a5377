"""Import what the command line names: ``package.module:name`` or ``path/to/file.py:name``."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from types import ModuleType
from typing import Any

from convbias_lint.live_tools.births import recorded_births
from convbias_lint.live_tools.errors import ToolError, one_line


def built(target: str, kwargs: str) -> Any:
    """What ``target`` names, called with ``kwargs`` (a JSON object) unless it is a model already.

    Every layer remembers the source line that built it: see `births_of`.
    """
    arguments = json_object(kwargs)
    with recorded_births():
        found = load_object(target)
    if _is_model(found):
        return found
    if not callable(found):
        raise ToolError(f"{target} is {type(found).__name__}, neither a model nor what builds one")
    with recorded_births():  # once more: of a framework that only that import brought
        try:
            return found(**arguments)
        except (Exception, SystemExit) as error:
            hint = ""
            if "CUDA" in str(error):
                hint = " (no CUDA here: let it build the model on the CPU)"
            elif isinstance(error, TypeError) and "required positional argument" in str(error):
                hint = " (give it with --kwargs, a JSON object such as '{\"width\": 8}')"
            raise ToolError(f"{target} cannot be built: {one_line(error)}{hint}") from error


def _is_model(found: Any) -> bool:
    names = {base.__name__ for base in type(found).__mro__}
    return not isinstance(found, type) and bool(names & {"Module", "Layer"})


def json_object(text: str) -> dict[str, Any]:
    """The value of ``--kwargs``."""
    try:
        arguments = json.loads(text)
    except ValueError as error:
        raise ToolError(f"--kwargs is not JSON, such as '{{\"width\": 8}}': {error}") from error
    if not isinstance(arguments, dict):
        raise ToolError("--kwargs is not a JSON object, such as '{\"num_classes\": 10}'")
    return arguments


def load_object(target: str) -> Any:
    """What ``package.module:name`` or ``path/to/file.py:name`` names; imports and so runs its code."""
    place, colon, name = target.rpartition(":")
    if not colon or not place or not name:
        example = f"{target}:Class" if target.endswith(".py") else "path/to/file.py:Class"
        raise ToolError(f"{target!r} names no object: write {example} or package.module:callable")
    module = load_module(place)
    found: Any = module
    for part in name.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            known = [n for n, value in vars(module).items() if _builds_models(value, module)]
            hint = f" (it has {', '.join(known[:8])})" if known else ""
            raise ToolError(f"{place} has no {name!r}{hint}") from None
    return found


def load_module(place: str) -> ModuleType:
    """The module ``package.module`` or ``path/to/file.py``; it is imported and so run."""
    try:
        return _load_file(place) if place.endswith(".py") else _load_module(place)
    except ToolError:
        raise
    except BaseException as error:  # a module may raise anything, SystemExit too
        if isinstance(error, KeyboardInterrupt):
            raise
        raise ToolError(f"{place} cannot be imported: {one_line(error)}") from error


def _builds_models(value: object, module: ModuleType) -> bool:
    """Whether ``value`` is a class of ``module`` itself that is a PyTorch module or a Keras layer."""
    return (
        isinstance(value, type)
        and value.__module__ == module.__name__
        and any(base.__name__ in ("Module", "Layer") for base in value.__mro__)
    )


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
