#!/bin/sh
# Runs the vectors of the language, or says plainly why it cannot.
folder="${LOCKGATE_CEL_VECTORS:-../shared/cel/vectors}"
if [ ! -d "$folder" ]; then
  echo "skipped: no conformance vectors in $folder; set LOCKGATE_CEL_VECTORS to their folder"
  exit 77
fi
exec "$1" "$folder"
