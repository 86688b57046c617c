"""``samrit nation``: the page of figures over thousands of plans, out of what ``samrit score`` wrote."""

from __future__ import annotations

from pathlib import Path

import click

from samrit.cli import parquet, places, shared


@click.command(
    "nation",
    context_settings=shared.BILINGUAL,
    help="หน้าภาพรวมของทุกแผน จากผลของ samrit score: ระดับตามกระทรวงและภาค แผนที่เงียบ การกระจาย และที่เปลี่ยนมากที่สุด\n\n"
    "A page of figures over all plans, from what samrit score wrote.",
)
@click.argument("results", type=click.Path(path_type=Path, file_okay=False))
@click.option("--before", type=click.Path(path_type=Path, file_okay=False), help="ผลครั้งก่อน / earlier results")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="โฟลเดอร์ / folder")
@shared.language_option
def command(results: Path, before: Path | None, out: Path, language: str) -> None:
    """Write nation.html and nation.xlsx."""
    figures = parquet.needed("samrit.nation.figures", language)
    page = parquet.needed("samrit.nation.page", language)
    try:
        found = figures.national_figures(results, before)
    except (OSError, ValueError) as error:  # parts that are missing or damaged, too
        folder = getattr(error, "folder", results)
        shared.stop(
            language,
            f"{folder} ไม่มีผลที่เสร็จสมบูรณ์ ให้สั่ง samrit score --out {folder} ให้จบก่อน",
            f"{folder} holds no finished results; run samrit score --out {folder} to its end first",
        )
    with places.writing(out, language):
        out.mkdir(parents=True, exist_ok=True)
        for name, write in (("nation.html", page.write_html), ("nation.xlsx", page.write_workbook)):
            write(found, out / name, language)
            shared.console().print(str(out / name), markup=False)
