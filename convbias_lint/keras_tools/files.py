"""Read and write ``.keras`` files, and choose a backend that is there before Keras is imported."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from typing import Any, Optional

from convbias_lint.torch_tools.errors import ToolError, one_line
from convbias_lint.torch_tools.safe_write import written_whole

_BACKENDS = ("torch", "jax", "tensorflow")


def import_keras() -> Any:
    """Keras, on the backend that the user chose, or on one that is installed."""
    if importlib.util.find_spec("keras") is None:
        raise ToolError("this needs Keras 3, which is not installed: pip install 'convbias-lint[keras]'")
    if "keras" not in sys.modules and "KERAS_BACKEND" not in os.environ:
        configured = _configured_backend()
        if importlib.util.find_spec(configured) is None:
            # Keras writes "tensorflow" into its settings by itself: that is nobody's choice.
            found = [name for name in _BACKENDS if importlib.util.find_spec(name) is not None]
            if not found:
                raise ToolError(f"Keras needs a backend, and {', '.join(_BACKENDS)} are not installed")
            os.environ["KERAS_BACKEND"] = found[0]
    try:
        import keras
    except Exception as error:
        raise ToolError(f"Keras cannot be imported: {one_line(error)}") from error
    if int(str(keras.__version__).split(".")[0]) < 3:
        raise ToolError(f"this needs Keras 3, not {keras.__version__}")
    return keras


def _configured_backend() -> str:
    home = os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras")
    try:
        with open(os.path.join(home, "keras.json"), encoding="utf-8") as stream:
            found = json.load(stream).get("backend", "tensorflow")
    except (OSError, ValueError, AttributeError):
        return "tensorflow"
    return found if isinstance(found, str) and found.isidentifier() else "tensorflow"


def read_model(path: str, *, run_code: bool = False) -> Any:
    """The model in a ``.keras`` file; with ``run_code`` also one that holds Python code (Lambda layers)."""
    keras = import_keras()
    if not os.path.isfile(path):
        raise ToolError(f"{path} does not exist" if not os.path.exists(path) else f"{path} is no file")
    try:
        return keras.saving.load_model(path, safe_mode=not run_code)
    except Exception as error:
        if "safe_mode" in str(error):
            raise ToolError(
                f"{path} holds Python code (a Lambda layer): --allow-pickle lets it run"
            ) from error
        raise ToolError(f"{path} cannot be loaded: {one_line(error)}") from error


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
