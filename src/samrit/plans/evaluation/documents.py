"""Plan packages as bytes: how a version and a closed evaluation keep them, and how they are read again."""

from __future__ import annotations

from samrit.package import PlanPackage, read
from samrit.package.writer import zip_bytes
from samrit.plans.evaluation import memory
from samrit.plans.models import PlanVersion
from samrit.plans.records.stored_files import digest


def pack(package: PlanPackage) -> bytes:
    """Return a package as the bytes of its zip; the same package gives the same bytes."""
    return zip_bytes(package)


def unpack(content: bytes) -> PlanPackage:
    """Return the package in ``content``.  Raises ValueError when it is not one of ours."""
    reading = read(content)
    if reading.package is None:
        raise ValueError("; ".join(finding.code for finding in reading.findings))
    return reading.package


def package_of(version: PlanVersion) -> PlanPackage:
    """Return a version's package; versions never change, so each is parsed once."""

    def read() -> PlanPackage:
        content = bytes(PlanVersion.objects.values_list("content", flat=True).get(pk=version.pk))
        if digest(content) != version.sha256:
            raise ValueError(f"version {version.pk} does not match its hash")
        return unpack(content)

    return memory.always(("package", version.pk, version.sha256), read)
