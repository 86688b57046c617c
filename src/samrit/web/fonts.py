"""Sarabun for the browser: the official font's files as woff2, made at installation and never committed."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTFont

FACES = {"sarabun-regular.woff2": "Sarabun-Regular.ttf", "sarabun-semibold.woff2": "Sarabun-SemiBold.ttf"}


def build(folder: Path, *, anew: bool = False) -> list[Path]:
    """Write the faces that are missing (or all, ``anew``) into ``folder/fonts`` and return those written."""
    target = folder / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, source in FACES.items():
        path = target / name
        if path.exists() and not anew:
            continue
        with resources.as_file(resources.files("fontpkg_sarabun") / "files" / source) as file:
            font = TTFont(file)
            font.flavor = "woff2"
            part = path.with_suffix(".part")
            font.save(part)
            part.replace(path)  # a killed run leaves no half font under the name
        written.append(path)
    return written
