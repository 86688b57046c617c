"""Records made from columns are the records that their class makes, and as frozen."""

import dataclasses
import gc
import pickle

import pytest

from samrit.engine import model, ruleset
from samrit.engine.model import Entry, Source, Strategy
from samrit.package.records import no_collection, records, sources

KINDS = [c for m in (model, ruleset) for c in vars(m).values() if isinstance(c, type) and dataclasses.is_dataclass(c)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda c: c.__name__)
def test_a_record_is_the_one_its_class_makes(kind):
    values = {f.name: object() for f in dataclasses.fields(kind)}
    (made,) = records(kind, {name: [value] for name, value in values.items()}, 1)
    assert type(made) is kind
    assert {f.name: getattr(made, f.name) for f in dataclasses.fields(kind)} == values
    assert made == kind(**values)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, next(iter(values)), None)


def test_a_field_without_a_column_has_its_default():
    made = records(Entry, {"period": [1, 2]}, 2)
    assert made == [Entry(1), Entry(2)]
    assert hash(made[0]) == hash(Entry(1))
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301
    assert dataclasses.replace(made[0], period=3) == Entry(3)


def test_a_field_without_column_and_default_is_refused():
    with pytest.raises(TypeError, match="name"):
        records(Strategy, {"code": ["1"]}, 1)


def test_equal_sources_are_one():
    one, two, three = sources(["a", "a", "b"], [1, 1, None], [None] * 3, [""] * 3)
    assert one is two
    assert three == Source("b")


def test_collecting_goes_on_as_before():
    with no_collection():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with no_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
