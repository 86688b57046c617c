#!/bin/sh
# See that Debian packages are there: debian-packages.sh [--required] PACKAGE...
# Installs the missing ones when run by root on Debian or Ubuntu; otherwise names them. Does nothing when all are there.
# Missing packages are an error only with --required: the tests that need them skip themselves and say so.
set -eu
required=no
if [ "$1" = --required ]; then
    required=yes
    shift
fi

missing=
for package in "$@"; do
    # A program may also have come by another way than its Debian package.
    case $package in
    libreoffice-*) program=soffice ;;
    poppler-utils) program=pdftoppm ;;
    postgresql) program=initdb ;;
    chromium) program=chromium ;;
    default-jre-headless) program=java ;;
    *) program= ;;
    esac
    [ "$program" != java ] || ! command -v java >/dev/null 2>&1 || continue
    if command -v dpkg-query >/dev/null 2>&1; then
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed && continue
    elif [ -n "$program" ] && command -v "$program" >/dev/null 2>&1; then
        continue
    fi
    missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # the list is meant to be split
    { apt-get update --quiet=2 && apt-get install --quiet=2 --yes --no-install-recommends $missing; } >/dev/null && exit 0
fi
echo "Not installed:$missing" >&2
echo "Install them as root: apt-get install --no-install-recommends$missing" >&2
[ "$required" = no ]
