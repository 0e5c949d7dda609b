"""What a process tells Prometheus about itself."""

from __future__ import annotations

from collections.abc import Mapping

import requests
from prometheus_client.parser import text_string_to_metric_families


def metric(url: str, name: str, labels: Mapping[str, str] | None = None, *, timeout: float = 30) -> float:
    """The sum of a metric's samples that carry ``labels``, from ``url``/metrics. Raises requests' errors."""
    told = requests.get(f"{url}/metrics", timeout=timeout).text
    return sum(
        sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
        if sample.name == name and (labels or {}).items() <= sample.labels.items()
    )
