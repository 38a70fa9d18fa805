import { type EntityManager } from "typeorm";
import { compareText } from "#domain/by-day.js";
import { addDays, earliest, type Instant, type LocalDate } from "#domain/calendar.js";
import { type CustomerUsage } from "#domain/billing/usage-lines.js";
import { correctedGroups, type UsageGroup } from "#domain/voice/usage.js";
import { type CallCorrected, type UsageSummarised } from "#domain/voice/usage-events.js";
import { isOf } from "#event-store/catalogue.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { positionFromText } from "#event-store/position.js";
import { type Queryable } from "../runner/checkpoints.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { type BillingEvent, keyOf, type Placed } from "./fold.js";
import { groupBy } from "./group-by.js";
import { readByIds, upsert } from "./rows.js";

/** An account with calls, and how far these are billed. Days are text, revisions and places in the log decimal text. */
export interface UsageAccountRow {
  readonly provider_id: string;
  readonly account_id: string;
  readonly customer_id: string;
  /** The earliest day with a call that is known. */
  readonly called_on: LocalDate;
  /** The earliest day with a call that is billed; null: none is. */
  readonly billed_on: LocalDate | null;
  /** First day after the last period whose close summed calls up; null: none did. */
  readonly to_on: LocalDate | null;
  /** The last event whose calls that close counted, and its place in the log when it was. */
  readonly counted_event: string | null;
  readonly counted_commit: string | null;
  /** Of the stream of what is billed; -1: there is none. */
  readonly revision: string;
  readonly hash: string;
}

/** What the close of a period billed of an account's calls, with what was corrected since. */
export interface UsagePeriodRow {
  readonly provider_id: string;
  readonly account_id: string;
  readonly period_from: LocalDate;
  readonly customer_id: string;
  readonly groups: readonly UsageGroup[];
  readonly causes: readonly string[];
}

/** The first call of an account that is known, or an earlier one than those known before. */
export interface FirstCall {
  readonly provider: string;
  readonly customerId: string;
  readonly day: LocalDate;
  readonly recordedAt: Instant;
}

/** Rows of the billing feed from calls (`calls`) and from what was billed of them (`usage`). */
export class UsageRows {
  private readonly changed = new Set<string>();
  private readonly changedPeriods = new Set<string>();

  private constructor(
    /** By `keyOf` of the account. */
    private readonly accounts: Map<string, UsageAccountRow>,
    /** By `keyOf` of the account, then by the first day. */
    private readonly periods: Map<string, Map<LocalDate, UsagePeriodRow>>,
  ) {}

  /** Of events that are folded from the first one on. */
  static fromTheFirst(): UsageRows {
    return new UsageRows(new Map(), new Map());
  }

  static async of(manager: EntityManager, placed: readonly Placed[]): Promise<UsageRows> {
    const ids = placed.flatMap(({ event, provider, id }) => {
      if (isOf(event, "usage")) return [{ provider, id }];
      return ratedIn(event).map(({ accountId }) => ({ provider, id: accountId }));
    });
    const keys = [...new Map(ids.map((key) => [keyOf(key.provider, key.id), key])).values()];
    const rows = await readByIds<UsageAccountRow>(manager, "billing_usage", "account_id", keys);
    const corrected = placed.flatMap(({ event, provider, id }) =>
      event.type === "CallCorrected" && event.data.period ? [{ provider, id, from: event.data.period.from }] : [],
    );
    const known = UsageRows.fromTheFirst();
    for (const row of rows) known.know(row);
    for (const row of await periodsOf(manager, corrected)) known.put(row);
    return known;
  }

  /** Takes a row as it is. */
  know(row: UsageAccountRow): void {
    this.accounts.set(keyOf(row.provider_id, row.account_id), row);
  }

  account(provider: string, accountId: string): UsageAccountRow | undefined {
    return this.accounts.get(keyOf(provider, accountId));
  }

  /** Of some accounts of a customer, in the order of their ids. */
  accountsOf(customerId: string): UsageAccountRow[] {
    return [...this.accounts.values()]
      .filter((account) => account.customer_id === customerId)
      .sort((a, b) => compareText(a.account_id, b.account_id));
  }

  /** In order of their days. */
  allPeriods(): UsagePeriodRow[] {
    return [...this.periods.values()]
      .flatMap((own) => [...own.values()])
      .sort((a, b) => compareText(a.period_from, b.period_from) || compareText(a.account_id, b.account_id));
  }

  /** The calls of the batch that are the first of their account, as far as is known before it. */
  firstCalls(placed: readonly Placed[]): { readonly provider: string; readonly id: string }[] {
    return placed.flatMap(({ event, provider }) =>
      ratedIn(event).flatMap(({ accountId, customerId, day }) => {
        const known = this.accounts.get(keyOf(provider, accountId));
        return known && known.called_on <= day ? [] : [{ provider, id: customerId }];
      }),
    );
  }

  /** @returns the first calls that the event tells of */
  fold({ event, provider, id }: Placed): FirstCall[] {
    if (event.type === "CallCorrected") this.correct(provider, id, event);
    if (event.type === "UsageSummarised") return this.sum(provider, id, event);
    return ratedIn(event).flatMap(({ accountId, customerId, day }): FirstCall[] => {
      const key = keyOf(provider, accountId);
      const known = this.accounts.get(key);
      if (known && known.called_on <= day) return [];
      this.change(key, { ...(known ?? newAccount(provider, accountId, customerId, day)), called_on: day });
      return [{ provider, customerId, day, recordedAt: event.metadata.recordedAt }];
    });
  }

  private sum(provider: string, id: string, event: RecordedEvent<UsageSummarised>): FirstCall[] {
    const { customerId, period, groups, countedTo } = event.data;
    const key = keyOf(provider, id);
    const first = groups.reduce<LocalDate>((day, { from }) => (from < day ? from : day), period.until);
    const known = this.accounts.get(key) ?? newAccount(provider, id, customerId, first);
    this.change(key, {
      ...known,
      billed_on: earliest(known.billed_on, first),
      to_on: addDays(period.until, 1),
      counted_event: countedTo.eventId,
      counted_commit: positionFromText(countedTo.position).commit.toString(),
      ...headOf(event),
    });
    this.put({
      ...{ provider_id: provider, account_id: id, period_from: period.from, customer_id: customerId },
      ...{ groups, causes: [event.id] },
    });
    this.changedPeriods.add(`${key} ${period.from}`);
    return [];
  }

  private correct(provider: string, id: string, event: RecordedEvent<CallCorrected>): void {
    const key = keyOf(provider, id);
    const account = this.accounts.get(key);
    const { period, customerId, effectiveOn } = event.data;
    if (period === null) {
      // The first close that counts the call counts what it costs now. Calls are forgotten before what was billed.
      const known = account ?? newAccount(provider, id, customerId, effectiveOn);
      this.change(key, { ...known, ...headOf(event) });
      return;
    }
    const row = this.periods.get(key)?.get(period.from);
    if (!account || !row) {
      throw new ContradictoryEvent(event, `It corrects a call of a period whose calls were never summed up`);
    }
    this.change(key, { ...account, ...headOf(event) });
    this.put({ ...row, groups: correctedGroups(row.groups, event.data), causes: [...row.causes, event.id] });
    this.changedPeriods.add(`${key} ${row.period_from}`);
  }

  private change(key: string, row: UsageAccountRow): void {
    this.accounts.set(key, row);
    this.changed.add(key);
  }

  private put(row: UsagePeriodRow): void {
    const key = keyOf(row.provider_id, row.account_id);
    const own = this.periods.get(key) ?? new Map<LocalDate, UsagePeriodRow>();
    this.periods.set(key, own.set(row.period_from, row));
  }

  async write(manager: EntityManager): Promise<void> {
    const accounts = [...this.changed].flatMap((key) => this.accounts.get(key) ?? []);
    await upsert(manager, "billing_usage", ["provider_id", "account_id"], accounts);
    const periods = [...this.periods].flatMap(([key, own]) =>
      [...own.values()].filter(({ period_from }) => this.changedPeriods.has(`${key} ${period_from}`)),
    );
    await upsert(manager, "billing_usage_periods", ["provider_id", "account_id", "period_from"], periods);
  }
}

const headOf = ({ revision, metadata }: RecordedEvent) => ({
  revision: revision.toString(),
  hash: metadata.contentHash,
});

const newAccount = (
  provider_id: string,
  account_id: string,
  customer_id: string,
  called_on: LocalDate,
): UsageAccountRow => ({
  ...{ provider_id, account_id, customer_id, called_on },
  ...{ billed_on: null, to_on: null, counted_event: null, counted_commit: null, revision: "-1", hash: NO_HASH },
});

const ratedIn = (event: BillingEvent) =>
  event.type === "CallsRecorded" ? event.data.calls.flatMap((call) => (call.state === "RATED" ? [call] : [])) : [];

const periodsOf = (
  db: Queryable,
  keys: readonly { readonly provider: string; readonly id: string; readonly from: LocalDate }[],
): Promise<UsagePeriodRow[]> =>
  keys.length === 0
    ? Promise.resolve([])
    : db.query<UsagePeriodRow[]>(
        `SELECT DISTINCT ON (p.provider_id, p.account_id, p.period_from) p.* FROM billing_usage_periods p
           JOIN unnest($1::uuid[], $2::uuid[], $3::text[]) AS k (provider_id, account_id, period_from)
             ON p.provider_id = k.provider_id AND p.account_id = k.account_id AND p.period_from = k.period_from`,
        [keys.map(({ provider }) => provider), keys.map(({ id }) => id), keys.map(({ from }) => from)],
      );

/** What closes billed of the calls of customers in periods from a day on, by customer id. */
export const usagePeriodsOf = async (
  db: Queryable,
  provider: string,
  wanted: readonly { readonly customerId: string; readonly from: LocalDate }[],
): Promise<Map<string, UsagePeriodRow[]>> => {
  if (wanted.length === 0) return new Map();
  const found = await db.query<UsagePeriodRow[]>(
    `SELECT p.* FROM unnest($2::uuid[], $3::text[]) AS w (customer_id, wanted_from)
       JOIN billing_usage_periods p
         ON p.provider_id = $1 AND p.customer_id = w.customer_id AND p.period_from >= w.wanted_from
      ORDER BY p.period_from, p.account_id`,
    [provider, wanted.map(({ customerId }) => customerId), wanted.map(({ from }) => from)],
  );
  return groupBy(found, ({ customer_id }) => customer_id);
};

/** @param periods in order of their days */
export const customerUsage = (
  accounts: readonly UsageAccountRow[],
  periods: readonly UsagePeriodRow[],
): CustomerUsage => ({
  firstOn: accounts
    .flatMap(({ billed_on }) => billed_on ?? [])
    .reduce<LocalDate | null>((first, day) => earliest(first, day), null),
  periods: [...groupBy(periods, ({ period_from }) => period_from)].map(([from, rows]) => ({
    from,
    accounts: rows.map(({ account_id: accountId, groups, causes }) => ({ accountId, groups, causes })),
  })),
});
