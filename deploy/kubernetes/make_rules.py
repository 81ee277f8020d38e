#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""make_rules.py [FILE...]: prints the rules of Prometheus' rule files as a PrometheusRule for its operator, by default those of
deploy/prometheus as components/rules/prometheus-rule.yaml has them. With addresses of your own:

  deploy/prometheus/set_urls.sh --runbooks=URL --dashboards=URL >alerts.yml
  deploy/kubernetes/make_rules.py alerts.yml deploy/prometheus/recording.yml >prometheus-rule.yaml"""

import pathlib
import sys

SHIPPED = ("alerts.yml", "recording.yml")
HEAD = """\
# Made by deploy/kubernetes/make_rules.py of the rules in deploy/prometheus, which are what to change.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: sas-operation-exporter
  labels:
    app.kubernetes.io/name: sas-operation-exporter
    app.kubernetes.io/instance: sas-operation-exporter
    app.kubernetes.io/component: rules
spec:
  groups:
"""


def groups(file: pathlib.Path) -> str:
    """The file's groups with their comments, as they stand, indented to where they go."""
    _, found, text = ("\n" + file.read_text()).partition("\ngroups:\n")
    if not found:
        raise SystemExit(f"make_rules.py: {file} has no line `groups:`")
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def prometheus_rule(files: list[pathlib.Path]) -> str:
    return HEAD + "\n".join(groups(file) for file in files)


if __name__ == "__main__":
    shipped = pathlib.Path(__file__).resolve().parents[1] / "prometheus"
    if any(argument.startswith("-") for argument in sys.argv[1:]):
        raise SystemExit(__doc__)
    sys.stdout.write(prometheus_rule([pathlib.Path(name) for name in sys.argv[1:]] or [shipped / name for name in SHIPPED]))
