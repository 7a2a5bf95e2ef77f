"""What may be computed of a small group, and how unsure it is.

Pure functions: numbers in, a frozen result out; nothing is computed below five people.
scipy is imported when a number is needed, so that nobody else waits for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import fmean, mean, stdev, variance

__all__ = [
    "MINIMUM",
    "WITH_EFFECT",
    "Change",
    "Estimate",
    "mean_interval",
    "paired_change",
    "small_sample",
    "standardised",
    "t_value",
]

MINIMUM = 5
WITH_EFFECT = 10  # a standardised change of fewer people says too little

Number = float | Fraction
Pair = tuple[Number, Number]


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95% interval."""

    n: int
    mean: float
    sd: float
    se: float
    low: float
    high: float


@dataclass(frozen=True)
class Change(Estimate):
    """A mean change over complete pairs, with the means and the ways it came about."""

    before: float
    after: float
    up: int
    same: int
    down: int
    g: float | None = None


def t_value(n: int) -> float:
    """The 97.5% point of Student's t with n - 1 degrees of freedom (Student 1908)."""
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, 0.975))


def small_sample(n: int) -> float:
    """The factor J = 1 - 3 / (4(n - 1) - 1) against a small bias (Hedges 1981)."""
    return 1 - 3 / (4 * (n - 1) - 1)


def mean_interval(values: Sequence[Number]) -> Estimate | None:
    """The mean M and M ± t(.975, n - 1)·SD/√n (Student 1908); None below five values.

    The SD has n - 1 in its denominator (Bessel's correction).
    """
    n = len(values)
    if n < MINIMUM:
        return None
    exact = [Fraction(value) for value in values]
    middle, sd = float(mean(exact)), float(stdev(exact))
    se = sd / sqrt(n)
    margin = t_value(n) * se
    return Estimate(n, middle, sd, se, middle - margin, middle + margin)


def paired_change(pairs: Sequence[Pair], size: int = 1) -> Change | None:
    """The change over pairs (before, after) in steps, `size` of which make a point.

    The interval is that of the mean difference of pairs (Student 1908); None below
    five pairs, and `g` only from ten.
    """
    points = [(Fraction(old) / size, Fraction(new) / size) for old, new in pairs]
    differences = [new - old for old, new in points]
    estimate = mean_interval(differences)
    if estimate is None:
        return None
    return Change(
        **vars(estimate),
        before=fmean(old for old, _ in points),
        after=fmean(new for _, new in points),
        up=sum(one > 0 for one in differences),
        same=sum(one == 0 for one in differences),
        down=sum(one < 0 for one in differences),
        g=standardised(points) if estimate.n >= WITH_EFFECT else None,
    )


def standardised(pairs: Sequence[Pair]) -> float | None:
    """The change in standard deviations, M / √((SD²before + SD²after) / 2) · J.

    That is d_av (Cumming 2012) with Hedges' correction, g_av in Lakens (2013); None
    where nobody differs from anybody, or where one pair says nothing of a spread.
    """
    if len(pairs) < 2:
        return None
    old, new = ([Fraction(one) for one in half] for half in zip(*pairs, strict=True))
    spread = sqrt((variance(old) + variance(new)) / 2)
    if spread == 0:
        return None
    return float(mean(new) - mean(old)) / spread * small_sample(len(pairs))
