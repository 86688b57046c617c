"""What is wrong with a draft, said with the names that its pages bear: a table's title, never the file behind it."""

from __future__ import annotations

from dataclasses import replace

from samrit.package.resources import RESOURCES
from samrit.package.schema import Resource
from samrit.vocabulary.findings import Finding, Place, sentence

_BY_PATH = {resource.path: resource for resource in RESOURCES}


def said(finding: Finding, language: str, *, with_place: bool = True) -> str:
    """Return the sentence of a finding about a draft; without its place where it is beside the cell."""
    params = {
        name: _BY_PATH[value].title(language) if isinstance(value, str) and value in _BY_PATH else value
        for name, value in finding.params.items()
    }
    place = _place(finding.place, language) if with_place else Place()
    return sentence(Finding(finding.code, place, params), language)


def _place(place: Place, language: str) -> Place:
    resource = _BY_PATH.get(place.document)
    if resource is None:
        return place
    columns = (_title(resource, name, language) for name in place.column.split(", ") if name)
    return replace(place, document=resource.title(language), column=", ".join(columns))


def _title(resource: Resource, name: str, language: str) -> str:
    return resource.field(name).title(language) if name in resource.columns else name
