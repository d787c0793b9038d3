#!/usr/bin/env bash
# Goes back to an earlier revision of the backend, with an empty store: an upgrade changes the store,
# and the earlier backend cannot read it. What was exported is imported again. Nothing is erased
# before all that can be fetched and looked at has been.
# usage: rollback.sh [--dry-run] --erase [--empty-database] REVISION EXPORT
# needs convex.env, CONVEX_SELF_HOSTED_URL and OA_CONVEX_ADMIN_KEY_FILE. This removes the volume and
# touches no database: --empty-database says that the one behind CONVEX_POSTGRES_URL is empty.
set -euo pipefail
# shellcheck source=common.sh source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage="usage: rollback.sh [--dry-run] --erase [--empty-database] REVISION EXPORT"
empty_database=no
if [ "${1:-}" = --dry-run ]; then dry_run=yes; shift; fi
[ "${1:-}" = --erase ] || fail "$usage"
shift
if [ "${1:-}" = --empty-database ]; then empty_database=yes; shift; fi
[ $# = 2 ] || fail "$usage"
revision=$1
export=$2
[[ $revision =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "$revision is no tag of an image"
[ -r "$export" ] || fail "cannot read $export"
[ -f "$settings" ] || fail "there is no $settings"
grep -q '^CONVEX_REVISION=' "$settings" || fail "$settings has no CONVEX_REVISION"
if [ -n "$(setting CONVEX_POSTGRES_URL)" ] && [ "$empty_database" = no ]; then
  fail "the earlier backend cannot read the database behind CONVEX_POSTGRES_URL: put an empty one in its place, and say --empty-database"
fi
as_admin
"$here/deploy-functions.sh" --dry-run >/dev/null

check_export "$export"
install_tool
# The environment wins over convex.env, in which the revision before stands as long as this can fail.
run export CONVEX_REVISION="$revision"
compose pull backend

compose down --volumes
run sed -i "s/^CONVEX_REVISION=.*/CONVEX_REVISION=$revision/" "$settings"
compose up --detach --wait backend
words=()
if [ "$dry_run" = yes ]; then words=(--dry-run); fi
"$here/deploy-functions.sh" "${words[@]}"
"$here/import.sh" "${words[@]}" "$export"
