"""Read and write checkpoint files: torch's own, safetensors, and safetensors in shards."""

from __future__ import annotations

import json
import os
import re
import tempfile
import warnings
from dataclasses import dataclass, field
from typing import Any, Optional

import torch
from torch import Tensor, nn

from convbias_lint.live_tools.errors import ToolError, one_line
from convbias_lint.live_tools.safe_write import refuse_early, uninterrupted, written_whole

INDEX = ".safetensors.index.json"


@dataclass
class Checkpoint:
    """What a file holds, and what is needed to write it in the same shape.

    ``shards`` says, for a sharded checkpoint, which file each tensor is in.
    """

    data: Any
    kind: str
    metadata: dict[str, Any] = field(default_factory=dict)
    shards: dict[str, str] = field(default_factory=dict)


def kind_of(path: str) -> str:
    """``torch``, ``safetensors`` or ``sharded``, by the name of the file."""
    if path.endswith(INDEX):
        return "sharded"
    ending = os.path.splitext(path)[1].lower()
    if ending == ".safetensors":
        return "safetensors"
    if ending in (".pt", ".pth", ".ckpt", ".bin", ".tar", ".pkl"):
        return "torch"
    if ending in (".keras", ".h5", ".hdf5"):
        raise ToolError(f"{path} would be of Keras: OLD and NEW are of PyTorch both, or of Keras both")
    raise ToolError(
        f"{path} is of no known kind: .pt, .pth, .ckpt, .bin, .safetensors or {INDEX} are; "
        "so are .keras and .h5 of Keras"
    )


def read(path: str, *, allow_pickle: bool = False) -> Checkpoint:
    """The checkpoint in ``path``; all tensors on the CPU."""
    kind = kind_of(path)
    if not os.path.isfile(path):
        raise ToolError(f"{path} does not exist" if not os.path.exists(path) else f"{path} is no file")
    if kind == "torch":
        return Checkpoint(_read_torch(path, allow_pickle=allow_pickle), kind)
    if kind == "safetensors":
        data, metadata = _read_safetensors(path)
        return Checkpoint(data, kind, metadata)
    return _read_shards(path)


def write(path: str, checkpoint: Checkpoint, *, old: Optional[str], force: bool) -> None:
    """Write ``checkpoint`` to ``path``, whole or not at all."""
    refuse_early(old, path, force=force)
    if checkpoint.kind == "sharded":
        _write_shards(path, checkpoint, old=old, force=force)
        return
    with written_whole(path, force=force, mode_of=old) as temporary:
        save(checkpoint, temporary)


def save(checkpoint: Checkpoint, path: str) -> None:
    """Write a checkpoint that is one file, straight to ``path``."""
    if checkpoint.kind == "torch":
        _save_torch(checkpoint.data, path)
    else:
        _save_safetensors(checkpoint.data, path, checkpoint.metadata)


def _read_torch(path: str, *, allow_pickle: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = torch.load(path, map_location="cpu", weights_only=not allow_pickle)
    except (ModuleNotFoundError, AttributeError) as error:
        raise ToolError(
            f"{path} needs code that cannot be imported ({one_line(error)}): put its folder on PYTHONPATH"
        ) from error
    except Exception as error:
        text = str(error)
        if "weights_only" in text or "Weights only" in text:
            needs = re.search(r"GLOBAL (\S+)", text)
            held = repr(needs.group(1)) if needs else "more than tensors and plain data"
            if _is_pickle(path):
                raise ToolError(
                    f"{path} holds {held}; reading it can run code: --allow-pickle if you trust the file"
                ) from error
        raise ToolError(
            f"{path} cannot be read, it is damaged or no checkpoint: {one_line(error)}"
        ) from error
    if isinstance(data, nn.Module):
        raise ToolError(f"{path} holds a whole pickled {type(data).__name__}: save its state_dict() instead")
    return data


def _is_pickle(path: str) -> bool:
    """Whether the file starts as torch's files do (a zip archive, or a bare pickle)."""
    with open(path, "rb") as stream:
        head = stream.read(2)
    return head in (b"PK", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")


def _safetensors() -> Any:
    try:
        import safetensors
        import safetensors.torch
    except ImportError:
        raise ToolError("safetensors files need the safetensors package: pip install safetensors") from None
    return safetensors


def _read_safetensors(path: str) -> tuple[dict[str, Tensor], dict[str, Any]]:
    library = _safetensors()
    try:
        with library.safe_open(path, framework="pt", device="cpu") as stream:
            return {key: stream.get_tensor(key) for key in list(stream.keys())}, stream.metadata() or {}
    except Exception as error:
        raise ToolError(
            f"{path} cannot be read, it is damaged or no checkpoint: {one_line(error)}"
        ) from error


def _save_torch(data: Any, path: str) -> None:
    # Through a Python stream: errors of the disk arrive as themselves.
    with open(path, "wb") as stream, uninterrupted():
        torch.save(data, stream)


def _save_safetensors(data: dict[str, Tensor], path: str, metadata: dict[str, Any]) -> None:
    own: dict[str, Tensor] = {}
    memory: set[int] = set()
    for key, value in data.items():
        tensor = value.detach().contiguous()
        if tensor.untyped_storage().data_ptr() in memory:
            tensor = tensor.clone()  # tied: the format has no tensor under two names
        memory.add(tensor.untyped_storage().data_ptr())
        own[key] = tensor
    _safetensors().torch.save_file(own, path, metadata=metadata or None)


def _read_shards(path: str) -> Checkpoint:
    try:
        with open(path, encoding="utf-8") as stream:
            index = json.load(stream)
        shards = dict(index["weight_map"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ToolError(f"{path} is no index of shards: {one_line(error)}") from error
    folder = os.path.dirname(os.path.abspath(path))
    data: dict[str, Tensor] = {}
    metadata: dict[str, Any] = {"index": {k: v for k, v in index.items() if k != "weight_map"}, "shards": {}}
    for name in sorted(set(shards.values()), key=str):
        if not isinstance(name, str) or os.path.basename(name) != name:
            raise ToolError(f"{path} names a shard outside its folder: {name!r}")
        shard = os.path.join(folder, name)
        if not os.path.isfile(shard):
            raise ToolError(f"{shard}, a shard that {os.path.basename(path)} names, does not exist")
        tensors, metadata["shards"][name] = _read_safetensors(shard)
        data.update(tensors)
    lost = [key for key in shards if key not in data]
    if lost:
        raise ToolError(f"{path} promises {lost[0]!r}, which is not in {shards[lost[0]]}")
    return Checkpoint({key: data[key] for key in shards}, "sharded", metadata, shards)


def _write_shards(path: str, checkpoint: Checkpoint, *, old: Optional[str], force: bool) -> None:
    """All shards, then the index: whoever finds the index finds every shard."""
    folder = os.path.dirname(os.path.abspath(path))
    if old is not None and os.path.samefile(os.path.dirname(os.path.abspath(old)), folder):
        raise ToolError("a sharded NEW needs a folder of its own: its shards are called like OLD's")
    data: dict[str, Tensor] = checkpoint.data
    shards: dict[str, str] = {}
    last = next(iter(checkpoint.shards.values()), "")
    for key in data:  # a tensor that is new goes into the shard of the one before it
        last = shards[key] = checkpoint.shards.get(key, last)
    names = sorted(set(shards.values()))
    for name in names:
        refuse_early(None, os.path.join(folder, name), force=force)
    index = dict(checkpoint.metadata["index"])
    sizes = sum(value.numel() * value.element_size() for value in data.values())
    index["metadata"] = {**index.get("metadata", {}), "total_size": sizes}
    index["weight_map"] = shards
    written: list[str] = []
    try:
        with tempfile.TemporaryDirectory(prefix=".convbias-lint-", dir=folder) as apart:
            # Every shard is on the disk before the first is moved: a full disk leaves none behind.
            for name in names:
                part = {key: data[key] for key, shard in shards.items() if shard == name}
                with written_whole(os.path.join(apart, name), force=True) as temporary:
                    _save_safetensors(part, temporary, checkpoint.metadata["shards"].get(name, {}))
            # So is the index: shards that were there must not end beside an index of others.
            with uninterrupted(), written_whole(path, force=force, mode_of=old) as temporary:
                with open(temporary, "w", encoding="utf-8") as stream:
                    stream.write(json.dumps(index, indent=2) + "\n")
                for name in names:
                    target = os.path.join(folder, name)
                    fresh = not os.path.exists(target)
                    os.replace(os.path.join(apart, name), target)
                    written += [target] if fresh else []
    except BaseException as error:
        for name in written:
            os.unlink(name)
        if isinstance(error, OSError):
            raise ToolError(f"{path} was not written: {error.strerror or error}") from error
        raise
