import { type DataSource } from "typeorm";
import { dateOf, type Instant, type LocalDate } from "#domain/calendar.js";
import { type Customer, todayOf } from "#domain/customers/customer.js";

/** A condition on invoices `t`, with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

/** With the due date and the customer's today the condition of the domain's `stateOn`, in SQL. */
const STILL_OPEN = "t.open > 0 AND t.state <> 'VOID'";

/** The zones in which a day begins last and first: no date anywhere lies outside of theirs. */
const [LAST, FIRST] = ["Etc/GMT+12", "Etc/GMT-14"];

/** SQL: the today of the customer of `t`; the UTC day for one that is not projected yet, as it is shown. */
const TODAY = `COALESCE((SELECT d.day FROM customers c
    JOIN unnest(CAST(:cycles AS jsonb[]), CAST(:days AS date[])) AS d (cycles, day) ON d.cycles = c.state -> 'cycles'
   WHERE c.provider_id = t.providerId AND c.id = t.customerId), CAST(:utcDay AS date))`;

/**
 * That an invoice is overdue at a moment, by its customer's own day. Only for invoices due within the last days does it
 * matter where the customer is: the days of the zones that their customers have are computed here.
 */
export const overdueAt = async (dataSource: DataSource, providerId: string, now: Instant): Promise<Condition> => {
  const everywhere = dateOf(now, LAST);
  const somewhere = dateOf(now, FIRST);
  const found = await dataSource.query<{ cycles: Customer["cycles"] }[]>(
    `SELECT DISTINCT c.state -> 'cycles' AS cycles
       FROM invoices i JOIN customers c ON c.provider_id = i.provider_id AND c.id = i.customer_id
      WHERE i.provider_id = $1 AND i.number IS NOT NULL AND i.open > 0 AND i.due_on >= $2 AND i.due_on < $3`,
    [providerId, everywhere, somewhere],
  );
  const days: LocalDate[] = found.map(({ cycles }) => todayOf({ cycles }, now));
  return {
    sql: `(${STILL_OPEN} AND (t.dueOn < :everywhere OR (t.dueOn < :somewhere AND t.dueOn < ${TODAY})))`,
    parameters: {
      ...{ everywhere, somewhere, utcDay: dateOf(now, "UTC") },
      cycles: found.map(({ cycles }) => JSON.stringify(cycles)),
      days,
    },
  };
};
