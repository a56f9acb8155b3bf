"""What a written PDF is set in, told on stderr: fonts, faces that stood in, characters no font has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.commands.console import Console

if TYPE_CHECKING:
    from dashboard.report.files import ReportFile


def tell_faces(console: Console, made: ReportFile) -> None:
    """Say it of a PDF; of other formats, whose letters the reader's program sets, nothing is known."""
    if made.fonts:
        console.say(f"Fonts in it: {', '.join(made.fonts)}; {made.pages} pages.")
    for use, family in made.substituted:
        console.say(
            f"No usual {use} face is installed; {family} stands in. Name one under [report] {use}, put its"
            " file into the home's fonts folder, or install Fandol."
        )
    if made.missing:
        signs = ", ".join(f"U+{ord(sign):04X} ({count}x)" for sign, count in made.missing)
        console.say(f"No font here shows {signs}; the code is printed instead. Install a font that does.")
