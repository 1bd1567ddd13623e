#!/bin/sh
# Makes one run of the run files of all workers. It names each of them, so that one that is missing
# is told, and one that an earlier, larger run left is not taken in.
#
#   docs/compose/merge.sh [FLAGS OF tributary merge]
#
# WORKERS, RESULTS and COMMAND are those of worker.sh.
set -eu

workers=${WORKERS:?how many workers there are}
results=${RESULTS:-results}
command=${COMMAND:-tributary}

index=1
while [ "$index" -le "$workers" ]; do
    run=$results/run-$index.json
    if [ ! -s "$run" ]; then
        echo "merge: $run is not there: see 'docker compose logs worker' for what became of worker $index" >&2
        exit 2
    fi
    set -- "$@" "$run"
    index=$((index + 1))
done
exec "$command" merge "$@"
