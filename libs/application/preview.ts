import { randomUUID } from "node:crypto";
import { earliest, type LocalDate } from "#domain/calendar.js";
import { type Account, accountEvolver } from "#domain/accounts/account.js";
import { type CustomerBilling } from "#domain/billing/ledger.js";
import { type Foreseen, foresee, type Totalled } from "#domain/billing/foresee.js";
import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { feesGone } from "#domain/billing/compared-by.js";
import { type CustomerHistory, withHolder } from "#domain/commitments/history.js";
import { type Customer, customerEvolver, todayOf } from "#domain/customers/customer.js";
import { type DomainEvent } from "#domain/event.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { loadAggregate } from "#event-store/fold.js";
import { PreviewStore } from "./preview-store.js";
import { streamName } from "#event-store/streams.js";
import { presentOf } from "./command/clock.js";
import { type Command, commands, type Request } from "./commands.js";
import { execute } from "./execute.js";
import { type Principal } from "./command/principal.js";
import { type Session } from "./command/session.js";

/** What a command would do. Nothing is recorded. */
export interface Preview {
  /** Events that it would record, in order, with their streams; empty when it would change nothing. */
  readonly events: readonly (DomainEvent & { readonly stream: string })[];
  /** Its effect on the customer's charges; null: none. Of a transfer, that on the receiver's. */
  readonly bill: PreviewedBill | null;
  /** For a transfer to another customer, its effect on the giver's charges; otherwise null. */
  readonly giversBill: PreviewedBill | null;
}

export interface PreviewedBill extends Foreseen {
  readonly currency: string;
  /** The customer's today. */
  readonly today: LocalDate;
  /** For a command on a commitment: the commitment before and after it; `before` is null for a new one. */
  readonly commitment: { readonly before: Commitment | null; readonly after: Commitment } | null;
}

/**
 * Executes a command on a store that records nothing, and returns its result. It has a key of its own, which nobody used
 * before, so what it would create is shown under ids that it will not get. @throws the command's errors
 */
export const preview = async (session: Session, principal: Principal, request: Request): Promise<Preview> => {
  const store = new PreviewStore(session.store);
  const command: Command = { ...request, idempotencyKey: randomUUID() };
  const { id } = await execute({ ...session, store, preview: true }, principal, command);
  const changes = store.appended.filter(({ type }) => type !== "CommandAccepted");
  const events = changes.map(({ stream, type, data }) => ({ stream, type, data }));
  const { bills, category } = commands[command.name];
  if (!bills || !isBilled(category)) return { events, bill: null, giversBill: null };

  const stream = streamName(principal.providerId, category, id);
  const [before, after] = await Promise.all([
    loadBilled(session.store, category, stream),
    loadBilled(store, category, stream),
  ]);
  const from = firstDayOf(changes);
  const billing = after.state && (await session.facts.billing(principal.providerId, after.state.customerId, from));
  // A customer that the command creates has no charges yet.
  if (!billing) return { events, bill: null, giversBill: null };
  const giver = giverOf(before, after);
  // With all that was billed of the commitment: fees that are void with a later invoice are in no penalty.
  const giversBilling =
    giver && (await session.facts.billing(principal.providerId, giver.customerId, earliest(from, giver.heldFrom)));

  // The instant of the decision, not the clock's present one.
  const now = store.appended[0]?.metadata.recordedAt ?? (await presentOf(session, principal.providerId));
  const recorded = causesAmong(new Set(store.appended.map((event) => event.id)));
  const billOf = (own: CustomerBilling, other: CustomerBilling | null): PreviewedBill => {
    const known = other ? withHolder(own.history, { ...other, feesGone: feesGone(other.billed) }) : own.history;
    const history = withBilled(known, before);
    const today = todayOf(history.customer, now);
    const foreseen = foresee({ ...own, history }, withBilled(known, after), from, today);
    return {
      period: foreseen.period,
      before: recorded(foreseen.before),
      after: recorded(foreseen.after),
      penalty: foreseen.penalty && recorded(foreseen.penalty),
      currency: history.customer.currency,
      today,
      commitment: changedCommitment(before, after),
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

const loadBilled = async (store: EventStore, category: BilledCategory, stream: string): Promise<Billed> => {
  switch (category) {
    case "customer":
      return { category, state: (await loadAggregate(store, stream, customerEvolver)).state };
    case "account":
      return { category, state: (await loadAggregate(store, stream, accountEvolver)).state };
    case "commitment":
      return { category, state: (await loadAggregate(store, stream, commitmentEvolver)).state };
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

/** Keeps as causes of lines only recorded events, not previewed ones. */
const causesAmong =
  (unrecorded: ReadonlySet<string>) =>
  ({ lines, total }: Totalled): Totalled => ({
    lines: lines.map((line) => ({ ...line, causes: line.causes.filter((cause) => !unrecorded.has(cause)) })),
    total,
  });
