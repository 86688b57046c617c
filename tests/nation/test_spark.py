"""A worker of the cluster does with a batch what the pool does; the way through Spark is in ``proofs.nation``."""

import pyarrow as pa

from samrit.nation import spark
from samrit.nation.inputs import outcomes, pieces
from samrit.nation.outcome import Settings
from samrit.package.notes import Notes
from samrit.package.parquet.reader import _open
from tests.nation.many import lay_out


def test_batches_of_rows_and_of_files_give_the_digests_of_the_pool(tmp_path):
    folder, table, torn = lay_out(tmp_path, 20, 5)
    settings = Settings()
    expected = {}
    for piece in pieces([folder, table, torn], settings):
        expected |= {(o.plan["source"], o.plan["plan"]): o.plan["digest"] for o in outcomes(piece, settings)}
    zips = sorted(folder.glob("*.zip"))
    files = pa.RecordBatch.from_pydict({"path": [str(p) for p in zips], "content": [p.read_bytes() for p in zips]})
    rows = _open(table, "t", Notes()).file.read().to_batches()
    made = [*spark._of_files(settings)([files]), *spark._of_rows(settings)(iter(rows))]
    told = {(row["source"] or str(table), row["plan"]): row["digest"] for batch in made for row in batch.to_pylist()}
    assert len(told) == len(zips) + 10
    assert told == {key: expected[key] for key in told}
