"""`/metrics` as Prometheus reads it. Figures are taken when they are asked for; nothing in them is about a person."""

from collections.abc import Callable, Iterator

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.host.supervisor import Supervisor
from app.web.counts import Counts


class Figures(Collector):
    """The server's figures. `lag`: seconds that 1 % of the event loop's wake-ups were late."""

    def __init__(self, supervisor: Supervisor, counts: Counts, lag: Callable[[], float]) -> None:
        self._supervisor, self._counts, self._lag = supervisor, counts, lag

    def collect(self) -> Iterator[Metric]:
        """All of them, as they are now."""
        supervisor, counts, tally = self._supervisor, self._counts, self._supervisor.tally
        yield GaugeMetricFamily("playground_sessions", "Sessions in memory", supervisor.sessions)
        yield GaugeMetricFamily("playground_viewers", "Browsers that look", supervisor.viewers)
        yield GaugeMetricFamily("playground_engines", "Engine processes", len(supervisor.engine_pids))
        yield GaugeMetricFamily(
            "playground_loop_lag_p99_seconds", "How late the event loop wakes up", self._lag()
        )
        yield CounterMetricFamily("playground_frames", "Pictures sent", counts.frames)
        yield CounterMetricFamily("playground_frame_bytes", "Bytes of pictures sent", counts.frame_bytes)
        yield CounterMetricFamily("playground_slices", "Slices of work on sessions", tally.slices)
        yield CounterMetricFamily("playground_slice_seconds", "Seconds in slices of work", tally.seconds)
        yield CounterMetricFamily("playground_steps", "Updates of networks", tally.steps)
        rejected = CounterMetricFamily(
            "playground_rejected_commands", "Commands refused, by code", labels=["code"]
        )
        for code, count in sorted(counts.rejected.items()):
            rejected.add_metric([code], count)
        yield rejected


def make_metrics_router(supervisor: Supervisor, counts: Counts, lag: Callable[[], float]) -> APIRouter:
    """The route."""
    router = APIRouter(tags=["server"])
    registry = CollectorRegistry()
    registry.register(Figures(supervisor, counts, lag))

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        """The server's figures for Prometheus."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
