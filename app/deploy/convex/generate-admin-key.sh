#!/usr/bin/env bash
# Makes an admin key of the running backend and writes it to a file that its owner alone can read.
# usage: generate-admin-key.sh [--dry-run] FILE
set -euo pipefail
# shellcheck source=common.sh source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ "${1:-}" = --dry-run ]; then dry_run=yes; shift; fi
[ $# = 1 ] || fail "usage: generate-admin-key.sh [--dry-run] FILE"
file=$1
[ ! -e "$file" ] || fail "$file is there already"
[ -d "$(dirname "$file")" ] || fail "there is no folder $(dirname "$file")"

echo "+ the last line of the next command goes to $file, mode 600"
if [ "$dry_run" = yes ]; then
  compose exec -T backend ./generate_admin_key.sh
  exit 0
fi
umask 077
key=$(compose exec -T backend ./generate_admin_key.sh | tail -n 1)
case $key in
  carnitas\|*) fail "the instance is the one for development, whose secret everybody knows" ;;
  *\|*) printf '%s\n' "$key" >"$file" ;;
  *) fail "the backend gave no key" ;;
esac
echo "wrote $file"
