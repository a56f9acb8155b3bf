"""Charts of a paper as pictures, drawn by vl-convert in the paper's own faces; nothing is fetched."""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from dashboard.report.fonts import Faces

WIDTH = 640  # of a drawing, in CSS pixels: at 156 mm a letter of 14 of them is 9.7 points high
PPI = 300
_LETTERS = 14  # CSS pixels
_DRAWING = threading.Lock()  # vl-convert has one engine in a process


def svg_of(chart: str, faces: Faces, use: str) -> str:
    """The drawing as SVG whose letters stay letters, in the face of that use (hei, latin)."""
    with _DRAWING:
        _register(_folders(faces))
        told: str = vl_convert.vegalite_to_svg(_dressed(chart, faces, use), allowed_base_urls=[])
    return told


def png_of(chart: str, faces: Faces, use: str) -> bytes:
    """The drawing as PNG at 300 dots per inch for a width of 156 mm."""
    with _DRAWING:
        _register(_folders(faces))
        scale = 156 / 25.4 * 72 / WIDTH
        data: bytes = vl_convert.vegalite_to_png(
            _dressed(chart, faces, use), scale=scale, ppi=PPI, allowed_base_urls=[]
        )
    return data


def _dressed(chart: str, faces: Faces, use: str) -> dict[str, Any]:
    """The specification for a fixed width, with the paper's faces and letters of its size."""
    spec: dict[str, Any] = json.loads(chart)
    config = spec.setdefault("config", {})
    config["font"] = ", ".join(f"'{name}'" for name in faces.families[use][:4])
    axis = config.setdefault("axis", {})
    axis["labelFontSize"] = axis["titleFontSize"] = _LETTERS
    config["axisX"] = {**config.get("axisX", {}), "labelFontSize": _LETTERS - 2}  # 24 months stand abreast
    axis["titleFontWeight"] = "normal"
    axis["labelColor"] = axis["titleColor"] = "#000000"
    return {**spec, "width": WIDTH, "autosize": {"type": "fit", "contains": "padding"}, "padding": 4}


def _folders(faces: Faces) -> tuple[str, ...]:
    """Folders of the files that the wanted families lie in."""
    wanted = dict.fromkeys(name for chain in faces.families.values() for name in chain)
    files = (path for name in wanted for path, _ in faces.shelf.files.get(name, ()))
    return tuple(dict.fromkeys(str(Path(path).parent) for path in files))


@cache
def _register(folders: tuple[str, ...]) -> None:
    for folder in folders:
        vl_convert.register_font_directory(folder)
