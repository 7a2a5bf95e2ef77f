/**
 * The exchange model of simulation.py once more, so that a slider redraws while it is dragged.
 * The numbers and the causes come from Python; a test holds both to the same results.
 */

/**
 * @typedef {Record<string, any>} Parameters the fields of `Parameters` in simulation.py
 * @typedef {Record<string, number>} Round the fields of `Round` in simulation.py
 * @typedef {{ follower: number | null, leader: number | null, stops: number | null, first: string | null, cause: string | null }} Verdict
 */

const WORKING = 0.2;

/** @param {number} value */
const share = (value) => Math.min(1, Math.max(0, value));

/** @param {Round} last @param {Parameters} p */
function trustAfter(last, p) {
  if (!p.promised) return last.trust;
  const gained = p.trust_gain * p.kept * (1 - last.trust);
  const lost = p.trust_loss * (1 - p.kept) * last.trust;
  return share(last.trust + (last.due / p.promised) * (gained - lost));
}

/** @param {Round} last @param {Round} due @param {Parameters} p @param {number} elsewhere @returns {Round} */
function roundAfter(last, due, p, elsewhere) {
  const effort = share(last.effort + p.speed * last.follower);
  const offer = share(last.offer + p.speed * last.leader);
  const trust = trustAfter(last, p);
  const promise = p.promised * offer * effort;
  const credit = trust * promise;
  const fulfilled = p.kept * due.promise;
  const broken = due.promise - fulfilled;
  const surprise = fulfilled - due.credit;
  const reward = p.reward * offer * effort;
  const follower = p.fit * reward + credit + surprise - p.cost * effort - elsewhere;
  const leader = p.gain * effort - p.price * (reward + fulfilled) - p.leader_elsewhere;
  return {
    effort,
    offer,
    trust,
    follower: (1 - p.newest) * last.follower + p.newest * follower,
    leader: (1 - p.newest) * last.leader + p.newest * leader,
    promise,
    credit,
    due: due.promise,
    made: last.made + promise,
    fulfilled: last.fulfilled + fulfilled,
    broken: last.broken + broken,
    open: last.open + promise - fulfilled - broken,
  };
}

/**
 * All rounds of an exchange.
 * @param {Parameters} p
 * @returns {Round[]}
 */
export function runExchange(p) {
  const nothing = { follower: 0, leader: 0, promise: 0, credit: 0, due: 0, made: 0, fulfilled: 0, broken: 0, open: 0 };
  const rounds = [{ effort: p.effort, offer: p.offer, trust: p.trust, ...nothing }];
  for (let number = 0; number < p.rounds; number += 1) {
    const isShocked = p.shock_round !== null && number >= p.shock_round;
    const elsewhere = isShocked ? p.shock_elsewhere : p.follower_elsewhere;
    rounds.push(roundAfter(rounds[number], rounds[Math.max(0, number - p.delay + 1)], p, elsewhere));
  }
  return rounds.slice(1);
}

/** The first round in which somebody comes short. @param {Round[]} rounds @param {"follower" | "leader"} who */
function shortFrom(rounds, who) {
  const number = rounds.findIndex((round) => round[who] < 0);
  return number < 0 ? null : number;
}

/** @param {Round[]} rounds @returns {Verdict} */
function seen(rounds) {
  const follower = shortFrom(rounds, "follower");
  const leader = shortFrom(rounds, "leader");
  const stops = rounds.findLastIndex((round) => round.effort >= WORKING && round.offer >= WORKING) + 1;
  const gap = (leader ?? Infinity) - (follower ?? Infinity);
  const first = gap > 0 ? "follower" : gap < 0 ? "leader" : follower === null ? null : "both";
  return { follower, leader, stops: stops < rounds.length ? stops : null, first, cause: null };
}

/**
 * What came of an exchange, as `judge` in simulation.py.
 * @param {Parameters} p
 * @param {Record<string, Record<string, string[]>>} causes per party the parameters that tell why
 * @param {Parameters} fair
 * @returns {Verdict}
 */
export function judgeExchange(p, causes, fair) {
  const verdict = seen(runExchange(p));
  const { first } = verdict;
  if (first === null || first === "both") return verdict;
  for (const [cause, names] of Object.entries(causes[first])) {
    const mended = { ...p, ...Object.fromEntries(names.map((name) => [name, fair[name]])) };
    if (seen(runExchange(mended)).first !== first) return { ...verdict, cause };
  }
  return { ...verdict, cause: "several" };
}
