"""What was measured, as figures: percentiles, medians of pairs, amounts, and the lines that are printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

TIMES: Final = "×"


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the sorted values lie; nan of nothing."""
    if not sorted_values:
        return float("nan")
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, in milliseconds, over `count` of them."""

    count: int
    p50_ms: float
    p99_ms: float
    worst_ms: float

    @classmethod
    def of(cls, nanoseconds: Sequence[int]) -> "Latency":
        """From durations in nanoseconds, in any order."""
        ordered = sorted(nanoseconds)
        worst = ordered[-1] / 1e6 if ordered else float("nan")
        return cls(len(ordered), percentile(ordered, 0.5) / 1e6, percentile(ordered, 0.99) / 1e6, worst)

    def __str__(self) -> str:
        return f"p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms, worst {self.worst_ms:.0f} ms"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ratios measured in pairs, and the target that their median should keep."""

    name: str
    ratios: tuple[float, ...]
    target: float
    at_least: bool

    @property
    def ratio(self) -> float:
        """The median of the pairs."""
        return median(self.ratios)

    @property
    def kept(self) -> bool:
        """Whether the target is kept."""
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        pairs = ", ".join(f"{ratio:.3g}" for ratio in self.ratios)
        verdict = "kept" if self.kept else "MISSED"
        return f"{self.name}: {self.ratio:.3g}{TIMES} (pairs: {pairs}); target {sign} {self.target:g}{TIMES}: {verdict}"


def said(line: str = "") -> None:
    """Print one line now."""
    print(line, flush=True)


def heading(title: str) -> None:
    """Print the beginning of a scenario."""
    said()
    said(f"── {title} " + "─" * max(0, 100 - len(title)))


def cents_of(amount: str) -> int:
    """Cents of a decimal string with two places."""
    whole, _, part = amount.partition(".")
    return int(whole) * 100 + int(part or 0)
