import type * as story from "../story.js";
import { dayOf } from "./calendar.js";
import { type Charge, singleDay } from "./charges.js";
import { billPeriod, closedPeriodOf, record, totalOf } from "./close.js";
import { billedDays, correctionsOf } from "./corrections.js";
import { customerNamed } from "./customer-commands.js";
import { todayOf } from "./cycles.js";
import { daysOf } from "./due.js";
import { changed } from "./memo.js";
import { type Billed, type ClosedPeriod, type Document } from "./receivables.js";
import { refuse } from "./refused.js";
import { type World } from "./world.js";

export const note = (charges: Charge[], issued: number): Document => ({
  ...{ kind: "CREDIT_NOTE", issued, due: null, charges, total: totalOf(charges) },
  ...{ isVoid: false, closes: null },
});

/** All corrections of one closed period, at once. */
export function creditNote(world: World, step: story.CreditNoteStep): void {
  const customer = customerNamed(world, step.creditNote);
  const { receivables } = customer;
  const period = closedPeriodOf(receivables.periods, dayOf(step.correcting)) ?? refuse("NOTHING_TO_CORRECT");
  const correction = correctionsOf(world, customer, period);
  if (correction.charges.length === 0) refuse("NOTHING_TO_CORRECT");
  const document = note(correction.charges, todayOf(world, customer));
  if (document.total >= 0n) refuse("INVALID_AMOUNT");
  record(period, correction, document);
  const corrected = receivables.documents.find(
    ({ closes, isVoid, kind }) => closes === period && !isVoid && kind === "INVOICE",
  );
  receivables.issue(document, corrected ?? null);
}

/** What of each line is not credited yet is credited at once; the period stays unbilled until it is reissued. */
export function voidInvoice(world: World, step: story.VoidInvoiceStep): void {
  const customer = customerNamed(world, step.voidInvoice);
  const { documents, periods } = customer.receivables;
  const ofDate = documents.filter(({ kind, issued }) => kind === "INVOICE" && issued === dayOf(step.issued));
  if (ofDate.length === 0) refuse("INVOICE_NOT_FOUND");
  const document = ofDate.findLast(({ isVoid }) => !isVoid) ?? refuse("INVOICE_VOID");
  const undone: Billed[] = [];
  document.touched = periods.filter(
    (period) => period !== document.closes && period.billed.some((entry) => entry.document === document),
  );
  for (const period of periods) {
    const isOwn = period === document.closes;
    const fees = isOwn ? [] : lateFeesOf(period, document);
    const whole = fees.filter(({ entries }) => isNothing(entries)).map(({ key }) => key);
    const left = fees.filter(({ key }) => !whole.includes(key)).map(({ key }) => key);
    // A fee or penalty goes with all that was credited of it; one that was credited whole is not touched.
    const gone = period.billed.filter(({ due, document: on }) => {
      if (isOwn || left.includes(due.key)) return true;
      return on === document && !whole.includes(due.key);
    });
    for (const key of left) period.gone.set(key, document);
    undone.push(...gone);
    if (!isOwn) for (const entry of gone) restore(period, entry);
    period.billed = period.billed.filter((entry) => !gone.includes(entry));
    if (isOwn) period.isVoid = true;
  }
  changed();
  customer.receivables.void(document, note(undone.flatMap(opposite), todayOf(world, customer)));
}

/**
 * The fees and penalties of another period that the document was the first to bill, with all that was billed of them. What
 * it billed of another period's calls is an adjustment, whatever was billed before.
 */
const lateFeesOf = ({ billed }: ClosedPeriod, document: Document): { key: string; entries: Billed[] }[] =>
  [...new Set(billed.filter(({ due }) => due.day !== null && due.kind !== "USAGE").map(({ due }) => due.key))]
    .map((key) => ({ key, entries: billed.filter(({ due }) => due.key === key) }))
    .filter(({ entries }) => entries[0]?.document === document);

const isNothing = (entries: readonly Billed[]): boolean =>
  (["fee", "given", "rated"] as const).every((of) => entries.reduce((sum, entry) => sum + entry[of], 0n) === 0n);

/**
 * What an adjustment did to days is undone for what was corrected after it. A day that was corrected back since is
 * charged twice too much, or too little: it counts as the adjustment left it, so that it differs from what is due.
 */
function restore({ billed }: ClosedPeriod, entry: Billed): void {
  const same = billed.filter(({ due }) => due.key === entry.due.key);
  const [before, last] = [same[same.indexOf(entry) - 1], same.at(-1)];
  if (last === undefined || last === entry) return;
  const [was, became, now] = [billedDays(before), daysOf(entry.due), billedDays(last)];
  last.restored = new Map(last.restored);
  for (const day of new Set([...was.keys(), ...became.keys()])) {
    if (was.get(day) === became.get(day)) continue;
    const isBack = now.get(day) === was.get(day);
    last.restored.set(day, (isBack ? became : was).get(day) ?? null);
  }
}

function opposite({ due, fee, given, rated }: Billed): Charge[] {
  const common = singleDay(due.commitment, due.account, due.row, "ADJUSTMENT", due.day ?? 0);
  return [
    { ...common, fee: -fee, discount: -given, origin: given === 0n ? null : ("COMMITMENT" as const) },
    { ...common, discount: -rated, origin: "CUSTOMER_RATE" as const },
  ].filter((line) => line.fee !== 0n || line.discount !== 0n);
}

/** Closes the period of a voided invoice again, by all that is recorded now. */
export function reissueInvoice(world: World, step: story.ReissueInvoiceStep): void {
  const customer = customerNamed(world, step.reissueInvoice);
  const { documents, periods } = customer.receivables;
  const ofDate = documents.filter(({ kind, issued }) => kind === "INVOICE" && issued === dayOf(step.issued));
  if (ofDate.length === 0) refuse("INVOICE_NOT_FOUND");
  // Of a period that was reissued before, that is the one to reissue.
  const isLatest = (document: Document): boolean =>
    documents.findLast(({ closes, kind }) => closes === document.closes && kind === "INVOICE") === document;
  const document = ofDate.findLast((each) => each.isVoid && each.closes?.isVoid === true && isLatest(each));
  if (!document?.closes) return refuse("INVOICE_NOT_FOUND");
  const period = document.closes;
  period.isVoid = false;
  for (const { gone } of periods) {
    for (const [key, lost] of gone) if (lost.closes === period) gone.delete(key);
  }
  changed();
  // What is late for other periods comes with the next close.
  billPeriod(world, customer, period, document.touched ?? [], todayOf(world, customer));
}
