#!/bin/sh
# Every test, and those of the web application on PostgreSQL too: run-tests.sh PYTHON [pytest's arguments]...
# A part of the tests (any argument but --nothing-skipped) runs on SQLite only; add --database postgres for the other.
# What the run on PostgreSQL leaves out is in `make prove ARGS=on-postgresql`.
# The last line printed is pytest's own and stands for both runs: it comes only after the first one passed.
set -eu
python=$1
shift

if [ "$*" = "" ] || [ "$*" = --nothing-skipped ]; then
    if "$python" -c 'import sys; from tests import databases; sys.exit(not databases.installed())'; then
        echo "On PostgreSQL: one in six of tests/plans, tests/web and tests/office, and all where databases differ most"
        "$python" -m pytest -n 2 --dist worksteal -qq --database postgres --one-in 6 tests/plans tests/web tests/office "$@"
        echo "On SQLite: everything"
    elif [ "$*" = "" ]; then
        echo "PostgreSQL is not installed: the web application is tested on SQLite only." >&2
    else
        echo "PostgreSQL is not installed, and nothing may be skipped in this run." >&2
        exit 1
    fi
fi
exec "$python" -m pytest -n 2 --dist worksteal "$@"
