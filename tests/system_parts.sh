#!/usr/bin/env bash
# The parts of the system that tests need: a browser, a database server, a Chinese font.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
{ command -v mariadbd || test -x /usr/sbin/mariadbd; } >/dev/null || missing+=(mariadb-server)
fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk fontconfig)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "The tests need ${missing[*]}: install them (as root: apt-get install ${missing[*]}) and run again." >&2
  exit 1
fi
