#!/usr/bin/env bash
# Fills the corpus folders with the made-up plans. For read_any a first byte picks the kind of file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p corpus/read_text corpus/read_any
for plan in ../crates/plandoc/tests/plans/*; do
  name=$(basename "$plan")
  case "$name" in
    *.txt) kind=0 ;;
    *.html) kind=2 ;;
    *.docx) kind=3 ;;
    *) continue ;;
  esac
  cp "$plan" "corpus/read_text/$name"
  { printf "\\x0$kind"; cat "$plan"; } > "corpus/read_any/$name"
  if [ "$kind" = 0 ]; then
    { printf '\x01'; cat "$plan"; } > "corpus/read_any/$name.md"
  fi
done
