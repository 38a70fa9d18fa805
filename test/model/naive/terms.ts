import { type Day } from "./calendar.js";
import { endOf, isCancelled } from "./life.js";
import { memo } from "./memo.js";
import { type Commitment, lastOn, type RecurringRow, type Setting, type Swap, type Terms } from "./world.js";

/**
 * The terms that a commitment comes to hold, by day, whether or not their day has come: renewals of terms that are held
 * no more, and what is to follow a time-limited upgrade that is gone, have no effect.
 */
export const heldTerms = (c: Commitment): Terms[] => memo(c, "terms", () => inOrder(c));

function inOrder(c: Commitment): Terms[] {
  const held: Terms[] = [];
  for (const terms of [...c.terms].sort(byDay)) {
    const present = held.at(-1);
    if (terms.kind === "RENEWAL" && present !== terms.renews) continue;
    if (terms.kind === "AFTER_SWAP" && !followsItsSwap(c, terms, held)) continue;
    held.push(terms);
  }
  return held;
}

/** On one day what was planned comes before an upgrade made; a renewal gives way to all, whatever was recorded first. */
const byDay = (a: Terms, b: Terms): number => a.day - b.day || rank(a) - rank(b) || a.recorded - b.recorded;
const RANKS = { ASSIGNED: 0, SCHEDULED: 1, AFTER_SWAP: 2, UPGRADE: 3, RENEWAL: 4 };
const rank = ({ kind }: Terms): number => RANKS[kind];

function followsItsSwap(c: Commitment, terms: Terms, held: Terms[]): boolean {
  const swap = c.swaps.find(({ then }) => then === terms);
  if (swap === undefined) return false;
  const present = held.at(-1);
  if (present === undefined) return false;
  // A scheduled upgrade drops it, on the same day too, and so does a renewal without the row.
  return present === swap.terms || (isRenewalOf(present, swap.terms) && present.rows[swap.row] !== undefined);
}

export function isRenewalOf(terms: Terms, earlier: Terms): boolean {
  for (let each: Terms | null = terms; each !== null; each = each.renews) if (each === earlier) return true;
  return false;
}

/** The terms held on a day; before the start, those that were assigned. */
export function termsOn(c: Commitment, day: Day): Terms {
  const terms = day < c.start ? heldTerms(c)[0] : lastOn(heldTerms(c), day);
  if (terms === undefined) throw new Error("a commitment holds terms from its start on");
  return terms;
}

/** Settings of the discount end date in the order in which they come to hold. */
export const settingsOf = (c: Commitment): Setting[] => memo(c, "settings", () => allSettings(c));

function allSettings(c: Commitment): Setting[] {
  const settings: Setting[] = [];
  const end = endOf(c) ?? Infinity;
  // A termination drops what was to come after it.
  const held = heldTerms(c).filter(({ day, kind }) => day <= end || kind === "ASSIGNED" || wasMade(c, kind));
  const marks = [
    ...held.map((terms) => ({ day: terms.day, recorded: terms.recorded, terms, setting: null })),
    ...c.settings.map((setting) => ({ day: setting.day, recorded: setting.recorded, terms: null, setting })),
  ].sort((a, b) => a.day - b.day || a.recorded - b.recorded);
  for (const { terms, setting } of marks) {
    if (setting !== null) settings.push(setting);
    else if (terms.kind !== "RENEWAL") settings.push(...broughtBy(terms, settings.length === 0));
  }
  return settings;
}

/** One that a closing cancelled before its start shows the date that upgrades had brought by then. */
const wasMade = (c: Commitment, kind: Terms["kind"]): boolean => kind === "UPGRADE" && isCancelled(c);

/** Kept, or where there is none the default term; without a discount period the end date stays for the penalty. */
function broughtBy(terms: Terms, isFirst: boolean): Setting[] {
  const { endDate, defaultEnd, day, recorded, kind } = terms;
  if (typeof endDate === "object") return [endDate];
  if (defaultEnd === null || (endDate === "KEEP" && !isFirst)) return [];
  // The first setting judges the days before the start too, where a proration flag adds them.
  return [{ day: kind === "ASSIGNED" ? -Infinity : day, recorded, base: defaultEnd, known: "term" }];
}

/** The row that a time-limited upgrade changes on a day; none where the terms or the row are gone. */
export function swappedRow(c: Commitment, swap: Swap, day: Day): RecurringRow | undefined {
  const terms = termsOn(c, day);
  return isRenewalOf(terms, swap.terms) ? terms.rows[swap.row] : undefined;
}

/** Through its last day, and no longer than the row that it changes. */
export const runningSwaps = (c: Commitment, day: Day): Swap[] =>
  c.swaps.filter((swap) => day <= swap.until && swappedRow(c, swap, day) !== undefined);
