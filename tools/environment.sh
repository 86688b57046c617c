#!/bin/sh
# Make or refresh the environment: environment.sh FOLDER REQUIREMENTS [PYTHON]
# Every package comes pinned, as a wheel, checked against its hash; the project itself is installed editable.
set -eu
folder=$1 requirements=$2 wanted=${3:-}

good_python() { command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    for python in ${wanted:-python3.11 python3 python3.12 python3.13 python3.14}; do
        good_python "$python" && break
        python=
    done
    if [ -z "$python" ]; then
        echo "Samrit needs Python 3.11 or newer${wanted:+ ($wanted is not)}. Install it, or name it: make PYTHON=/path/to/python3.11" >&2
        exit 1
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        sh tools/debian-packages.sh --required "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    echo "Setting up $folder, once; this takes about a minute."
    "$python" -m venv --clear "$folder"
fi

pip="$folder/bin/python -m pip --quiet --quiet install"
$pip --require-hashes --only-binary :all: --requirement "$requirements"
if [ "$requirements" = requirements.txt ]; then
    $pip --no-index --no-deps --no-build-isolation --editable .
fi
