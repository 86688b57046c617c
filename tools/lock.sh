#!/bin/sh
# Pin every package again, with hashes, from the ranges in pyproject.toml: lock.sh [--upgrade]
# Without --upgrade the pins stay where the ranges allow it. Needs uv (pip install uv); records no addresses.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --python "$(command -v python3.11 || command -v python3)" --python-version 3.11 --universal \
        --generate-hashes --no-emit-index-url --no-header "$@"
}
compile "$@" pyproject.toml --group pyproject.toml:build --output-file requirements.txt
compile "$@" --group pyproject.toml:dev --constraint requirements.txt --output-file requirements-dev.txt
for extra in parquet spark rivals; do
    compile "$@" --group "pyproject.toml:$extra" --constraint requirements.txt --constraint requirements-dev.txt \
        --output-file "requirements-$extra.txt"
done
