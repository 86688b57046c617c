"""The library's reader and our own, which takes over at the first damage, agree wherever both can read."""

import csv
from itertools import islice

from hypothesis import example, given
from hypothesis import strategies as st

from samrit.package.notes import Notes
from samrit.package.tables import csv_rows as module
from samrit.package.tables.csv_rows import csv_rows

texts = st.text(alphabet='ab",\r\n ก\u2028', max_size=30)


def both(text):
    """What the library reads before the first damage, whether there was any, and what our own reader reads."""
    whole, damaged = [], False
    try:
        whole.extend(module._whole(text, ","))
    except csv.Error:
        damaged = True
    return whole, damaged, list(module._damaged("plan.csv", text, ",", Notes()))


@given(texts)
@example('a,"b\r\nc"\n"",x\n""\n\n,\n')
@example('a\r"b\rc"\rd')
@example('"a"b,c\nd')
@example('x\n"open\n')
def test_both_readers_give_the_same_records_and_lines(text):
    whole, damaged, own = both(text)
    assert own[: len(whole)] == whole
    assert damaged or own == whole


@given(texts, st.integers(0, 4))
def test_nothing_is_lost_or_read_twice_where_one_reader_takes_over(text, count):
    notes = Notes()
    lines = csv_rows("plan.csv", "h,i\n" * count + text, notes)
    assert list(islice(lines, count)) == [(at, ["h", "i"]) for at in range(1, count + 1)]
    assert [(number - count, cells) for number, cells in lines] == list(module._damaged("plan.csv", text, ",", Notes()))


def test_a_cell_longer_than_the_library_allows_is_read_by_our_own(tmp_path):
    long = "ก" * (csv.field_size_limit() + 1)
    assert list(csv_rows("plan.csv", f"a,b\n{long},2\n", Notes())) == [(1, ["a", "b"]), (2, [long, "2"])]
