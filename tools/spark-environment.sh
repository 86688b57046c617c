#!/bin/sh
# Make an environment with Spark: spark-environment.sh FOLDER PYTHON
# Everything pinned and checked against its hash. pyspark comes as source only; setuptools, pinned too, builds it.
set -eu
folder=$1 python=$2
sh tools/debian-packages.sh --required default-jre-headless
stamp="$folder/ready-$(cat requirements.txt requirements-spark.txt | cksum | cut -d' ' -f1)"
[ -e "$stamp" ] && exit 0
"$python" -m venv --clear "$folder"
pip="$folder/bin/python -m pip --quiet --quiet install --require-hashes"
$pip --only-binary :all: --requirement requirements.txt
grep -v '^#' requirements-spark.txt | awk '/^[a-z]/ { keep = !/^pyspark==/ } keep' >"$folder/wheels.txt"
$pip --only-binary :all: --requirement "$folder/wheels.txt"
$pip --no-build-isolation --no-deps --requirement requirements-spark.txt
"$folder/bin/python" -m pip --quiet --quiet install --no-index --no-deps --no-build-isolation --editable .
touch "$stamp"
