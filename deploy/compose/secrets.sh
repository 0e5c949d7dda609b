#!/bin/sh
# Writes .env beside this file (or to the path given) with fresh secrets, unless it is there: `make up` calls it.
set -eu
folder=$(dirname "$0")
target=${1:-$folder/.env}
if [ -e "$target" ]; then
    exit 0
fi
random() {
    head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'
}
umask 077
while IFS= read -r line; do
    case $line in
        *_PASSWORD= | *_KEY=) printf '%s%s\n' "$line" "$(random)" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$folder/.env.example" >"$target.new"
mv "$target.new" "$target"
echo "Wrote $target with fresh secrets; keep it, the data cannot be read without it."
