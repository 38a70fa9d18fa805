import { later, type LocalDate } from "#domain/calendar.js";
import { billingPeriodOf } from "#domain/customers/customer.js";
import { type CustomerUsage, type PeriodUsage } from "#domain/billing/usage-lines.js";
import { type AccountUsage, groupsOf, type UsagePart } from "#domain/voice/usage.js";
import { usageRowId } from "#event-store/ids.js";
import { type Queryable } from "../runner/checkpoints.js";
import { type DaysUsage, tariffNames, usageToBill } from "./calls-to-bill.js";
import { groupBy } from "./group-by.js";
import { type Billing } from "./load.js";

/** The billing with the calls that no close has counted, as the next closes would count them. */
export const withRunningUsage = async (db: Queryable, billing: Billing): Promise<Billing> => {
  const { usageAccounts, usage, row } = billing;
  if (usageAccounts.length === 0) return billing;
  const running = await usageToBill(db, row.provider_id, usageAccounts);
  const names = await tariffNames(
    db,
    row.provider_id,
    running.map(({ tariffId }) => tariffId),
  );
  return { ...billing, usage: withRunning(usage, runningPeriods(billing, running, names)) };
};

const runningPeriods = (
  { usageAccounts, history: { customer }, closedTo }: Billing,
  running: readonly DaysUsage[],
  names: ReadonlyMap<string, string>,
): PeriodUsage[] => {
  const summedTo = new Map(usageAccounts.map(({ account_id, to_on }) => [account_id, to_on]));
  const parts = running.map((day): { from: LocalDate; accountId: string; part: UsagePart } => {
    // What belongs to a period that is closed, or whose close has begun, comes with the next one.
    const open = [closedTo, summedTo.get(day.accountId) ?? null].reduce<LocalDate>(
      (first, other) => (other === null ? first : later(first, other)),
      day.from,
    );
    const { from } = billingPeriodOf(customer, open);
    return { from, accountId: day.accountId, part: { ...day, late: day.from < from } };
  });
  return [...groupBy(parts, ({ from }) => from)].map(([from, own]) => ({
    from,
    accounts: [...groupBy(own, ({ accountId }) => accountId)].map(([accountId, some]): AccountUsage => {
      const groups = groupsOf(
        some.map(({ part }) => part),
        {
          rowIdOf: ({ tariffId, leg, prefix }) => usageRowId(accountId, tariffId, leg, prefix),
          tariffOf: (tariffId) => names.get(tariffId) ?? tariffId,
        },
      );
      return { accountId, groups, causes: [] };
    }),
  }));
};

const withRunning = (usage: CustomerUsage, running: readonly PeriodUsage[]): CustomerUsage => {
  const first = running.reduce<LocalDate | null>(
    (day, { from }) => (day === null || from < day ? from : day),
    usage.firstOn,
  );
  return { firstOn: first, periods: [...usage.periods, ...running] };
};
