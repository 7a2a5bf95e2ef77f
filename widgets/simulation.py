"""The exchange between a leader and a follower as a small model, round by round.

An illustration. It is fitted to no data; that an exchange works as long as it serves
both is what it is made of, so it cannot show that this is true.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

Party = Literal["follower", "leader"]

WORKING = 0.2  # below this share of effort or offer nothing is left of the exchange
SEVERAL = "several"


@dataclass(frozen=True)
class Parameters:
    """What an exchange is made of; as it stands here it is a fair one."""

    reward: float = 0.80  # what the leader returns for a unit of effort
    fit: float = 0.80  # the share of it that this follower values
    cost: float = 0.30  # what a unit of effort costs the follower
    gain: float = 1.20  # what it brings the leader
    price: float = 0.80  # what a unit of return costs the leader
    promised: float = 0.20  # what the leader promises for a unit of effort
    kept: float = 1.00  # the share of the promises that is kept
    delay: int = 6  # rounds until a promise is due
    follower_elsewhere: float = 0.15
    leader_elsewhere: float = 0.15
    shock_round: int | None = None  # from here on something better waits elsewhere
    shock_elsewhere: float = 0.0
    effort: float = 0.6  # where the exchange starts from
    offer: float = 0.8
    trust: float = 0.6
    speed: float = 0.25  # how fast both adapt
    newest: float = 0.40  # how much of a feeling the newest round decides
    trust_gain: float = 0.10
    trust_loss: float = 0.30
    rounds: int = 40

    def elsewhere_at(self, number: int) -> float:
        """What the follower could get elsewhere in this round."""
        is_shocked = self.shock_round is not None and number >= self.shock_round
        return self.shock_elsewhere if is_shocked else self.follower_elsewhere


@dataclass(frozen=True)
class Round:
    """One round: how each takes part, what they feel, and the book of promises."""

    effort: float
    offer: float
    trust: float
    follower: float = 0.0  # the felt balance of each
    leader: float = 0.0
    promise: float = 0.0  # made in this round
    credit: float = 0.0  # and for how much it counted
    due: float = 0.0
    made: float = 0.0
    fulfilled: float = 0.0
    broken: float = 0.0
    open: float = 0.0

    @property
    def works(self) -> bool:
        """Whether there is still an exchange."""
        return self.effort >= WORKING and self.offer >= WORKING


FAIR = Parameters()
PRESETS: Mapping[str, Parameters] = {
    "fair": FAIR,
    "wrong_currency": replace(FAIR, fit=0.35),
    "empty_promises": replace(FAIR, reward=0.35, promised=0.6, kept=0.1, trust=0.8),
    "too_expensive": replace(FAIR, reward=1.3, price=0.9, gain=0.55, promised=0.1),
    "better_elsewhere": replace(FAIR, shock_round=15, shock_elsewhere=0.70),
}
# Between what a participant may set them.
RANGES: Mapping[str, tuple[float, float]] = {
    "reward": (0, 1.5),
    "fit": (0, 1),
    "cost": (0, 0.8),
    "gain": (0.2, 1.6),
    "price": (0.2, 1.2),
    "promised": (0, 0.8),
    "kept": (0, 1),
    "delay": (1, 10),
    "follower_elsewhere": (0, 0.8),
    "leader_elsewhere": (0, 0.8),
}
# Why somebody may come short, and the parameters that tell; the likeliest first.
CAUSES: Mapping[Party, Mapping[str, tuple[str, ...]]] = {
    "follower": {
        "promises": ("kept",),
        "elsewhere": ("follower_elsewhere", "shock_round", "shock_elsewhere"),
        "currency": ("fit",),
        "cost": ("cost",),
        "reward": ("reward", "promised"),
    },
    "leader": {
        "elsewhere": ("leader_elsewhere",),
        "price": ("reward", "gain", "price"),
        "promises": ("promised",),
    },
}


def run(parameters: Parameters) -> tuple[Round, ...]:
    """All rounds of an exchange; nothing is left to chance."""
    p = parameters
    # Before the first round nothing was felt, promised or due.
    rounds = [Round(effort=p.effort, offer=p.offer, trust=p.trust)]
    for number in range(p.rounds):
        due = rounds[max(0, number - p.delay + 1)]
        rounds.append(_after(rounds[-1], due, p, p.elsewhere_at(number)))
    return tuple(rounds[1:])


def _after(last: Round, due: Round, p: Parameters, elsewhere: float) -> Round:
    """The round after the last one, in which the promise of another is due."""
    effort = _share(last.effort + p.speed * last.follower)
    offer = _share(last.offer + p.speed * last.leader)
    trust = _trust(last, p)
    promise = p.promised * offer * effort
    credit = trust * promise  # a promise counts for as much as it is trusted
    fulfilled = p.kept * due.promise
    broken = due.promise - fulfilled
    surprise = fulfilled - due.credit  # what came, minus what was counted on
    reward = p.reward * offer * effort
    follower = p.fit * reward + credit + surprise - p.cost * effort - elsewhere
    leader = p.gain * effort - p.price * (reward + fulfilled) - p.leader_elsewhere
    return Round(
        effort=effort,
        offer=offer,
        trust=trust,
        follower=(1 - p.newest) * last.follower + p.newest * follower,
        leader=(1 - p.newest) * last.leader + p.newest * leader,
        promise=promise,
        credit=credit,
        due=due.promise,
        made=last.made + promise,
        fulfilled=last.fulfilled + fulfilled,
        broken=last.broken + broken,
        open=last.open + promise - fulfilled - broken,
    )


def _trust(last: Round, p: Parameters) -> float:
    """Trust after what came of the promises that were due: it is lost faster."""
    if not p.promised:
        return last.trust
    gained = p.trust_gain * p.kept * (1 - last.trust)
    lost = p.trust_loss * (1 - p.kept) * last.trust
    return _share(last.trust + last.due / p.promised * (gained - lost))


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


@dataclass(frozen=True)
class Verdict:
    """Who came short from which round, by what cause, and when the exchange stopped.

    Rounds count from 0; None means never.
    """

    follower: int | None
    leader: int | None
    stops: int | None
    cause: str | None = None

    @property
    def first(self) -> Literal[Party, "both"] | None:
        """Who came short first."""
        if self.follower == self.leader:
            return None if self.follower is None else "both"
        if self.leader is None:
            return "follower"
        is_follower = self.follower is not None and self.follower < self.leader
        return "follower" if is_follower else "leader"


@cache
def judge(parameters: Parameters) -> Verdict:
    """What came of an exchange.

    The cause is what, made as in a fair exchange and all else left as it is, would keep
    who came short first from being the first.
    """
    verdict = _seen(run(parameters))
    who = verdict.first
    if who is None or who == "both":
        return verdict
    for cause, names in CAUSES[who].items():
        mended = replace(parameters, **{name: getattr(FAIR, name) for name in names})
        if _seen(run(mended)).first != who:
            return replace(verdict, cause=cause)
    return replace(verdict, cause=SEVERAL)


def _seen(rounds: tuple[Round, ...]) -> Verdict:
    numbers = range(len(rounds))
    working = [number for number in numbers if rounds[number].works]
    stops = working[-1] + 1 if working else 0
    return Verdict(
        follower=next((n for n in numbers if rounds[n].follower < 0), None),
        leader=next((n for n in numbers if rounds[n].leader < 0), None),
        stops=stops if stops < len(rounds) else None,
    )
