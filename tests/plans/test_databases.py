"""A run on PostgreSQL is one: a connection opened too early would quietly be SQLite's."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tests import databases


@pytest.mark.django_db(transaction=True)
def test_the_tests_use_the_database_that_was_asked_for(pytestconfig: pytest.Config) -> None:
    wanted = {"sqlite": "sqlite", "postgres": "postgresql"}[databases.wanted(pytestconfig.getoption("--database"))]
    seen = [connection.vendor]

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        seen.append(connection.vendor)
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [wanted, wanted]
