#!/bin/sh
# Takes the run files of an indexed Job's workers out of their logs and merges them.
#
#   docs/kubernetes/gather.sh [FOLDER]
#
# JOB       the Job, tributary-load when not said
# KUBECTL   such as 'kubectl --namespace lab'
# TRIBUTARY the command, such as 'cargo run --release --'
set -eu

folder=${1:-.}
job=${JOB:-tributary-load}
kubectl=${KUBECTL:-kubectl}
tributary=${TRIBUTARY:-tributary}

mkdir -p "$folder"
workers=$($kubectl get job "$job" -o 'jsonpath={.spec.completions}')
set --
worker=1
while [ "$worker" -le "$workers" ]; do
    run=$folder/run-$worker.json
    # `--tail=-1`: chosen by label, a log is its last ten lines otherwise.
    $kubectl logs --tail=-1 --selector \
        "batch.kubernetes.io/job-name=$job,batch.kubernetes.io/job-completion-index=$((worker - 1))" |
        sed "1,/^--- run-$worker\\.json\$/d" >"$run"
    if [ ! -s "$run" ]; then
        rm -f "$run"
        echo "gather: worker $worker left no run file; see what it said: kubectl logs job/$job --all-pods --prefix" >&2
        exit 1
    fi
    set -- "$@" "$run"
    worker=$((worker + 1))
done
exec $tributary merge "$@"
