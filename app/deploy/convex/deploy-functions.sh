#!/usr/bin/env bash
# Deploys the functions, with what they ask tokens for, and looks whether the deployment runs them.
# usage: deploy-functions.sh [--dry-run]
# needs CONVEX_SELF_HOSTED_URL, OA_CONVEX_ADMIN_KEY_FILE, and the OA_ settings of convex.env.example
set -euo pipefail
# shellcheck source=common.sh source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [ "${1:-}" = --dry-run ]; then dry_run=yes; shift; fi
[ $# = 0 ] || fail "usage: deploy-functions.sh [--dry-run]"
as_admin

install_tool
for name in OA_TOKEN_ISSUER OA_TOKEN_JWKS OA_CONVEX_AUDIENCE OA_CONVEX_WRITER_AUDIENCE; do
  value=$(required "$name")
  convex env set "$name" "$value"
done
convex deploy --typecheck enable --codegen disable

if [ "$dry_run" = yes ]; then
  "$here/health.sh" --dry-run --functions
else
  "$here/health.sh" --functions
fi
