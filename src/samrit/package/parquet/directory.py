"""What a Parquet file says about its columns, looked at where it can do no harm.

Arrow ends the whole process, not the call, where the directory of a file says what can't be of a column: a type that
there is not, counts of other lengths. One damaged file in five hundred does. So another process looks first.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_LOOK = """
import sys
import pyarrow.parquet
about = pyarrow.parquet.read_metadata(sys.argv[1])
for group in map(about.row_group, range(about.num_row_groups)):
    for column in map(group.column, range(group.num_columns)):
        column.statistics
"""


def broken_directory(path: Path) -> str:
    """Return what is wrong with what ``path`` says about its columns, "" where nothing is."""
    command = [sys.executable, "-P", "-c", _LOOK, str(path)]
    looked = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if not looked.returncode:
        return ""
    lines = [line.strip() for line in looked.stderr.splitlines() if line.strip()]
    said = [line.removeprefix("what():").strip() for line in lines if line.startswith("what():")]
    return (said or lines or [str(looked.returncode)])[-1]
