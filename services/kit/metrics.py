"""Prometheus metrics of the kit; ``/metrics`` serves them. Label ``service`` tells services of one process apart."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

OUTBOX_DEPTH = Gauge("sandan_outbox_depth", "Events that wait in the outbox", ["service"])
OUTBOX_AGE = Gauge("sandan_outbox_oldest_seconds", "Age of the oldest event in the outbox", ["service"])
OUTBOX_UNWANTED = Gauge("sandan_outbox_unwanted", "Events that no queue has wanted yet", ["service"])
RELAYED = Counter("sandan_relayed_total", "Events that the broker has taken over", ["service"])
HANDLED = Histogram(
    "sandan_handler_seconds", "Time in a handler, with its transaction", ["service", "handler"]
)
RECEIVED = Counter(
    "sandan_inbox_total", "Deliveries by outcome: applied, duplicate, retry, parked", ["service", "outcome"]
)
INBOX_RETRYING = Gauge("sandan_inbox_retrying", "Messages that will be tried again", ["service"])
INBOX_PARKED = Gauge("sandan_inbox_parked", "Messages that wait for an operator", ["service"])
OVERHEARD = Counter("sandan_overheard_total", "Events that a process overheard", ["service"])
UNDECODABLE = Counter("sandan_undecodable_total", "Messages sent to the dead-letter queue", ["service"])
HUB_LAG = Gauge("sandan_hub_lag_seconds", "How late the event loop woke a sleeper", ["process"])
ASK_SECONDS = Histogram(
    "sandan_ask_seconds", "Time of a request to a service, as its asker saw it", ["service", "ask"]
)
ASK_TIMEOUTS = Counter("sandan_ask_timeouts_total", "Requests that got no answer in time", ["service"])
HTTP_SECONDS = Histogram("sandan_http_seconds", "Time of an HTTP request", ["service", "status"])
