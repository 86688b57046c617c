"""Plan packages in Parquet: one row per plan, one nested list of typed structs per file, without loss both ways.

Needs pyarrow, which the extra ``samrit[parquet]`` brings; nothing else of the package does.
"""

from samrit.package.parquet.reader import PlanGroup, plan_groups, read_group, read_single
from samrit.package.parquet.writer import write_all

__all__ = ["PlanGroup", "plan_groups", "read_group", "read_single", "write_all"]
