"""Draws the pictures of scanned attachments: `python -m crawlers.sample_sites scans`; needs a Chinese font.

The pictures are kept with the documents, so nobody else needs the font, and tests always see the same bytes.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.sample_sites.files.scan import (
    MARK,
    fingerprint,
    picture_fingerprint,
    picture_name,
    scan_pictures,
)
from crawlers.sample_sites.files.setting import HEIGHT, WIDTH, Run, sheets
from crawlers.sample_sites.model import SampleAttachment, SampleDocument
from warehouse.errors import UserError

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
_SIMPLIFIED = 2  # the face of the collection with the forms of the mainland
_DOTS = 200 / 25.4  # a millimetre
_TILT = (0.25, 0.6)  # degrees, to either side
_SPECKS = 120


def draw_scans(site: str, documents: Sequence[SampleDocument]) -> Iterator[str]:
    """Draw what is new or was reworded, take away what no document names; the files touched, one by one."""
    scans = [a for document in documents for a in document.attachments if a.kind == "scan"]
    for attachment in scans:
        if not is_drawn(site, attachment):
            yield from _draw(site, attachment)
    named = {attachment.file.rsplit(".", 1)[0] for attachment in scans}
    for file in sorted(_folder(site).glob("*.png")):
        if file.stem.rsplit("-", 1)[0] not in named:
            file.unlink()
            yield str(file)


def is_drawn(site: str, attachment: SampleAttachment) -> bool:
    """Whether the pictures beside the documents show the attachment's present text."""
    wanted = fingerprint(attachment.name, attachment.paragraphs)
    found = [picture_fingerprint(picture.read_bytes()) for picture in scan_pictures(site, attachment.file)]
    return bool(found) and set(found) == {wanted}


def _draw(site: str, attachment: SampleAttachment) -> Iterator[str]:
    folder = _folder(site)
    folder.mkdir(exist_ok=True)
    for old in scan_pictures(site, attachment.file):
        (folder / old.name).unlink()
    pictures = pictures_of(attachment.name, attachment.paragraphs, seed=f"{site}/{attachment.file}")
    for number, picture in enumerate(pictures, start=1):
        file = folder / picture_name(attachment.file, number)
        file.write_bytes(picture)
        yield str(file)


def _folder(site: str) -> Path:
    return Path(__file__).parent.parent / "documents" / site / "scans"


def pictures_of(title: str, paragraphs: Sequence[str], seed: str) -> list[bytes]:
    """One-bit PNG pictures of the pages at 200 dots an inch, askew and specked; the same every time."""
    if not FONT.exists():
        raise UserError(f"{FONT} is missing; install fonts-noto-cjk to draw scanned attachments.")
    pen, note = _Pen(), fingerprint(title, paragraphs)
    pages = sheets(title, paragraphs, pen.advance)
    return [_picture(runs, pen, random.Random(f"{seed}-{page}"), note) for page, runs in enumerate(pages)]


class _Pen:
    """The font in the sizes that were asked for."""

    def __init__(self) -> None:
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}

    def advance(self, character: str) -> float:
        """How wide a character is in parts of its size."""
        return self._font(100).getlength(character) / 100

    def write(self, drawing: ImageDraw.ImageDraw, run: Run) -> None:
        """Draw every character at its place."""
        font = self._font(round(run.size * _DOTS))
        for x, character in zip(run.places, run.text, strict=True):
            drawing.text((x * _DOTS, run.y * _DOTS), character, font=font, fill=0, anchor="ls")

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        from PIL import ImageFont

        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(str(FONT), size, _SIMPLIFIED)
        return self._sizes[size]


def _picture(runs: Sequence[Run], pen: _Pen, dice: random.Random, note: str) -> bytes:
    from PIL import Image, ImageDraw, PngImagePlugin

    sheet = Image.new("L", (round(WIDTH * _DOTS), round(HEIGHT * _DOTS)), 255)
    drawing = ImageDraw.Draw(sheet)
    for run in runs:
        pen.write(drawing, run)
    turned = sheet.rotate(
        dice.uniform(*_TILT) * dice.choice((-1, 1)), Image.Resampling.BICUBIC, fillcolor=255
    )
    _speck(ImageDraw.Draw(turned), turned.size, dice)
    remark, out = PngImagePlugin.PngInfo(), io.BytesIO()
    remark.add_text(MARK.rstrip(b"\0").decode(), note)
    black = turned.point(lambda shade: 255 * (shade > 150))
    black.convert("1", dither=Image.Dither.NONE).save(out, "PNG", optimize=True, pnginfo=remark)
    return out.getvalue()


def _speck(drawing: ImageDraw.ImageDraw, size: tuple[int, int], dice: random.Random) -> None:
    """Dust: single dots and a few small blots."""
    for _ in range(_SPECKS):
        x, y, wide = dice.randrange(size[0]), dice.randrange(size[1]), dice.choice((0, 0, 0, 1, 2))
        drawing.rectangle((x, y, x + wide, y + dice.randrange(wide + 1)), fill=0)
