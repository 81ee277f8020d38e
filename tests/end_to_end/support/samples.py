# SPDX-License-Identifier: Apache-2.0
"""A scrape, parsed by the Prometheus project's own parsers, and asked by name and labels."""

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

PREFIX = "sas_operation_"


class Samples:
    def __init__(self, text: str, openmetrics: bool = False) -> None:
        self.text = text
        self.families = {family.name: family for family in (parse_openmetrics if openmetrics else parse_text)(text)}
        self.all = [sample for family in self.families.values() for sample in family.samples]

    def find(self, name: str, **labels: str) -> list:
        """The samples of that name (without the prefix) that have at least these labels."""
        return [
            sample
            for sample in self.all
            if sample.name == PREFIX + name and all(sample.labels.get(key) == value for key, value in labels.items())
        ]

    def value(self, name: str, **labels: str) -> float | None:
        """The one sample's value; None where there is none."""
        found = self.find(name, **labels)
        if len(found) > 1:
            raise AssertionError(f"{name}{labels} is ambiguous: {found}")
        return found[0].value if found else None

    def total(self, name: str, **labels: str) -> float:
        return sum(sample.value for sample in self.find(name, **labels))
