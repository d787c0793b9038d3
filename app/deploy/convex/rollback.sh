#!/usr/bin/env bash
# Goes back to an earlier revision of the backend, with an empty store: an upgrade changes the store,
# and the earlier backend cannot read it. What was exported is imported again.
# usage: rollback.sh [--dry-run] --erase REVISION EXPORT
# needs convex.env, CONVEX_SELF_HOSTED_URL and OA_CONVEX_ADMIN_KEY_FILE. Give another database in
# CONVEX_POSTGRES_URL first, when there is one: this removes the volume and touches no database.
set -euo pipefail
# shellcheck source=common.sh source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ "${1:-}" = --dry-run ]; then dry_run=yes; shift; fi
if [ $# != 3 ] || [ "$1" != --erase ]; then
  fail "usage: rollback.sh [--dry-run] --erase REVISION EXPORT"
fi
revision=$2
export=$3
[[ $revision =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "$revision is no tag of an image"
[ -r "$export" ] || fail "cannot read $export"
[ -f "$settings" ] || fail "there is no $settings"
grep -q '^CONVEX_REVISION=' "$settings" || fail "$settings has no CONVEX_REVISION"
as_admin

compose down --volumes
run sed -i "s/^CONVEX_REVISION=.*/CONVEX_REVISION=$revision/" "$settings"
compose up --detach --wait backend
words=()
if [ "$dry_run" = yes ]; then words=(--dry-run); fi
"$here/deploy-functions.sh" "${words[@]}"
"$here/import.sh" "${words[@]}" "$export"
