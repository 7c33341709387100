"""What happened in; counts and times in Prometheus' text format (0.0.4) out."""

from collections import Counter
from collections.abc import Mapping

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# Upper bounds in seconds: from a look-up to the time limit.
_BOUNDS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


class Metrics:
    """Counters of one server."""

    def __init__(self) -> None:
        """All at nothing."""
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._bytes = 0
        self._killed: Counter[str] = Counter({"time": 0, "crash": 0, "hang-up": 0})
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0

    def request(self, room: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count one request that was answered. ``room`` is the first part of its path."""
        self._requests[room, method, status] += 1
        self._bytes += size
        self._seconds += seconds
        for bound in _BOUNDS:
            if seconds <= bound:
                self._buckets[bound] += 1

    def killed(self, why: str) -> None:
        """Count one worker that was killed or died."""
        self._killed[why] += 1

    def text(self, gauges: Mapping[str, float]) -> str:
        """All of it, with some values of the moment."""
        lines = ["# TYPE kg_requests_total counter"]
        lines += [
            f'kg_requests_total{{room="{room}",method="{method}",status="{status}"}} {count}'
            for (room, method, status), count in sorted(self._requests.items())
        ]
        lines += ["# TYPE kg_response_bytes_total counter", f"kg_response_bytes_total {self._bytes}"]
        lines += ["# TYPE kg_workers_killed_total counter"]
        lines += [f'kg_workers_killed_total{{why="{why}"}} {count}' for why, count in sorted(self._killed.items())]
        lines += ["# TYPE kg_request_seconds histogram"]
        lines += [f'kg_request_seconds_bucket{{le="{bound:g}"}} {self._buckets[bound]}' for bound in _BOUNDS]
        total = sum(self._requests.values())
        lines += [f'kg_request_seconds_bucket{{le="+Inf"}} {total}']
        lines += [f"kg_request_seconds_sum {self._seconds:.6f}", f"kg_request_seconds_count {total}"]
        for name, value in gauges.items():
            lines += [f"# TYPE {name} gauge", f"{name} {value:g}"]
        return "\n".join(lines) + "\n"
