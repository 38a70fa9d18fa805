import { randomUUID } from "node:crypto";
import { earliest, type LocalDate } from "#domain/calendar.js";
import { type Account, accountEvolver } from "#domain/accounts/account.js";
import { comingPeriods, type ComingPeriods } from "#domain/billing/coming-periods.js";
import { type CustomerBilling, movedBy } from "#domain/billing/ledger.js";
import { type Foreseen, foresee, type Totalled } from "#domain/billing/foresee.js";
import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { feesGone } from "#domain/billing/compared-by.js";
import { type CustomerHistory, withHolder } from "#domain/commitments/history.js";
import { type Customer, customerEvolver, todayOf } from "#domain/customers/customer.js";
import { type AnyEvent } from "#event-store/catalogue.js";
import { netSteps, recordingOf } from "#domain/billing/recorded-billing.js";
import { type Recording } from "#domain/billing/recording.js";
import { type Step } from "#domain/step.js";
import { type RecordedEvent } from "#event-store/event.js";
import { fold } from "#event-store/fold.js";
import { sharingBillings } from "./preview-facts.js";
import { PreviewStore } from "./preview-store.js";
import { streamName } from "#event-store/streams.js";
import { presentOf } from "./command/clock.js";
import { type Command, commands, type Request } from "./commands.js";
import { execute } from "./execute.js";
import { type Principal } from "./command/principal.js";
import { type Session } from "./command/session.js";
import { Unavailable } from "./command/unavailable.js";

/** What a command would do. Nothing is recorded. */
export interface Preview {
  /** Events that it would record, in order, with their streams; empty when it would change nothing. */
  readonly events: readonly (AnyEvent & { readonly stream: string })[];
  /** Its effect on the customer's charges; null: none. Of a transfer, that on the receiver's. */
  readonly bill: PreviewedBill | null;
  /** For a transfer to another customer, its effect on the giver's charges; otherwise null. */
  readonly giversBill: PreviewedBill | null;
}

/** What a commitment would be after the command. */
export interface PreviewedAfter {
  readonly commitment: Commitment;
  /** Of its customer, with the command. */
  readonly billing: CustomerBilling;
  /** The customer's today. */
  readonly today: LocalDate;
  /** Ids of the events that the command would record, under which nothing is recorded. */
  readonly unrecorded: ReadonlySet<string>;
}

export interface PreviewedBill extends Foreseen, Omit<PreviewedAfter, "commitment"> {
  readonly currency: string;
  /** For a command on a commitment: the commitment before and after it; `before` is null for a new one. */
  readonly commitment: { readonly before: Commitment | null; readonly after: Commitment } | null;
  /**
   * How its lines come about, in their order: they are computed once more, and their steps taken down (decision 228).
   * @throws Unavailable where something was billed since
   */
  explain(): Promise<Workings>;
  /** The coming billing periods whose invoices it changes, computed when they are asked for. */
  coming(): ComingPeriods;
  /** How the lines of those come about, in the same order; as `explain`. */
  explainComing(): Promise<readonly Omit<Workings, "penalty">[]>;
}

/** How the nets of lines come about, by their place; events that are not recorded are left out. */
export interface Workings {
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  readonly penalty: readonly Step[];
}

/**
 * Executes a command on a store that records nothing, and returns its result. It has a key of its own, which nobody used
 * before, so what it would create is shown under ids that it will not get. @throws the command's errors
 */
export const preview = async (session: Session, principal: Principal, request: Request): Promise<Preview> => {
  const store = new PreviewStore(session.store);
  const command: Command = { ...request, idempotencyKey: randomUUID() };
  const facts = sharingBillings(session.facts);
  const { id } = await execute({ ...session, facts, store, preview: true }, principal, command);
  const changes = store.appended.filter(({ type }) => type !== "CommandAccepted");
  // Commands record events of the catalogue only.
  const events = changes.map(({ stream, type, data }) => ({ stream, type, data })) as Preview["events"];
  const { bills, category } = commands[command.name];
  if (!bills || !isBilled(category)) return { events, bill: null, giversBill: null };

  const stream = streamName(principal.providerId, category, id);
  const before = billedOf(category, await store.stored(stream));
  const after = billedOf(category, await store.readStream(stream));
  const from = firstDayOf(changes);
  const billing = after.state && (await facts.billing(principal.providerId, after.state.customerId, from));
  // A customer that the command creates has no charges yet.
  if (!billing) return { events, bill: null, giversBill: null };
  const giver = giverOf(before, after);
  // With all that was billed of the commitment: fees that are void with a later invoice are in no penalty.
  const giversBilling =
    giver && (await facts.billing(principal.providerId, giver.customerId, earliest(from, giver.heldFrom)));

  // The instant of the decision, not the clock's present one.
  const now = store.appended[0]?.metadata.recordedAt ?? (await presentOf(session, principal.providerId));
  const unrecorded = new Set(store.appended.map((event) => event.id));
  const recorded = causesAmong(unrecorded);
  const billOf = (own: CustomerBilling, other: CustomerBilling | null): PreviewedBill => {
    const known = other ? withHolder(own.history, { ...other, feesGone: feesGone(other.billed) }) : own.history;
    const history = withBilled(known, before);
    const today = todayOf(history.customer, now);
    const changed = withBilled(known, after);
    const seen = (record?: Recording): Foreseen => foresee({ ...own, history }, changed, from, today, record);
    const seenComing = (record?: Recording): ComingPeriods =>
      comingPeriods({ ...own, history }, changed, from, today, record);
    const taken = async (): Promise<Recording> => {
      const lines = await session.facts.ledgerLines(principal.providerId, history.customer.customerId);
      const record = recordingOf(own, lines);
      if (!record) throw new Unavailable("Something was billed since the preview was computed; try again.");
      return record;
    };
    const stepsOf = (totalled: Totalled | null, record: Recording) =>
      netSteps(totalled?.lines ?? [], record).map((step) => stepAmong(unrecorded, step));
    const foreseen = seen();
    return {
      period: foreseen.period,
      before: recorded(foreseen.before),
      after: recorded(foreseen.after),
      penalty: foreseen.penalty && recorded(foreseen.penalty),
      currency: history.customer.currency,
      today,
      billing: movedBy({ ...own, history }, changed, from),
      unrecorded,
      commitment: changedCommitment(before, after),
      async explain() {
        const record = await taken();
        const again = seen(record);
        return {
          before: stepsOf(again.before, record),
          after: stepsOf(again.after, record),
          penalty: stepsOf(again.penalty, record),
        };
      },
      coming() {
        const { periods, laterToo } = seenComing();
        return {
          periods: periods.map((each) => ({ ...each, before: recorded(each.before), after: recorded(each.after) })),
          laterToo,
        };
      },
      async explainComing() {
        const record = await taken();
        return seenComing(record).periods.map((each) => ({
          before: stepsOf(each.before, record),
          after: stepsOf(each.after, record),
        }));
      },
    };
  };
  return {
    events,
    bill: billOf(billing, giversBilling),
    giversBill: giversBilling && billOf(giversBilling, billing),
  };
};

/** The customer that the command takes the commitment from, and its first day; null: none. */
const giverOf = (
  before: Billed,
  after: Billed,
): { readonly customerId: string; readonly heldFrom: LocalDate } | null => {
  if (before.category !== "commitment" || !before.state || !after.state) return null;
  const { customerId, start: heldFrom } = before.state;
  return customerId === after.state.customerId ? null : { customerId, heldFrom };
};

/** The first day on which events take effect; null: there are none. */
const firstDayOf = (events: readonly RecordedEvent[]): LocalDate | null =>
  events.reduce<LocalDate | null>((first, { data }) => earliest(first, data.effectiveOn), null);

/** Categories of the streams that a customer's charges are computed from. */
type BilledCategory = "customer" | "account" | "commitment";

const isBilled = (category: string): category is BilledCategory =>
  category === "customer" || category === "account" || category === "commitment";

/** An aggregate that charges are computed from, as folded from its stream; null: there is none. */
type Billed =
  | { readonly category: "customer"; readonly state: Customer | null }
  | { readonly category: "account"; readonly state: Account | null }
  | { readonly category: "commitment"; readonly state: Commitment | null };

const billedOf = (category: BilledCategory, events: readonly RecordedEvent[]): Billed => {
  switch (category) {
    case "customer":
      return { category, state: fold(customerEvolver, events) };
    case "account":
      return { category, state: fold(accountEvolver, events) };
    case "commitment":
      return { category, state: fold(commitmentEvolver, events) };
  }
};

/** The customer's history with this state of the aggregate. */
const withBilled = (history: CustomerHistory, { category, state }: Billed): CustomerHistory => {
  if (state === null) return history;
  switch (category) {
    case "customer":
      return { ...history, customer: state };
    case "account":
      return { ...history, accounts: new Map([...history.accounts, [state.accountId, state]]) };
    case "commitment": {
      const others = history.commitments.filter(({ commitmentId }) => commitmentId !== state.commitmentId);
      return { ...history, commitments: [...others, state] };
    }
  }
};

const changedCommitment = (before: Billed, after: Billed): PreviewedBill["commitment"] =>
  before.category === "commitment" && after.category === "commitment" && after.state
    ? { before: before.state, after: after.state }
    : null;

/** Keeps as events of steps only recorded ones, not previewed ones. */
const stepAmong = (unrecorded: ReadonlySet<string>, step: Step): Step => ({
  ...step,
  events: step.events.filter((id) => !unrecorded.has(id)),
  of: step.of.map((part) => stepAmong(unrecorded, part)),
  because: step.because.map((reason) => stepAmong(unrecorded, reason)),
});

/** Keeps as causes of lines only recorded events, not previewed ones. */
const causesAmong =
  (unrecorded: ReadonlySet<string>) =>
  ({ lines, total }: Totalled): Totalled => ({
    lines: lines.map((line) => ({ ...line, causes: line.causes.filter((cause) => !unrecorded.has(cause)) })),
    total,
  });
