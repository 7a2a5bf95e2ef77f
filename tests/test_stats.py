"""What is computed of a small group, to the digit of worked examples."""

import subprocess
import sys
from math import isclose, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.stats import (
    mean_interval,
    paired_change,
    small_sample,
    standardised,
    t_value,
)

BEFORE = [2.0, 2.5, 3.0, 3.25, 2.75, 3.5, 2.25, 4.0]
AFTER = [2.75, 3.0, 3.0, 3.75, 3.5, 3.25, 3.0, 4.25]
PAIRS = list(zip(BEFORE, AFTER, strict=True))
steps = st.tuples(st.integers(12, 60), st.integers(12, 60))
groups = st.lists(steps, min_size=5, max_size=40)


def test_the_worked_example():
    change = paired_change(PAIRS)
    assert change is not None
    assert (change.n, change.up, change.same, change.down) == (8, 6, 1, 1)
    assert change.mean == 0.40625
    assert f"{change.sd:.4f} {change.se:.4f}" == "0.3765 0.1331"
    assert f"{change.low:.4f} {change.high:.4f}" == "0.0915 0.7210"
    assert change.g is None  # fewer than ten
    assert f"{standardised(PAIRS):.4f}" == "0.6144"
    assert change.after - change.before == pytest.approx(change.mean)


def test_whole_steps_give_the_same():
    scaled = [(int(4 * old), int(4 * new)) for old, new in PAIRS]
    assert paired_change(scaled, 4) == paired_change(PAIRS)


@pytest.mark.parametrize(
    ("n", "t"),
    [
        (5, "2.7764"),
        (8, "2.3646"),
        (10, "2.2622"),
        (15, "2.1448"),
        (20, "2.0930"),
        (30, "2.0452"),
    ],
)
def test_the_table_of_t(n, t):
    assert f"{t_value(n):.4f}" == t


@pytest.mark.parametrize(
    ("n", "j"),
    [(5, ".8000"), (8, ".8889"), (10, ".9143"), (20, ".9600"), (30, ".9739")],
)
def test_the_table_of_j(n, j):
    assert f"{small_sample(n):.4f}"[1:] == j


@pytest.mark.parametrize("n", range(5))
def test_nothing_is_computed_below_five(n):
    assert paired_change(PAIRS[:n]) is None
    assert mean_interval(BEFORE[:n]) is None
    assert paired_change(PAIRS[:5]) is not None
    assert mean_interval(BEFORE[:5]) is not None


def test_an_effect_is_computed_from_ten_and_only_with_a_spread():
    ten = [*PAIRS, (2.0, 3.0), (3.0, 3.0)]
    assert paired_change(ten[:9]).g is None
    assert paired_change(ten).g == pytest.approx(standardised(ten))
    alike = [(3, 4)] * 12
    assert standardised(alike) is None
    assert paired_change(alike).g is None
    assert standardised(PAIRS[:1]) is None


@given(groups)
def test_a_change_hangs_together(pairs):
    change = paired_change(pairs, 12)
    assert change.up + change.same + change.down == change.n == len(pairs)
    assert change.low <= change.mean <= change.high
    assert isclose(change.after - change.before, change.mean, abs_tol=1e-9)
    assert isclose(change.mean - change.low, t_value(change.n) * change.se)
    assert isclose(change.se * sqrt(change.n), change.sd)


@given(groups, st.randoms())
def test_the_order_of_people_makes_no_difference(pairs, chance):
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    assert paired_change(shuffled, 12) == paired_change(pairs, 12)


@given(groups)
def test_turning_before_and_after_turns_the_change(pairs):
    one = paired_change(pairs)
    other = paired_change([(new, old) for old, new in pairs])
    assert (one.up, one.down, one.mean) == (other.down, other.up, -other.mean)
    assert isclose(one.low, -other.high, abs_tol=1e-9)
    if one.g is not None:
        assert isclose(one.g, -other.g, abs_tol=1e-9)


@given(groups, st.integers(-5, 5))
def test_the_same_step_for_everybody_moves_only_the_mean(pairs, step):
    one = paired_change(pairs)
    other = paired_change([(old, new + step) for old, new in pairs])
    assert other.mean == pytest.approx(one.mean + step)
    assert other.sd == pytest.approx(one.sd)


def test_the_interval_is_wider_than_that_of_a_large_group():
    estimate = mean_interval([6, 7, 7, 8, 5, 9])
    assert estimate.mean == 7
    normal = NormalDist().inv_cdf(0.975)
    assert estimate.high - estimate.mean > normal * estimate.se


def test_nobody_waits_for_scipy_who_computes_nothing():
    heavy = (
        "import sys, widgets, widgets.session, widgets.server.trainer, widgets.frame"
    )
    check = f"{heavy}; assert 'scipy' not in sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)
