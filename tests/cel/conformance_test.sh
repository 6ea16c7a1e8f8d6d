#!/bin/sh
# Runs the vectors of the core language, or says plainly why it cannot.
folder="${LOCKGATE_CEL_VECTORS:-../shared/cel/vectors}"
if [ ! -d "$folder" ]; then
  echo "skipped: no conformance vectors in $folder; set LOCKGATE_CEL_VECTORS to their folder"
  exit 77
fi
exec "$1" "$folder" basic comparisons conversions fields fp_math integer_math lists logic macros \
  parse string timestamps string_ext math_ext encoders_ext network_ext
