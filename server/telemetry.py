"""What the house tells its operators: JSON logs, one event a line on standard error, and figures for Prometheus.

No secret, no amount of a reserve, no name of a trader passes here: events say ids, codes and durations. Figures that
others keep are read when they are asked for, so that counting costs the sale nothing.
"""

import asyncio
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

LAG_PROBE_SECONDS: Final = 0.5
_BUCKETS_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


def configure_logging(level: str) -> None:
    """Log JSON lines to standard error, what libraries log included."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(threshold, logging.WARNING))


class Gauges(Collector):
    """Figures that others keep, read when they are asked for."""

    def __init__(self) -> None:
        self._gauges: dict[str, tuple[str, Callable[[], float]]] = {}
        self._totals: dict[str, tuple[str, Callable[[], float]]] = {}
        self._by_label: dict[str, tuple[str, str, Callable[[], Counter[str]]]] = {}

    def gauge(self, name: str, says: str, read: Callable[[], float]) -> None:
        """Show what `read` gives."""
        self._gauges[name] = (says, read)

    def total(self, name: str, says: str, read: Callable[[], float]) -> None:
        """Show what `read` gives, which only grows."""
        self._totals[name] = (says, read)

    def totals_by(self, label: str, name: str, says: str, read: Callable[[], Counter[str]]) -> None:
        """Show what `read` has counted for each `label`."""
        self._by_label[name] = (says, label, read)

    def collect(self) -> Iterable[Metric]:
        """Read them all."""
        for name, (says, read) in self._gauges.items():
            yield GaugeMetricFamily(name, says, value=read())
        for name, (says, read) in self._totals.items():
            yield CounterMetricFamily(name, says, value=read())
        for name, (says, label, count) in self._by_label.items():
            family = CounterMetricFamily(name, says, labels=[label])
            for key, value in sorted(count().items()):
                family.add_metric([key], value)
            yield family


class Telemetry:
    """The figures of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.gauges = Gauges()
        self._registry.register(self.gauges)
        self._http = Histogram(
            "adjuge_http_seconds",
            "Time to answer a request.",
            ["route", "status"],
            buckets=_BUCKETS_SECONDS,
            registry=self._registry,
        )
        self._lag_seconds = 0.0
        self._probe: asyncio.TimerHandle | None = None
        self.gauges.gauge("adjuge_loop_lag_seconds", "How late the loop was at its last probe.", self._lag)

    def http(self, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._http.labels(route, str(status)).observe(seconds)

    def exposition(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)

    def start(self) -> None:
        """Begin to probe the loop."""
        loop = asyncio.get_running_loop()
        due = loop.time() + LAG_PROBE_SECONDS

        def probe() -> None:
            self._lag_seconds = max(loop.time() - due, 0.0)
            self.start()

        self._probe = loop.call_at(due, probe)

    def stop(self) -> None:
        """Probe no more."""
        if self._probe is not None:
            self._probe.cancel()

    def _lag(self) -> float:
        return self._lag_seconds
