import { feesGone } from "#domain/billing/compared-by.js";
import { type BilledLine, billedLines, EMPTY_LEDGER, type Ledger, withLines } from "#domain/billing/ledger.js";
import { type Line } from "#domain/billing/line.js";
import { earliest, halfOpen, type LocalDate } from "#domain/calendar.js";
import { compareText } from "#domain/by-day.js";
import { customersOf } from "#domain/commitments/holders.js";
import { type Closing, isClosing } from "#domain/invoicing/closing.js";
import {
  type BasisEntry,
  documentIdOf,
  type DocumentSealed,
  type ReceivablesEvent,
  type SealedPage,
} from "#domain/invoicing/events.js";
import { type UsageSummarised } from "#domain/voice/usage-events.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { assembled } from "./assemble.js";
import { ChargingEvents, type FactRow, firstDayMoved } from "./charging-events.js";
import {
  type BillingEvent,
  closeThrough,
  foldCharged,
  keyOf,
  openFirstPeriod,
  place,
  scheduled,
  type Touched,
} from "./fold.js";
import { factsKey, firstDay, lateEventsOfOne } from "./late.js";
import { type Billing } from "./load.js";
import { type CustomerRow } from "./rows.js";
import { customerUsage, UsageRows } from "./usage.js";

type ReceivablesRecorded = RecordedEvent<ReceivablesEvent>;

/** A page as it was recorded. */
interface LinesPage {
  readonly contentHash: string;
  readonly lines: readonly Line[];
}
interface BasisPage {
  readonly contentHash: string;
  readonly entries: readonly BasisEntry[];
}

/** What the receivables stream of a customer tells of what was billed to it. */
interface Billed {
  sealed: Ledger;
  /** In order of recording. */
  lines: BilledLine[];
  readonly voided: Set<LocalDate>;
  /** Of the last close: stream to revision. */
  lastBasis: Readonly<Record<string, string>>;
  readonly pages: Map<string, LinesPage>;
  readonly basisPages: Map<string, BasisPage>;
}

/**
 * The billing feed of some streams of a provider, folded in memory by the code of the projection: what `loadBilling`
 * reads from tables, as of the events that it was given. They are given in log order, each stream from its first event.
 */
export class MemoryFeed {
  private readonly touched: Touched = {
    customers: new Map(),
    accounts: new Map(),
    classes: new Map(),
    commitments: new Map(),
  };
  private readonly charging = ChargingEvents.fromTheFirst();
  private readonly facts = new Map<string, FactRow[]>();
  private readonly billed = new Map<string, Billed>();
  private readonly usage = UsageRows.fromTheFirst();
  /** Customers' rows with the period that closes next, by the row that it was reckoned from. */
  private readonly scheduledRows = new WeakMap<CustomerRow, CustomerRow>();

  constructor(private readonly provider: string) {}

  /** @throws ContradictoryEvent, or what folding it throws */
  fold(event: BillingEvent): void {
    const placed = place(event);
    const from = firstDayMoved(this.touched, placed);
    foldCharged(this.touched, placed);
    this.charging.fold(this.touched, placed, from);
    for (const fact of this.charging.taken()) {
      const key = factsKey(fact.stream, fact.subject_id);
      const known = this.facts.get(key);
      if (known) known.push(fact);
      else this.facts.set(key, [fact]);
    }
    for (const { provider, customerId, day, recordedAt } of this.usage.fold(placed)) {
      openFirstPeriod(this.touched, keyOf(provider, customerId), day, recordedAt);
    }
    if (event.type === "UsageSummarised") this.openBilledPeriod(event.data);
    if (isOf(event, "receivables")) this.bill(placed.id, event);
  }

  /**
   * Calls themselves are in no basis: that they opened the customer's first period is known by what its close summed up.
   * Late ones among them: the periods before counted as closed.
   */
  private openBilledPeriod({ customerId, period, groups }: UsageSummarised["data"]): void {
    const key = keyOf(this.provider, customerId);
    const row = this.touched.customers.get(key);
    if (!row || groups.length === 0) return;
    const first = groups.reduce<LocalDate | null>((day, { from }) => earliest(day, from), row.first_start);
    const isLate = groups.some(({ late }) => late);
    const closed_to = row.closed_to ?? (isLate ? period.from : null);
    this.touched.customers.set(key, { ...row, first_start: first, closed_to });
  }

  /** What a customer's charges are computed from; null: it was not created. */
  billing(customerId: string): Billing | null {
    const { customers, accounts, classes, commitments } = this.touched;
    const folded = customers.get(keyOf(this.provider, customerId));
    if (!folded) return null;
    const row = this.scheduled(folded);
    const held = [...commitments.values()]
      .filter(({ state }) => customersOf(state).includes(customerId))
      .sort((a, b) => compareText(a.commitment_id, b.commitment_id));
    const sharing = new Set(held.flatMap(({ state }) => customersOf(state)));
    sharing.delete(customerId);
    const accountIds = new Set(held.flatMap(({ state }) => state.holders.map(({ accountId }) => accountId)));
    const usageAccounts = this.usage.accountsOf(customerId);
    const [known] = assembled(this.provider, {
      customers: [row],
      others: [...sharing].flatMap((id) => {
        const other = customers.get(keyOf(this.provider, id));
        return other ? [this.scheduled(other)] : [];
      }),
      accounts: [...accounts.values()]
        .filter(({ account_id, customer_id }) => customer_id === customerId || accountIds.has(account_id))
        .sort((a, b) => compareText(a.account_id, b.account_id)),
      classes: [...classes.values()].sort((a, b) => compareText(a.customer_class_id, b.customer_class_id)),
      commitments: held.map((commitment) => ({ ...commitment, held_by: customerId })),
      ledgers: new Map([[customerId, this.billed.get(customerId)?.sealed ?? EMPTY_LEDGER]]),
      voided: new Map([customerId, ...sharing].map((id) => [id, new Set(this.billed.get(id)?.voided)])),
      gone: new Map([...sharing].map((id) => [id, feesGone(this.billed.get(id)?.lines ?? [])])),
      usage: new Map([[customerId, usageAccounts]]),
    });
    if (!known) return null;
    const { lines = [], lastBasis = {}, voided } = this.billed.get(customerId) ?? {};
    const periods = this.usage.allPeriods().filter(({ customer_id }) => customer_id === customerId);
    const late = known.closedTo === null ? [] : lateEventsOfOne(known, lastBasis, this.facts);
    return {
      ...known,
      late,
      movedFrom: firstDay(late),
      billed: lines,
      voided: new Set(voided),
      usage: customerUsage(usageAccounts, periods),
      receivablesEnd: BigInt(row.receivables_revision),
    };
  }

  /** The customers that ever held a commitment, each with the first day after the period that closes next. */
  closesNext(): { readonly customerId: string; readonly on: LocalDate }[] {
    return [...this.touched.customers.values()].flatMap((row) => {
      const { customer_id: customerId, next_period_end: on } = this.scheduled(row);
      return on === null ? [] : [{ customerId, on }];
    });
  }

  private scheduled(row: CustomerRow): CustomerRow {
    const known = this.scheduledRows.get(row) ?? scheduled(row);
    this.scheduledRows.set(row, known);
    return known;
  }

  private bill(customerId: string, event: ReceivablesRecorded): void {
    const key = keyOf(this.provider, customerId);
    const before = this.touched.customers.get(key);
    if (!before) throw new ContradictoryEvent(event, `${event.stream} belongs to a customer that was never created`);
    const billed = this.billedOf(customerId);
    const { revision, metadata } = event;
    const row = {
      ...before,
      receivables_revision: revision.toString(),
      receivables_hash: metadata.contentHash,
    };
    const isNewClose = isClosing(event) && event.data.reissueOf === undefined;
    this.touched.customers.set(key, isNewClose ? closeThrough(row, event.data.period.until) : row);
    if (event.type === "InvoicePageRecorded") billed.pages.set(event.id, event.data);
    else if (event.type === "BasisPageRecorded") billed.basisPages.set(event.id, event.data);
    else if (event.type === "InvoiceVoided") billed.voided.add(event.data.period.from);
    else if (event.type === "InvoiceSealed" || event.type === "CreditNoteSealed") {
      const lines = linesOf(event, billed.pages);
      billed.sealed = withLines(billed.sealed, lines);
      billed.lines = [...billed.lines, ...billedLines(documentIdOf(event), lines, halfOpen(event.data.period))];
    }
    if (!isClosing(event)) return;
    // A reissue closes its period again, and no later one: what is late for others stays late.
    if (isNewClose) billed.lastBasis = Object.fromEntries(basisOf(event, billed.basisPages));
    else billed.voided.delete(event.data.period.from);
  }

  private billedOf(customerId: string): Billed {
    const found = this.billed.get(customerId) ?? {
      sealed: EMPTY_LEDGER,
      lines: [],
      voided: new Set<LocalDate>(),
      lastBasis: {},
      pages: new Map<string, LinesPage>(),
      basisPages: new Map<string, BasisPage>(),
    };
    this.billed.set(customerId, found);
    return found;
  }
}

/** The lines of a document, from the pages that its seal names. @throws ContradictoryEvent where one is missing */
export const linesOf = (event: RecordedEvent<DocumentSealed>, pages: ReadonlyMap<string, LinesPage>): readonly Line[] =>
  pagesNamed(event, event.data.pages, pages).flatMap(({ lines }) => lines);

/** The streams that a close, a reissue or a credit note was computed from, with their revisions. @throws ContradictoryEvent */
export const basisOf = (
  event: RecordedEvent<Closing>,
  pages: ReadonlyMap<string, BasisPage>,
): (readonly [stream: string, revision: string])[] =>
  [...event.data.basis, ...pagesNamed(event, event.data.basisPages ?? [], pages).flatMap(({ entries }) => entries)].map(
    ({ stream, revision }) => [stream, revision] as const,
  );

const pagesNamed = <Page extends { readonly contentHash: string }>(
  event: RecordedEvent<Closing>,
  named: readonly SealedPage[],
  pages: ReadonlyMap<string, Page>,
): Page[] =>
  named.map(({ page, eventId, contentHash }) => {
    const found = pages.get(eventId);
    if (found?.contentHash === contentHash) return found;
    throw new ContradictoryEvent(event, `It names page ${page} (event ${eventId}), which is not in its stream`);
  });
