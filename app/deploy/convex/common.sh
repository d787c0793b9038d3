# shellcheck shell=bash
# What the scripts beside this one have in common. Sourced, not run.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
functions=${OA_CONVEX_FUNCTIONS:-$(cd "$here/../../.." && pwd)/adapters-convex}
settings=${OA_CONVEX_ENV:-$here/convex.env}
dry_run=no

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# Shows a command, or runs it. Secrets are never among the words of a command.
run() {
  printf '+'
  printf ' %q' "$@"
  printf '\n'
  if [ "$dry_run" = no ]; then "$@"; fi
}

# Reads one setting of convex.env, or of the environment, which wins.
setting() {
  local value=${!1:-}
  if [ -z "$value" ] && [ -f "$settings" ]; then
    value=$(sed -n "s/^$1=//p" "$settings" | tail -n 1)
  fi
  printf '%s' "$value"
}

required() {
  local value
  value=$(setting "$1")
  [ -n "$value" ] || fail "$1 is not set, here or in $settings"
  printf '%s' "$value"
}

compose() {
  run docker compose --file "$here/docker-compose.yml" --env-file "$settings" "$@"
}

# Runs Convex's command line tool with the admin key in its environment, where other users of the
# machine do not see it. The key comes from a file.
convex() {
  printf '+ CONVEX_SELF_HOSTED_URL=%q CONVEX_SELF_HOSTED_ADMIN_KEY=<%q> npx convex' "$url" "$key_file"
  printf ' %q' "$@"
  printf '\n'
  if [ "$dry_run" = no ]; then
    (
      cd "$functions" || exit
      CONVEX_SELF_HOSTED_URL=$url CONVEX_SELF_HOSTED_ADMIN_KEY=$(key) npx --no-install convex "$@"
    )
  fi
}

key() {
  local key
  key=$(cat "$key_file")
  case $key in
    carnitas\|*) fail "the key in $key_file is of the development instance, which everybody knows" ;;
    *\|*) printf '%s' "$key" ;;
    *) fail "$key_file holds no admin key" ;;
  esac
}

# Sets url and key_file for those who talk to a deployment as its admin.
as_admin() {
  url=$(required CONVEX_SELF_HOSTED_URL)
  key_file=$(required OA_CONVEX_ADMIN_KEY_FILE)
  [[ $key_file = /* ]] || key_file=$PWD/$key_file
  if [ "$dry_run" = no ]; then
    [ -r "$key_file" ] || fail "cannot read $key_file"
    [ -z "$(find "$key_file" -perm /077)" ] || fail "$key_file can be read by others: chmod 600"
    key >/dev/null
  fi
}

# The tool and what it needs, at the versions that are pinned.
install_tool() {
  run npm --prefix "$functions" ci --ignore-scripts --loglevel=error
}

# Fails when an export is not whole: by the checksum beside it, if there is one, and by those inside.
check_export() {
  local folder name
  folder=$(cd "$(dirname "$1")" && pwd)
  name=$(basename "$1")
  if [ -f "$folder/$name.sha256" ]; then
    (cd "$folder" && run sha256sum --check --quiet "$name.sha256") || fail "$1 is not what was exported"
  fi
  run unzip -tq "$folder/$name" || fail "$1 is no whole export"
}
