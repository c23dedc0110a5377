"""Read and write ``.keras`` files, and choose a backend that is there before Keras is imported."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
import tempfile
from typing import Any, Optional

from convbias_lint.live_tools.errors import ToolError, one_line
from convbias_lint.live_tools.loading import load_module
from convbias_lint.live_tools.safe_write import written_whole

_BACKENDS = ("torch", "jax", "tensorflow")


def is_keras_file(name: str) -> bool:
    """Whether ``name`` is a model that Keras saved: ``.keras``, or the HDF5 of before."""
    return name.endswith((".keras", ".h5", ".hdf5"))


def import_keras() -> Any:
    """Keras, on the backend that the user chose, or on one that is installed."""
    if importlib.util.find_spec("keras") is None:
        raise ToolError(
            "a Keras model needs Keras 3, which is not installed: pip install 'convbias-lint[keras]'"
        )
    if not choose_backend():
        raise ToolError(
            f"Keras needs a backend, and none of {', '.join(_BACKENDS)} is installed: pip install torch"
        )
    try:
        import keras
    except Exception as error:
        raise ToolError(f"Keras cannot be imported: {one_line(error)}") from error
    if int(str(keras.__version__).split(".")[0]) < 3:
        raise ToolError(f"this needs Keras 3, not {keras.__version__}")
    return keras


def choose_backend() -> bool:
    """Let Keras, once it is imported, find a backend that is installed; whether there is one."""
    if "keras" in sys.modules or "KERAS_BACKEND" in os.environ:
        return True
    if importlib.util.find_spec("keras") is None:
        return False
    if importlib.util.find_spec(_configured_backend()) is not None:
        return True
    # Keras writes "tensorflow" into its settings by itself: that is nobody's choice.
    found = [name for name in _BACKENDS if importlib.util.find_spec(name) is not None]
    if found:
        os.environ["KERAS_BACKEND"] = found[0]
    return bool(found)


def _configured_backend() -> str:
    home = os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras")
    try:
        with open(os.path.join(home, "keras.json"), encoding="utf-8") as stream:
            found = json.load(stream).get("backend", "tensorflow")
    except (OSError, ValueError, AttributeError):
        return "tensorflow"
    return found if isinstance(found, str) and found.isidentifier() else "tensorflow"


def read_model(path: str, *, run_code: bool = False, custom: Optional[str] = None) -> Any:
    """The model in a ``.keras`` or ``.h5`` file.

    ``run_code`` reads one that holds Python code (Lambda layers) too; ``custom`` names the module with
    the classes that it needs.
    """
    keras = import_keras()
    if not os.path.isfile(path):
        raise ToolError(f"{path} does not exist" if not os.path.exists(path) else f"{path} is no file")
    if path.endswith(".weights.h5"):
        raise ToolError(
            f"{path} holds weights alone: load them into their model, and model.save('model.keras')"
        )
    own = _own_objects(custom, keras) if custom else {}
    try:
        # What an HDF5 file says of its optimizer Keras 3 often cannot read.
        compiled = path.endswith(".keras")
        return keras.saving.load_model(path, custom_objects=own, compile=compiled, safe_mode=not run_code)
    except Exception as error:
        raise ToolError(_why_not_read(path, error)) from error


def _own_objects(custom: str, keras: Any) -> dict[str, Any]:
    """Every class and function of a module, by the name that Keras saves for it."""
    module = load_module(custom)
    found = {
        name: value
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", None) == module.__name__
    }
    return {**found, **{keras.saving.get_registered_name(value): value for value in found.values()}}


def _why_not_read(path: str, error: Exception) -> str:
    text = str(error)
    if "safe_mode" in text or "unsafe deserialization" in text:
        return f"{path} holds Python code (a Lambda layer): --allow-pickle lets it run, if you trust the file"
    missing = re.search(r"Could not (?:locate|find) \w+ '(\w+)'|Unknown (?:layer|object|\w+): '?(\w+)", text)
    if missing:
        name = missing[1] or missing[2]
        return f"{path} needs {name!r}, which is not Keras's own: name the file that defines it with --custom"
    if "filepath" in text or not text.strip():
        return f"{path} cannot be read, it is damaged or no Keras model"
    return f"{path} cannot be loaded: {one_line(error)}"


def write_model(model: Any, path: str, *, force: bool, mode_of: Optional[str] = None) -> None:
    """Write ``model`` to a ``.keras`` file, whole or not at all."""
    # Keras insists on the ending .keras, which a half-written file must not have in its folder.
    with (
        written_whole(path, force=force, mode_of=mode_of) as temporary,
        tempfile.TemporaryDirectory(prefix=".convbias-lint.", dir=os.path.dirname(temporary)) as folder,
    ):
        whole = os.path.join(folder, "model.keras")
        model.save(whole)
        os.replace(whole, temporary)
