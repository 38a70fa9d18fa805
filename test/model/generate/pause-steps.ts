import { textOf } from "../naive/calendar.js";
import { customerOf } from "../naive/life.js";
import { openRequest } from "../naive/self-care-commands.js";
import { type Commitment } from "../naive/world.js";
import { type PauseStep, type Step } from "../story.js";
import { aimedDay, earliest, effective, type Scene } from "./aim.js";

const name = (c: Commitment): string => c.name ?? "";

export function onPauses(scene: Scene, c: Commitment): Step {
  const { random, today, has } = scene;
  const future = c.pauses.some(({ first, cancelled }) => first > today && !cancelled);
  const paused = c.pauses.some(
    ({ first, last, cancelled }) => !cancelled && first <= today + 1 && (last ?? today) >= today,
  );
  const asked = openRequest(c, today) !== undefined;
  const propose = random.weighted<(scene: Scene, c: Commitment) => Step>([
    [paused ? 2 : 5, pauseNow],
    [6, pauseRange],
    [has.has("CLOSED_DAYS") ? 5 : 0, pauseOver],
    [future ? 7 : 0.3, changePause],
    [future ? 6 : 0.3, cancelPause],
    [has.has("RESUME") ? (paused ? 8 : 0.4) : 0, resume],
    [has.has("SELF_CARE") ? 4 : 0, requestPause],
    [asked ? 25 : has.has("SELF_CARE") ? 0.2 : 0, answer],
  ]);
  return propose(scene, c);
}

/** A pause or a resume for a coming day, which can be changed until then. */
export function onPausesAhead(scene: Scene, c: Commitment): Step {
  const { today, on } = scene;
  const paused = c.pauses.some(
    ({ first, last, cancelled }) => !cancelled && first <= today && (last ?? today) >= today,
  );
  const ahead = effective(scene, c, { back: 0, ahead: 1, reach: 30 });
  return paused ? { on, resume: name(c), ...ahead } : { on, pause: name(c), ...ahead };
}

/** A pause that has not begun is cancelled or given other days. */
export const loosePause = (scene: Scene, c: Commitment): Step =>
  scene.random.chance(0.6) ? cancelPause(scene, c) : changePause(scene, c);

function pauseNow(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const step: PauseStep = {
    on,
    pause: name(c),
    ...effective(scene, c, { back: 0.25, ahead: 0.1, reach: 30 }, c.start - 1),
  };
  return random.chance(0.4) ? { ...step, until: textOf(aimedDay(scene, c, today + 1, today + 46)) } : step;
}

function pauseRange(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const least = random.chance(0.75) ? Math.max(today, c.start) : earliest(scene, customerOf(c));
  const first = aimedDay(scene, c, least, Math.max(least, today) + 60);
  const step: PauseStep = { on, pause: name(c), from: textOf(first), ...ordered(scene, c) };
  if (random.chance(0.1)) return step;
  const last = aimedDay(scene, c, random.chance(0.97) ? first : first - 1, first + random.pick([0, 3, 10, 40, 75]));
  return { ...step, until: textOf(last) };
}

/** "The line was dead from the 3rd to the 9th." */
function pauseOver(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const first = aimedDay(scene, c, Math.max(c.start, earliest(scene, customerOf(c))), today);
  const last = aimedDay(scene, c, first, Math.max(first, Math.min(today, first + random.pick([0, 6, 20, 45]))));
  return { on, pause: name(c), from: textOf(first), until: textOf(last), ...ordered(scene, c) };
}

/** The day on which a pause with days of its own was ordered, if it is said. */
const ordered = (scene: Scene, c: Commitment): { effective?: string } =>
  effective(scene, c, { back: 0.12, ahead: 0.02, reach: 20 });

/** The first free day of a pause that can be changed, mostly. */
function pauseDay({ random, today }: Scene, c: Commitment): number {
  const future = c.pauses.filter(({ first, cancelled }) => !cancelled && first > today);
  const known = (random.chance(0.9) ? random.maybe(future) : undefined) ?? random.maybe(c.pauses);
  return known?.first ?? today + 1;
}

function changePause(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const from = pauseDay(scene, c);
  const newFrom = aimedDay(scene, c, Math.max(from - 10, today - 1), from + 20);
  const newUntil = aimedDay(scene, c, newFrom, newFrom + random.pick([0, 5, 30]));
  const which = random.int(1, 3);
  return {
    on,
    changePause: name(c),
    from: textOf(from),
    ...(which !== 2 && { newFrom: textOf(newFrom) }),
    ...(which !== 1 && { newUntil: textOf(newUntil) }),
  };
}

const cancelPause = (scene: Scene, c: Commitment): Step => ({
  on: scene.on,
  cancelPause: name(c),
  from: textOf(pauseDay(scene, c)),
});

const resume = (scene: Scene, c: Commitment): Step => ({
  on: scene.on,
  resume: name(c),
  ...effective(scene, c, { back: 0.25, ahead: 0.15, reach: 10 }),
});

function requestPause(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const first = aimedDay(scene, c, today + 1, today + random.pick([10, 20, 60]));
  const last = aimedDay(scene, c, first, first + random.pick([0, 6, 13, 14, 40]));
  return { on, requestPause: name(c), from: textOf(first), until: textOf(last) };
}

function answer({ random, today, on }: Scene, c: Commitment): Step {
  const asked = openRequest(c, today) ?? random.maybe(c.requests);
  const from = textOf(random.chance(0.95) ? (asked?.first ?? today + 1) : today + 1);
  return random.weighted<Step>([
    [3, { on, approvePause: name(c), from }],
    [3, { on, declinePause: name(c), from }],
    [4, { on, withdrawPause: name(c), from }],
  ]);
}
