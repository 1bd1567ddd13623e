#!/bin/sh
# A replica of the compose service `worker`: finds out which of them it is and sends its share.
#
#   docs/compose/worker.sh [FLAGS OF tributary load]
#
# Compose names the containers of a scaled service project-worker-1, -2, …; the network's DNS knows
# them by these names, so the name of a replica's own address ends in its number. `-s dns` passes by
# /etc/hosts, where that address has the container's id. Needs getent and hostname, as Debian has them.
#
# WORKERS  how many there are; a replica with a higher number is refused, and merge.sh misses the
#          run file of one that never was
# RESULTS  the folder that run-I.json is written to
# COMMAND  what is run; for tests
set -eu

workers=${WORKERS:?how many workers there are}
results=${RESULTS:-results}
command=${COMMAND:-tributary}

fail() {
    echo "worker: $*" >&2
    exit 2
}

case $workers in
'' | *[!0-9]* | 0) fail "WORKERS is '$workers' and no number of workers: set TRIBUTARY_WORKERS" ;;
esac

# The name is known before the container starts; asked again all the same, for a network that is slow.
address=$(hostname -i | cut -d' ' -f1)
name=
for _ in 1 2 3 4 5; do
    name=$(getent -s dns hosts "$address" | awk '{ print $2; exit }')
    [ -z "$name" ] || break
    sleep 1
done
name=${name%%.*}
index=${name##*-}
case $index in
'' | *[!0-9]*)
    fail "the name '$name' of $address does not end in a number: start the workers by" \
        "'docker compose --profile load up worker', not by 'run'" ;;
esac
if [ "$index" -gt "$workers" ]; then
    fail "this is worker $index, and WORKERS is $workers: give --scale and TRIBUTARY_WORKERS the" \
        "same number"
fi

mkdir -p "$results"
run=$results/run-$index.json
# What an earlier run left must not be taken for this one's.
rm -f "$run"
echo "worker $index of $workers, to $run" >&2
exec "$command" load "$@" --worker "$index/$workers" --json "$run"
