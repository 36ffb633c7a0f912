#!/usr/bin/env bash
# fuzz.sh FOLDER TARGET SECONDS: fuzzes one target with the programs in FOLDER and prints what came of it: executions,
# their rate, coverage. What it learns stays in FOLDER/corpus, an input that fails in FOLDER/findings, and then it
# fails itself.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="$1" target="$2" seconds="$3"
cd "$folder"
mkdir -p "corpus/$target" findings
known=("seeds/$target")
[[ ! -d $here/findings/$target ]] || known+=("$here/findings/$target")
log="findings/$target.log"
# Without the weights by rare features, which take up to half of the time once there are thousands of inputs and
# find as much.
"./${target}_fuzz" -max_total_time="$seconds" -entropic=0 -timeout=60 -max_len=4096 -rss_limit_mb=4096 \
  -print_final_stats=1 -artifact_prefix="$folder/findings/${target}_" "corpus/$target" "${known[@]}" >"$log" 2>&1
status=$?
awk -v target="$target" -v log_file="$folder/$log" -v status="$status" '
  /inline 8-bit counters/ { edges = $5; sub(/^\(/, "", edges) }
  / cov: / { for (i = 1; i < NF; ++i) if ($i == "cov:") covered = $(i + 1) }
  /stat::number_of_executed_units/ { executions = $2 }
  /stat::average_exec_per_sec/ { rate = $2 }
  END {
    printf "%-10s %9d executions, %6d per second, %6d of %6d edges (%.0f %%): ", target, executions, rate, covered,
      edges, edges ? 100 * covered / edges : 0
    print status ? "FOUND something, see " log_file : "nothing found"
  }' "$log"
exit $status
