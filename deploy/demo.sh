#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows the exporter at work on this machine: installs what it needs, builds, and starts the simulated service over TLS, the
# exporter, a Prometheus that scrapes it, and an Alertmanager that it tells its alerts. Ctrl-C ends all of it and leaves
# nothing behind but the build.
#
#   deploy/demo.sh          runs until Ctrl-C
#   deploy/demo.sh --once   shows the sample answer of the API's reference page in Prometheus, then the first transitions
#                           and a timed-out task's alert, in the log and in Alertmanager, and exits
#
# Ports: SAS_DEMO_PORT (the exporter, 10973), SAS_DEMO_PROMETHEUS_PORT (19090) and SAS_DEMO_ALERTMANAGER_PORT (19093). With
# --once the kernel chooses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*"; }
fail() {
  printf 'demo: %s\n' "$*" >&2
  exit 1
}

once=
case "${1:-}" in
  "") ;;
  --once) once=yes ;;
  -h | --help) sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" && exit 0 ;;
  *) fail "there is no option $1; --once is the only one" ;;
esac

work=
declare -A pids=() # what runs, by name

# Ends one process: asked first, after five seconds told.
stop() {
  local pid=${pids[$1]:-}
  [ -n "$pid" ] || return 0
  unset "pids[$1]"
  kill -TERM "$pid" 2>/dev/null || return 0
  timeout 5 tail --pid="$pid" -s 0.05 -f /dev/null || kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

cleanup() {
  trap - EXIT
  trap '' INT TERM
  for name in watch exporter prometheus alertmanager simulator; do stop "$name"; done
  [ -z "$work" ] || rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# start NAME COMMAND...: in the background; what it says goes to its log.
start() {
  local name=$1
  shift
  : >"$work/$name.log" # there before the first look at it
  "$@" >>"$work/$name.log" 2>&1 &
  pids[$name]=$!
}

# await SECONDS NAME WHAT COMMAND...: until the command succeeds; gives up when the time is over or NAME has ended.
await() {
  local deadline=$((SECONDS + $1)) name=$2 what=$3
  shift 3
  until "$@"; do
    if ! kill -0 "${pids[$name]}" 2>/dev/null; then
      tail -n 20 "$work/$name.log" >&2
      fail "the $name ended before $what (its last lines stand above)"
    fi
    if [ $SECONDS -ge $deadline ]; then
      tail -n 20 "$work/$name.log" >&2
      fail "$what did not come in time (the last lines of the $name stand above)"
    fi
    sleep 0.2
  done
}

logged() { grep -qE -- "$2" "$work/$1.log"; } # logged NAME PATTERN
captured() { sed -nE "s#.*$2.*#\\1#p" "$work/$1.log" | head -n 1; }

prepare() {
  deploy/install_packages.sh build demo || fail "the packages could not be installed"
  say "Building (the first time takes some minutes) …"
  local log
  log=$(mktemp)
  if ! { cmake --preset release && cmake --build --preset release --target sas-operation-exporter sas-simulator; } >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    rm -f "$log"
    fail "the build failed (its last lines stand above)"
  fi
  rm -f "$log"
}

need_port() { # need_port PORT VARIABLE
  if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
    fail "port $1 is in use; choose another one with $2=PORT"
  fi
}

start_simulator() { # start_simulator SCENARIO TIME_SCALE
  start simulator "$bin/sas-simulator" --listen 127.0.0.1:0 --scenario "tests/simulator/scenarios/$1.yml" --seed 1 \
    --time-scale "$2" --access-key "demo:$secret" --tls-cert "$work/ca/server.pem" --tls-key "$work/ca/server.key"
  await 20 simulator "its address" logged simulator 'listening on https://'
  endpoint=$(captured simulator 'listening on (https://[0-9.:]+)')
}

# start_exporter PORT [SINK]: alerts go to the log, and to the sink.
start_exporter() {
  cat >"$work/config.yml" <<YAML
targets:
  - name: demo
    endpoint: $endpoint
    ca_file: $work/ca/ca.pem
    credentials: {type: access_key, access_key_id: demo, access_key_secret_file: $work/secret}
poll: {interval: 1s, idle_interval: 1s, max_requests_per_second: 10}
# The simulated day runs ahead of the clock, so its times are no sign of anything here.
alerts: {contract_drift_for: 0s, sinks: [{type: log}${2:+, $2}]}
web: {listen_address: ["127.0.0.1:$1"]}
YAML
  start exporter "$bin/sas-operation-exporter" --config.file="$work/config.yml"
  await 20 exporter "its address" logged exporter 'msg=listening '
  exporter=$(captured exporter 'msg=listening .*address=([0-9.:]+)')
}

start_prometheus() { # start_prometheus PORT
  # The alerting rules stand in Prometheus as well; it is the exporter that tells Alertmanager, so that nothing comes twice.
  sed "s/127\.0\.0\.1:10973/$exporter/; /^alerting:/,/^$/d" deploy/prometheus/prometheus.yml >"$work/prometheus.yml"
  cp deploy/prometheus/alerts.yml deploy/prometheus/recording.yml "$work/"
  start prometheus prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/prometheus" \
    --web.listen-address="127.0.0.1:$1"
  await 30 prometheus "its address" logged prometheus 'msg="Listening on"'
  prometheus=$(captured prometheus 'msg="Listening on" address=([0-9.:]+)')
  await 30 prometheus "that it is ready" answers "http://$prometheus/-/ready"
}

# start_alertmanager PORT: one that shows what it was told, and passes it on to nobody.
start_alertmanager() {
  printf 'route: {receiver: nobody}\nreceivers: [{name: nobody}]\n' >"$work/alertmanager.yml"
  start alertmanager prometheus-alertmanager --config.file="$work/alertmanager.yml" --storage.path="$work/alertmanager" \
    --web.listen-address="127.0.0.1:$1" --cluster.listen-address=
  await 30 alertmanager "its address" logged alertmanager 'msg="Listening on"'
  alertmanager=$(captured alertmanager 'msg="Listening on" address=([0-9.:]+)')
  await 30 alertmanager "that it is ready" answers "http://$alertmanager/-/ready"
}

answers() { curl --noproxy '*' -fsS -o /dev/null "$1" 2>/dev/null; }
ask() { promtool query instant "http://$prometheus" "$1" 2>/dev/null | sed -nE 's/.* => ([^ ]+) @.*/\1/p'; } # ask PROMQL
reads() { [ "$(ask "$1")" = "$2" ]; }                                                                     # reads PROMQL VALUE

# The answer on the API's reference page, asked back from Prometheus.
show_sample() {
  start_simulator seed-sample 1
  start_exporter 0
  start_prometheus 0
  say "The sample answer of the API's reference page, as Prometheus returns it:"
  local metric expected
  while read -r metric expected; do
    await 60 exporter "$metric $expected in Prometheus" reads "$metric" "$expected"
    printf '  %-42s %s\n' "$metric" "$(ask "$metric")"
  done <<END
sas_operation_up 1
sas_operation_task_items 337
sas_operation_task_items_finished 197
sas_operation_task_subtasks 10
sas_operation_task_subtasks_ready 5
END
  for name in exporter prometheus simulator; do stop "$name"; done
}

holds_alert() { curl --noproxy '*' -fsS "http://$alertmanager/api/v2/alerts" 2>/dev/null | grep -qF "$1"; } # holds_alert TEXT

show_transitions() {
  start_simulator timeouts "$scale"
  start_alertmanager 0
  start_exporter 0 "{type: alertmanager, url: 'http://$alertmanager'}"
  local step='msg="task transition".* to=timed_out' task
  await 120 exporter "a task that times out" logged exporter "$step"
  task=$(captured exporter "task_id=([^ ]+) .*to=timed_out")
  await 30 exporter "the alert of task $task" logged exporter "msg=\"alert firing\" alert=timed_out.*task_id=$task"
  say "The first transitions, and the alert of a task that timed out, in the exporter's log:"
  {
    grep -m4 'msg="task transition"' "$work/exporter.log"
    grep -m1 "$step" "$work/exporter.log"
    grep -m1 "msg=\"alert firing\" alert=timed_out.*task_id=$task" "$work/exporter.log"
  } | awk '!seen[$0]++ {print "  " $0}'
  await 30 exporter "the alert of task $task in Alertmanager" holds_alert "\"task_id\":\"$task\""
  say "The same alert in Alertmanager:"
  amtool --alertmanager.url="http://$alertmanager" alert query "task_id=$task" | sed 's/^/  /'
}

run_until_interrupted() {
  start_simulator busy-day "$scale"
  start_alertmanager "$alertmanager_port"
  start_exporter "$exporter_port" "{type: alertmanager, url: 'http://$alertmanager'}"
  start_prometheus "$prometheus_port"
  say "
All is up. One second here is $scale seconds of the simulated day, so its times run ahead of the clock: the exporter says so
once for each field ("lies in the future").
  http://$exporter/metrics         the exporter's metrics
  http://$prometheus/graph?g0.tab=0&g0.range_input=5m&g0.expr=sas_operation_task_items_finished%20%2F%20sas_operation_task_items
                                        progress of each check, as a graph
  http://$prometheus/graph?g0.tab=0&g0.range_input=5m&g0.expr=sas_operation_tasks
                                        how many checks stand where
  http://$prometheus/alerts        what the rules of deploy/prometheus make of it
  http://$alertmanager             what the exporter has told Alertmanager: checks time out now and then
Below is the exporter's log: each transition and alert is one line. Ctrl-C ends all of it.
"
  tail -n +1 -f "$work/exporter.log" &
  pids[watch]=$!
  wait -n "${pids[simulator]}" "${pids[exporter]}" "${pids[prometheus]}" "${pids[alertmanager]}" || true
  for name in simulator exporter prometheus alertmanager; do
    kill -0 "${pids[$name]}" 2>/dev/null || fail "the $name ended by itself: $(tail -n 1 "$work/$name.log")"
  done
}

exporter_port=${SAS_DEMO_PORT:-10973}
prometheus_port=${SAS_DEMO_PROMETHEUS_PORT:-19090}
alertmanager_port=${SAS_DEMO_ALERTMANAGER_PORT:-19093}
if [ -z "$once" ]; then
  need_port "$exporter_port" SAS_DEMO_PORT
  need_port "$prometheus_port" SAS_DEMO_PROMETHEUS_PORT
  need_port "$alertmanager_port" SAS_DEMO_ALERTMANAGER_PORT
fi
prepare
bin=$PWD/build/release/bin
scale=60
work=$(mktemp -d)
secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$secret" >"$work/secret"
"$bin/sas-simulator" --make-ca "$work/ca" >"$work/ca.log" 2>&1 || fail "no certificates: $(tail -n 1 "$work/ca.log")"

if [ -n "$once" ]; then
  show_sample
  show_transitions
else
  run_until_interrupted
fi
