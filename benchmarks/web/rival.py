"""The rival: the same lists and counts as plain Django pages over the same database, percents in SQL's floats.

It has no bands by rule set, no levels, no settled results, no explanation, and nobody
can prove its figures.  It stands behind the same middleware and the same sign-in, so
that what differs is how a page comes by its figures.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from samrit.engine.model import Plan

TABLES = (
    "CREATE TABLE rival_work (id varchar(80) PRIMARY KEY, title text, fund text, strategy text, unit text)",
    "CREATE TABLE rival_indicator (id varchar(80) PRIMARY KEY, work varchar(80), weight double precision)",
    "CREATE TABLE rival_month (indicator varchar(80), period int, planned double precision, actual double precision)",
    "CREATE INDEX rival_month_of ON rival_month (indicator)",
    "CREATE INDEX rival_indicator_of ON rival_indicator (work)",
)
_PERCENTS = """
    WITH done AS (
        SELECT indicator, sum(actual) AS actual, sum(planned) AS planned FROM rival_month GROUP BY indicator),
    scored AS (
        SELECT i.work, sum(i.weight * CASE WHEN d.planned > 0 THEN d.actual / d.planned ELSE 0 END) AS percent
        FROM rival_indicator i JOIN done d ON d.indicator = i.id GROUP BY i.work)
    SELECT w.id, w.title, w.fund, w.strategy, w.unit, s.percent,
        CASE WHEN s.percent >= 100 THEN 'good' WHEN s.percent >= 90 THEN 'fair' WHEN s.percent >= 80 THEN 'low'
        ELSE 'improve' END AS band
    FROM rival_work w JOIN scored s ON s.work = w.id
"""
_LIST = """<!doctype html><title>Works</title><table>{% for id, title, fund, strategy, unit, percent, band in rows %}
<tr><td>{{ id }}</td><td><a href="/works/{{ id|urlencode }}/">{{ title }}</a></td><td>{{ fund }}</td>
<td>{{ strategy }}</td><td>{{ unit }}</td><td>{{ percent|floatformat:2 }}</td><td>{{ band }}</td></tr>{% endfor %}
</table><p>{{ count }}</p>"""
_FRONT = """<!doctype html><title>Plan</title><table>{% for fund, strategy, band, count in rows %}
<tr><td>{{ fund }}</td><td>{{ strategy }}</td><td>{{ band }}</td><td>{{ count }}</td></tr>{% endfor %}</table>"""


def fill(plan: Plan) -> None:
    """Make the rival's tables and put the plan's works into them."""
    numbers = [(i, e) for p in plan.projects for i in p.indicators for e in i.entries if e.span == 1]
    with connection.cursor() as cursor:
        for statement in TABLES:
            cursor.execute(statement)
        _insert(
            cursor, "work", [(p.id, p.title, p.fund, p.strategy, ", ".join(p.responsible_units)) for p in plan.projects]
        )
        _insert(cursor, "indicator", [(i.id, p.id, _float(i.weight)) for p in plan.projects for i in p.indicators])
        _insert(cursor, "month", [(i.id, e.period, _float(e.planned), _float(e.actual)) for i, e in numbers])


@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show fifty works with their percents."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rival_work")
        (count,) = cursor.fetchone()
        cursor.execute(f"{_PERCENTS} ORDER BY w.id LIMIT 50")
        rows = cursor.fetchall()
    return HttpResponse(engines["django"].from_string(_LIST).render({"rows": rows, "count": count}, request))


@login_required
def front(request: HttpRequest) -> HttpResponse:
    """Count all works by fund, strategy and band."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT fund, strategy, band, count(*) FROM ({_PERCENTS}) x GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")  # noqa: S608
        rows = cursor.fetchall()
    return HttpResponse(engines["django"].from_string(_FRONT).render({"rows": rows}, request))


urlpatterns = [path("rival/list/", listed), path("rival/front/", front), path("", include("samrit.config.urls"))]


def _insert(cursor: Any, table: str, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"INSERT INTO rival_{table} VALUES ({marks})", rows)  # noqa: S608


def _float(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return 0.0
