# SPDX-License-Identifier: Apache-2.0
"""The Grafana dashboards: what their JSON asks of Prometheus, asked; and what a browser shows of them, read."""

import json
import math
import pathlib
import shutil
import subprocess
import time
import urllib.parse
from typing import Iterator, NamedTuple

from support.peers import ROOT, Prometheus, get

FOLDER = ROOT / "deploy" / "grafana"
NAMES = ("checks", "exporter")
PATIENCE = 240  # seconds, for a program of npm's

WIDTH = 1680  # pixels of a browser's window
RANGE = 300  # seconds that the dashboards show here
SCRAPE_INTERVAL = 5  # seconds; what Grafana is told, and so its least step


class Query(NamedTuple):
    panel: str
    name: str  # its letter, or the annotation's name
    expression: str
    is_instant: bool
    step: int  # seconds

    def __str__(self) -> str:
        return f"{self.panel} / {self.name}"


class Dashboard:
    def __init__(self, name: str) -> None:
        self.name = name
        self.file = FOLDER / "dashboards" / f"{name}.json"
        self.json = json.loads(self.file.read_text())
        self.panels = [panel for panel in self.json["panels"] if panel["type"] != "row"]

    def queries(self) -> Iterator[Query]:
        for panel in self.panels:
            for target in panel["targets"]:
                step = seconds(panel.get("interval", "0s"))
                yield Query(panel["title"], target["refId"], target["expr"], target.get("instant", False), step)
        for annotation in self.json["annotations"]["list"]:
            yield Query("annotations", annotation["name"], annotation["expr"], False, seconds(annotation["step"]))

    def variables(self) -> list[dict]:
        """Those that ask Prometheus."""
        return [variable for variable in self.json["templating"]["list"] if variable["type"] == "query"]


def seconds(text: str) -> int:
    return int(text[:-1]) * {"s": 1, "m": 60}[text[-1]]


def ask(prometheus: Prometheus, what: str, **parameters: object):
    """What the API answers; whatever it refuses is a mistake of the dashboard."""
    answer = json.loads(get(prometheus.address, f"/api/v1/{what}?{urllib.parse.urlencode(parameters)}").body)
    if answer["status"] != "success":
        raise AssertionError(f"Prometheus refuses {parameters}: {answer['error']}")
    return answer["data"]


def choices(prometheus: Prometheus, dashboard: Dashboard) -> dict[str, list[str]]:
    """The values that each variable can have, found as Grafana does: each narrowed by those before it."""
    found: dict[str, list[str]] = {}
    for variable in dashboard.variables():
        series, _, label = variable["query"]["query"].removeprefix("label_values(").removesuffix(")").rpartition(",")
        match = {"match[]": interpolated(series, found)}
        found[variable["name"]] = ask(prometheus, f"label/{label.strip()}/values", **match)
    return found


def interpolated(expression: str, chosen: dict[str, list[str]]) -> str:
    for name, values in chosen.items():
        expression = expression.replace(f'"${name}"', '"(' + "|".join(value.replace(".", r"\\.") for value in values) + ')"')
    return expression


def with_times(query: Query, step: int) -> str:
    """The macros of time as Grafana fills them in."""
    macros = {"range": RANGE, "rate_interval": max(step + SCRAPE_INTERVAL, 4 * SCRAPE_INTERVAL), "interval": step}
    expression = query.expression
    for name, value in macros.items():
        expression = expression.replace(f"$__{name}", f"{value}s")
    return expression


def has_data(prometheus: Prometheus, query: Query, chosen: dict[str, list[str]]) -> bool:
    step = max(query.step, SCRAPE_INTERVAL)
    expression = interpolated(with_times(query, step), chosen)
    if query.is_instant:
        samples = [series["value"] for series in ask(prometheus, "query", query=expression)["result"]]
    else:
        now = time.time()
        start = (now - RANGE) // step * step + step  # Grafana's steps begin at whole ones
        result = ask(prometheus, "query_range", query=expression, start=start, end=now, step=step)["result"]
        samples = [sample for series in result for sample in series["values"]]
    return any(math.isfinite(float(value)) for _, value in samples)


def npm_program(*command: str, given: str = "") -> str:
    """What a program of deploy/grafana/ writes to standard output."""
    if shutil.which("node") is None or not (FOLDER / "node_modules").exists():
        raise AssertionError(f"what renders the dashboards is not installed: run {FOLDER / 'install.sh'}")
    ended = subprocess.run(command, cwd=FOLDER, input=given, capture_output=True, text=True, timeout=PATIENCE)
    if ended.returncode != 0:
        raise AssertionError(f"{command} ended with {ended.returncode}: {ended.stdout}{ended.stderr}")
    return ended.stdout


def generate(folder: pathlib.Path) -> None:
    npm_program("node_modules/.bin/tsx", "source/generate.ts", str(folder))


def render(
    prometheus: Prometheus, dashboards: list[Dashboard], pictures: pathlib.Path, scrape_interval: int = SCRAPE_INTERVAL, minutes: int = RANGE // 60
) -> list[dict]:
    """Shows each dashboard in Chromium, saves its picture, and returns what stands in its panels, what its variables can be, and
    what the browser complained of."""
    job = {
        "prometheus": f"http://{prometheus.address}",
        "scrapeInterval": scrape_interval,
        "from": f"now-{minutes}m",
        "to": "now",
        "shots": [{"dashboard": str(each.file), "picture": str(pictures / f"{each.name}.png"), "width": WIDTH} for each in dashboards],
    }
    return json.loads(npm_program("node", "page/render.mjs", "node_modules/.page", given=json.dumps(job)))
