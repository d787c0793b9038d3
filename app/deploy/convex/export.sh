#!/usr/bin/env bash
# Saves all tables of a deployment in a file, with its checksum beside it; before every upgrade.
# usage: export.sh [--dry-run] FOLDER
# needs CONVEX_SELF_HOSTED_URL and OA_CONVEX_ADMIN_KEY_FILE
set -euo pipefail
# shellcheck source=common.sh source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ "${1:-}" = --dry-run ]; then dry_run=yes; shift; fi
[ $# = 1 ] || fail "usage: export.sh [--dry-run] FOLDER"
as_admin
[ -d "$1" ] || fail "there is no folder $1"
folder=$(cd "$1" && pwd)
file=$folder/convex-$(date -u +%Y%m%dT%H%M%SZ).zip

install_tool
convex export --path "$file"
echo "+ sha256sum to $file.sha256"
if [ "$dry_run" = no ]; then
  (cd "$folder" && sha256sum "$(basename "$file")") >"$file.sha256"
  cat "$file.sha256"
fi
