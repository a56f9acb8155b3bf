"""A model as one byte string: the files of its folder packed with msgpack, so that there is one format.

Bytes from elsewhere are no danger: only names as of a model's files are written, inside a folder that is
gone afterwards, and the arrays are read without pickle as ever.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import srsly  # type: ignore[import-untyped]

from classify.linear.model import LinearModel, load_model
from warehouse.errors import UserError

_OWN = re.compile(r"(?:(?:seed|labels)/)*[a-z]+\.(?:json|npz)")  # a taught model has two parts


def model_bytes(model: LinearModel) -> bytes:
    """Card and weights of a model, those of its parts included."""
    with TemporaryDirectory(prefix="govbrief-model-") as name:
        folder = Path(name)
        model.save(folder)
        files = (file for file in sorted(folder.rglob("*")) if file.is_file())
        packed: bytes = srsly.msgpack_dumps(
            {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
        )
    return packed


def model_of(data: bytes) -> LinearModel:
    """The model that `model_bytes` packed; a UserError says what does not fit."""
    with TemporaryDirectory(prefix="govbrief-model-") as name:
        for inside, content in _files(data).items():
            file = Path(name, inside)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return load_model(Path(name))


def _files(data: bytes) -> dict[str, bytes]:
    try:
        packed: Any = srsly.msgpack_loads(data)
    except ValueError as error:
        raise UserError(f"the packed model cannot be read ({error}); save the pipeline again.") from error
    if not isinstance(packed, dict):
        raise UserError("the packed model is no table of files; save the pipeline again.")
    for name, content in packed.items():
        if not (isinstance(name, str) and _OWN.fullmatch(name) and isinstance(content, bytes)):
            raise UserError(f"the packed model holds {str(name)[:60]!r}, no file of a model; save it again.")
    return packed
