#!/usr/bin/env bash
# Looks whether a deployment answers, and with --functions whether it runs those of this release.
# usage: health.sh [--dry-run] [--functions]
# needs CONVEX_SELF_HOSTED_URL; with --functions OA_CONVEX_ADMIN_KEY_FILE too
set -euo pipefail
# shellcheck source=common.sh source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

ask_functions=no
for word in "$@"; do
  case $word in
    --dry-run) dry_run=yes ;;
    --functions) ask_functions=yes ;;
    *) fail "usage: health.sh [--dry-run] [--functions]" ;;
  esac
done
if [ "$ask_functions" = yes ]; then as_admin; else url=$(required CONVEX_SELF_HOSTED_URL); fi

run curl --fail --silent --show-error --max-time 10 "$url/version"
if [ "$dry_run" = no ]; then
  echo
  instance=$(curl --fail --silent --max-time 10 "$url/instance_name" || true)
  [ "$instance" != carnitas ] || fail "this is the instance for development, whose secret everybody knows"
fi

if [ "$ask_functions" = yes ]; then
  wanted=$(sed -n 's/^export const FUNCTIONS = "\(.*\)";$/\1/p' "$functions/convex/fence.ts")
  [ -n "$wanted" ] || fail "no version in $functions/convex/fence.ts"
  echo "+ POST $url/api/query writerInternal:version with the key of $key_file; wants functions $wanted"
  if [ "$dry_run" = no ]; then
    # The header comes by a pipe: among the words of a command others could read it.
    answer=$(
      printf 'header = "Authorization: Convex %s"\n' "$(key)" |
        curl --config - --fail-with-body --silent --show-error --max-time 20 \
          --header 'Content-Type: application/json' \
          --data '{"path":"writerInternal:version","args":{},"format":"json"}' "$url/api/query"
    )
    case $answer in
      *"\"functions\":\"$wanted\""*) echo "functions $wanted are running" ;;
      *) fail "the deployment does not run functions $wanted: $answer" ;;
    esac
  fi
fi
