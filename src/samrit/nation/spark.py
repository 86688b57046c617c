"""The same scoring on Apache Spark: each partition's plans go through the function that the pool calls.

A plan needs no other plan, so nothing is shuffled.  Spark hands over Arrow batches of a few dozen plans and takes back
one row per plan with its works, indicators and findings nested in it.  Needs the extra ``samrit[spark]`` and a Java
runtime on every machine.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa

from samrit.nation import results
from samrit.nation.inputs import is_parquet, outcomes, packages, pieces
from samrit.nation.outcome import Outcome, Settings, outcome
from samrit.nation.tables import NESTED, TABLES, nested
from samrit.package import read
from samrit.package.parquet import plan_groups
from samrit.package.parquet.reader import read_rows

# Plans that are in a worker's memory at one time.
PLANS_PER_BATCH = 32
# Small files would otherwise be put together into one partition, and one core would do all the work.
BYTES_PER_PARTITION = 4 * 1024 * 1024

Frame = Any  # pyspark.sql.DataFrame; the library has to be there only where this module is used
Session = Any


def session(name: str = "samrit", master: str = "") -> Session:
    """Return a session set up for plans; ``master`` is for a machine of its own, such as "local[2]"."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  # the extra may be missing

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName(name)
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", PLANS_PER_BATCH)
    builder = builder.config("spark.sql.files.maxPartitionBytes", BYTES_PER_PARTITION)
    return (builder.master(master) if master else builder).getOrCreate()


def score_plans(plans: Frame, settings: Settings) -> Frame:
    """Return the outcome of each plan of a frame in the layout of ``samrit package to-parquet``, a row per plan."""
    return _mapped(plans, _of_rows(settings))


def score_files(files: Frame, settings: Settings) -> Frame:
    """Return the outcome of each zip of a frame as ``spark.read.format("binaryFile")`` gives it, a row per plan."""
    return _mapped(files.select("path", "content"), _of_files(settings))


def table(outcomes: Frame, name: str) -> Frame:
    """Return one of the tables plans, works, indicators, findings out of a frame of outcomes."""
    from pyspark.sql import functions  # noqa: PLC0415

    if name == TABLES[0]:
        return outcomes.drop(*(f"{other}_rows" for other in TABLES[1:]))
    return outcomes.select(functions.explode(f"{name}_rows").alias("row")).select("row.*")


def score_all(spark: Session, sources: Sequence[Path], out: Path, settings: Settings) -> results.RunSummary:
    """Score every plan of files that all machines see, as ``pool.score_all`` does, and return the same summary.

    Raises FileExistsError when ``out`` holds something else.
    """
    results.prepare(out, ())
    frames, lost = _frames(spark, sources, settings)
    whole = _address(out / ".outcomes")
    frames.append(spark.createDataFrame(nested(lost).to_pylist(), _schema()))
    union = frames[0]
    for frame in frames[1:]:
        union = union.unionByName(frame)
    # Kept once, so that no plan is scored again for the second table.
    union.write.mode("overwrite").parquet(whole)
    kept = spark.read.parquet(whole)
    for name in TABLES:
        table(kept, name).write.mode("overwrite").parquet(_address(out / name))
    return results.finish(out)


def _frames(spark: Session, sources: Sequence[Path], settings: Settings) -> tuple[list[Frame], list[Outcome]]:
    """Return frames of outcomes, and the outcomes of what Spark would stop at or doesn't read: torn files, folders."""
    from pyspark.sql import functions  # noqa: PLC0415

    tables: list[str] = []
    zips: list[str] = []
    own: list[Outcome] = []
    for path in packages(sources):
        if not path.is_file() or path.name.startswith(("_", ".")):  # Spark passes over such names without a word
            own += _read_here(path, settings)
        elif not is_parquet(path):
            zips.append(_pattern(path))
        elif any(group.findings for group in plan_groups(path)):
            own += _read_here(path, settings)
        else:
            tables.append(_pattern(path))
    frames = []
    if tables:
        plans = spark.read.parquet(*tables).withColumn("source", functions.input_file_name())
        frames.append(score_plans(plans, settings))
    if zips:
        frames.append(score_files(spark.read.format("binaryFile").load(zips), settings))
    return frames, own


def _address(path: Path) -> str:
    """Return a path as Spark wants it: not as a URI, whose percent signs it would take for parts of the name."""
    return f"file://{path.resolve()}"


def _pattern(path: Path) -> str:
    """Return a path to read; Spark takes several letters of a name for a pattern, unless told not to."""
    return re.sub(r"([\\{}\[\]*?,])", r"\\\1", _address(path))


def _told(source: str) -> str:
    """Return the path that Spark's ``input_file_name`` stands for."""
    return unquote(source.removeprefix("file://")) if source.startswith("file://") else source


def _read_here(path: Path, settings: Settings) -> Iterator[Outcome]:
    for piece in pieces([path], settings):
        yield from outcomes(piece, settings)


def _mapped(frame: Frame, function: Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]) -> Frame:
    return frame.mapInArrow(function, _schema())


def _schema() -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

    return from_arrow_schema(NESTED)


def _of_rows(settings: Settings) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def scored(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            names = batch.schema.names
            own = batch.column("source").to_pylist() if "source" in names else [""] * batch.num_rows
            sources = map(_told, own)
            plans = zip(sources, read_rows(batch), strict=True)
            yield nested([outcome(source, plan_id, reading, settings) for source, (plan_id, reading) in plans])

    return scored


def _of_files(settings: Settings) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def scored(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            made = []
            for path, content in zip(
                batch.column("path").to_pylist(), batch.column("content").to_pylist(), strict=True
            ):
                name = path.rpartition("/")[2]
                made.append(
                    outcome(path.removeprefix("file:"), name.removesuffix(".zip"), read(content, name), settings)
                )
            yield nested(made)

    return scored
