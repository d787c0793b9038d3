#!/usr/bin/env bash
# Puts an export in the place of all that a deployment holds. The runtime must not write meanwhile.
# usage: import.sh [--dry-run] FILE
# needs CONVEX_SELF_HOSTED_URL and OA_CONVEX_ADMIN_KEY_FILE
set -euo pipefail
# shellcheck source=common.sh source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ "${1:-}" = --dry-run ]; then dry_run=yes; shift; fi
[ $# = 1 ] || fail "usage: import.sh [--dry-run] FILE"
as_admin
[ -r "$1" ] || fail "cannot read $1"
file=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")

check_export "$file"
install_tool
convex import --replace-all --yes "$file"
