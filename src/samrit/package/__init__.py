"""The plan package: a plan as plain CSV files with a description, read and written without loss."""

from samrit.package.model import Holiday, PackageReading, PlanPackage
from samrit.package.reader import read
from samrit.package.writer import require_room, write

__all__ = ["Holiday", "PackageReading", "PlanPackage", "read", "require_room", "write"]
