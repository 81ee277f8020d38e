# SPDX-License-Identifier: Apache-2.0
"""Documents for the schema and for check-config. The environment has A, whose value fits nowhere but where a text is free."""

# A reason for each thing that only one of the two can know.
BOUNDS = "a duration's bounds are about the sum of its parts, which no pattern adds up"
ELSEWHERE = "a rule between elements of lists, or between sections"
QUOTES = "to the daemon quotes mean nothing; the editor would rather have a number, or truth, without them"
TWICE = "YAML for the editor is a mapping without its doubles"
UNSET = "only the daemon knows its environment"
WRITTEN = "the editor sees the number, not how it was written"
NUMBER = "the editor sees a number; how long it was written counts for the daemon"

TARGET = "targets: [{name: a, site: cn}]\n"


def target(more: str) -> str:
    return f"targets: [{{name: a, site: cn, {more}}}]\n"


def credentials(more: str) -> str:
    return target(f"credentials: {{{more}}}")


def sink(more: str) -> str:
    return f"{TARGET}alerts: {{sinks: [{{{more}}}]}}\n"


ROLE = "acs:ram::1:role/a"
KEY = "access_key_id: b, access_key_secret: c"

GOOD = [
    TARGET,
    "targets: [{name: 42, site: eu-central-1}]\npoll:\nlog: ~\n",
    "targets: [{name: a, endpoint: 'http://127.0.0.1:8080'}]\n",
    "targets: [{name: a, endpoint: 'https://[::1]', site: , network: }]\n",
    target("network: vpc, ca_file: /a, task_types: [CHECK_ALL], task_sources: [x, 1]"),
    "targets: [{name: a, site: cn-hangzhou, network: vpc}]\n",
    "targets: [{name: '${A}', site: cn}]\n",
    target("credentials: "),
    credentials("type: , imdsv1: "),
    credentials(f"type: access_key, {KEY}"),
    credentials("type: access_key, access_key_id_file: /a, access_key_secret: '${A}$$'"),
    credentials(f"type: sts, {KEY}, security_token_file: /c"),
    credentials("type: sts, access_key_id: b, access_key_secret_file: /c, security_token: d"),
    credentials("type: oidc_role_arn, role_session_name: watch, session_duration: 1h30m, sts_region: cn-hangzhou, sts_network: vpc"),
    credentials(f"type: oidc_role_arn, role_arn: '{ROLE}', oidc_provider_arn: 'acs:ram::1:oidc-provider/a', oidc_token_file: /t"),
    credentials(f"type: ram_role_arn, role_arn: '{ROLE}', source: access_key, {KEY}, via: ['{ROLE}-b'], external_id: 1234"),
    credentials(f"type: ram_role_arn, role_arn: '{ROLE}', source: oidc_role_arn, source_role_arn: '{ROLE}', oidc_token_file: /t"),
    credentials(f"type: ram_role_arn, role_arn: '{ROLE}', policy: '{{}}', sts_endpoint: 'https://sts.example'"),
    credentials("type: ecs_ram_role, role_name: a, imdsv1: false"),
    credentials("type: credentials_uri, uri: 'http://127.0.0.1:8080/credentials?a=b'"),
    credentials("type: profile, profile: a, config_file: /a"),
    TARGET + "poll: {interval: 1m, idle_interval: 1h, jitter: 0, page_size: 1000, lookback: 1w, request_timeout: 100ms}\n",
    TARGET + "poll: {max_requests_per_second: 0.01, max_retries: 0}\nmetrics: {task_series: false, task_retention: 0, max_tasks: 1, hold: 0s}\n",
    TARGET + "alerts: {stalled_after: 0s, not_started_after: 1d, running_longer_than: 0, learn_durations: true, failed_subtasks: false}\n",
    TARGET + "alerts: {poll_failing_after: 1m, credentials_expiring_within: 1h, contract_drift_for: 0s, runbook_url: 'https://a/b/'}\n",
    TARGET + "alerts: {expect: [{task_type: CHECK_ALL, within: 2d}], silence: [{alert: stalled, target: a, task_type: CHECK_ALL}]}\n",
    TARGET + "alerts: {sinks: [], silence: [], expect: []}\n",
    sink("type: log, name: mine"),
    sink("type: alertmanager, url: 'http://127.0.0.1:9093/prefix', bearer_token: x, ca_file: /a"),
    sink("type: alertmanager, urls: ['https://a', 'https://b'], bearer_token_file: /x"),
    sink("type: webhook, url: 'https://hooks.example/a?b=c', transitions: true, bearer_token: x"),
    sink("type: webhook, url_file: /u, format: dingtalk, secret: x"),
    sink("type: webhook, url: 'http://hooks.example', format: feishu, secret_file: /x"),
    TARGET + "state: {file: /var/lib/a}\nweb: {listen_address: [':1', '[::1]:0', 'localhost:65535']}\nlog: {level: warn, format: json}\n",
]

BAD = [
    "",
    "targets: []\n",
    "targets:\n",
    "targets: {a: {site: cn}}\n",
    "targets: [a]\n",
    "- name: a\n  site: cn\n",
    "poll: {interval: 30s}\n",
    "targets: [{site: cn}]\n",
    "targets: [{name: , site: cn}]\n",
    "targets: [{name: a}]\n",
    "targets: [{name: a, site: }]\n",
    "targets: [{name: [a], site: cn}]\n",
    "targets: [{name: ' a', site: cn}]\n",
    f"targets: [{{name: {'a' * 65}, site: cn}}]\n",
    "targets: [{name: a, site: mars}]\n",
    "targets: [{name: a, site: cn, endpoint: 'https://a'}]\n",
    "targets: [{name: a, endpoint: 'https://a', network: public}]\n",
    "targets: [{name: a, endpoint: 'https://a/'}]\n",
    "targets: [{name: a, endpoint: tds.cn-shanghai.aliyuncs.com}]\n",
    "targets: [{name: a, endpoint: 'https://u:p@a'}]\n",
    "targets: [{name: a, endpoint: 'https://a:99999'}]\n",
    "targets: [{name: a, site: cn-fuzhou, network: vpc}]\n",
    "regions: [cn]\n" + TARGET,
    target("colour: red"),
    target("task_types: CHECK_ALL"),
    target("task_types: [CHECK_ALL, CHECK_ALL]"),
    target("task_types: [~]"),
    target("ca_file: ''"),
    target("network: private"),
    target("credentials: default"),
    credentials("role: reader"),
    credentials("type: accesskey"),
    credentials("type: access_key"),
    credentials("access_key_id: a"),
    credentials("type: access_key, access_key_id: a"),
    credentials(f"type: access_key, {KEY}, access_key_id_file: /a"),
    credentials(f"type: access_key, {KEY}, security_token: a"),
    credentials(f"type: sts, {KEY}"),
    credentials("type: access_key, access_key_id: 'a b', access_key_secret: c"),
    credentials("type: access_key, access_key_id: <a>, access_key_secret: c"),
    credentials("type: ram_role_arn"),
    credentials("type: ram_role_arn, role_arn: reader"),
    credentials(f"type: ram_role_arn, role_arn: '{ROLE}', source: access_key"),
    credentials(f"type: ram_role_arn, role_arn: '{ROLE}', source: ram_role_arn"),
    credentials(f"type: ram_role_arn, role_arn: '{ROLE}', source_role_arn: '{ROLE}'"),
    credentials(f"type: oidc_role_arn, source_role_arn: '{ROLE}'"),
    credentials("type: oidc_role_arn, external_id: ab"),
    credentials("type: oidc_role_arn, oidc_provider_arn: a"),
    credentials("type: oidc_role_arn, role_session_name: a"),
    credentials("type: oidc_role_arn, session_duration: 60"),
    credentials("type: oidc_role_arn, policy: reader"),
    credentials("type: oidc_role_arn, sts_region: cn-hangzhou, sts_endpoint: 'https://a'"),
    credentials("type: oidc_role_arn, sts_network: public, sts_endpoint: 'https://a'"),
    credentials("type: oidc_role_arn, sts_network: vpc"),
    credentials("type: oidc_role_arn, sts_region: hangzhou"),
    credentials("type: ecs_ram_role, imdsv1: maybe"),
    credentials("type: ecs_ram_role, role_name: 'acs:ram::1:role/a'"),
    credentials("type: ecs_ram_role, profile: a"),
    credentials("type: credentials_uri, uri: 127.0.0.1"),
    credentials("type: default, via: []"),
    TARGET + "poll: [interval]\n",
    TARGET + "poll: {intervall: 30s}\n",
    TARGET + "poll: {interval: 30}\n",
    TARGET + "poll: {interval: soon}\n",
    TARGET + "poll: {interval: 1m1h}\n",
    TARGET + "poll: {interval: 0}\n",
    TARGET + "poll: {jitter: 0.6}\n",
    TARGET + "poll: {jitter: a tenth}\n",
    TARGET + "poll: {page_size: 0}\n",
    TARGET + "poll: {page_size: 1001}\n",
    TARGET + "poll: {page_size: 12.5}\n",
    TARGET + "poll: {max_requests_per_second: 0}\n",
    TARGET + "poll: {max_retries: -1}\n",
    TARGET + "poll: {max_retries: true}\n",
    TARGET + "metrics: on\n",
    TARGET + "metrics: {task_series: yes}\n",
    TARGET + "metrics: {max_tasks: 99999999999999999999}\n",
    TARGET + "metrics: {hold: [5m]}\n",
    TARGET + "alerts: {stalled: 5m}\n",
    TARGET + "alerts: {expect: [{task_type: CHECK_ALL}]}\n",
    TARGET + "alerts: {expect: [{within: 1d}]}\n",
    TARGET + "alerts: {expect: [{task_type: CHECK ALL, within: 1d}]}\n",
    TARGET + "alerts: {silence: [{}]}\n",
    TARGET + "alerts: {silence: [{alert: stuck}]}\n",
    TARGET + "alerts: {silence: [{alert: stalled}, {alert: stalled}]}\n",
    TARGET + "alerts: {silence: [{alert: poll_failing, task_type: CHECK_ALL}]}\n",
    TARGET + "alerts: {runbook_url: 'https://a/b'}\n",
    TARGET + "alerts: {sinks: log}\n",
    TARGET + "alerts: {sinks: [{type: log}, {type: log}]}\n",
    sink("name: a"),
    sink("type: email"),
    sink("type: log, name: A"),
    sink("type: log, url: 'https://a'"),
    sink("type: alertmanager"),
    sink("type: alertmanager, url: 'http://a/api/v2/alerts'"),
    sink("type: alertmanager, url: 'http://a', urls: ['http://b']"),
    sink("type: alertmanager, urls: []"),
    sink("type: alertmanager, urls: ['http://a?b']"),
    sink("type: alertmanager, url: 'http://a', format: json"),
    sink("type: alertmanager, url: 'http://a', bearer_token: x"),
    sink("type: alertmanager, urls: ['http://a'], bearer_token_file: /x"),
    sink("type: webhook"),
    sink("type: webhook, url: hooks.example"),
    sink("type: webhook, url: 'https://a/#b'"),
    sink("type: webhook, url: 'https://a', url_file: /a"),
    sink("type: webhook, url: 'https://a', format: slack"),
    sink("type: webhook, url: 'https://a', secret: x"),
    sink("type: webhook, url: 'https://a', format: dingtalk, secret: x, secret_file: /x"),
    sink("type: webhook, url: 'https://a', format: dingtalk, bearer_token: x"),
    TARGET + "state: {file: [a]}\n",
    TARGET + "web: {listen_address: ':1'}\n",
    TARGET + "web: {listen_address: []}\n",
    TARGET + "web: {listen_address: [localhost]}\n",
    TARGET + "web: {listen_address: [':65536']}\n",
    TARGET + "web: {listen_address: [':1', ':1']}\n",
    TARGET + "log: {level: warning}\n",
    TARGET + "log: {format: '${}'}\n",
]

# The schema takes it, and the daemon does not.
ONLY_THE_DAEMON_REFUSES = [
    (TARGET + "poll: {interval: 1ms}\n", BOUNDS),
    (credentials("type: oidc_role_arn, session_duration: 13h"), BOUNDS),
    (TARGET + "metrics: {hold: 999999999y}\n", BOUNDS),
    ("targets: [{name: a, site: cn}, {name: a, site: intl}]\n", ELSEWHERE),
    (TARGET + "poll: {interval: 5m}\n", ELSEWHERE),
    (TARGET + "alerts: {silence: [{target: b}]}\n", ELSEWHERE),
    (target("task_types: [CHECK_ALL]") + "alerts: {expect: [{task_type: CHECK_ITEM, within: 1d}]}\n", ELSEWHERE),
    (TARGET + "alerts: {expect: [{task_type: A, within: 1d}, {task_type: A, within: 2d}]}\n", ELSEWHERE),
    (sink("type: log}, {type: webhook, name: log, url: 'https://a'"), ELSEWHERE),
    (sink("type: alertmanager, urls: ['https://a', 'https://a/']"), ELSEWHERE),
    (TARGET + "poll: {interval: 30s, interval: 30s}\n", TWICE),
    (target("ca_file: '${UNSET}'"), UNSET),
    (TARGET + "poll: {page_size: '${A}'}\n", UNSET),
    (TARGET + "poll: {page_size: 1e2}\n", WRITTEN),
    (credentials(f"type: oidc_role_arn, role_session_name: {'1' * 65}"), NUMBER),
]

# The daemon takes it, and the schema does not.
ONLY_THE_SCHEMA_REFUSES = [
    (TARGET + "poll: {page_size: '100'}\n", QUOTES),
    (TARGET + "metrics: {task_series: 'true'}\n", QUOTES),
    ("targets: [{name: true, site: cn}]\n", QUOTES),
]
