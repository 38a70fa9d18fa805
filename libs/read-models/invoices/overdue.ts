import { type DataSource } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { type Customer } from "#domain/customers/customer.js";
import { daysAnywhere, todaySql, todaysAt } from "../customers/todays.js";

/** A condition on invoices `t`, with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

/** With the due date and the customer's today the condition of the domain's `stateOn`, in SQL. */
const STILL_OPEN = "t.open > 0 AND t.state <> 'VOID'";

const TODAY = todaySql("t.providerId", "t.customerId", { cycles: ":cycles", days: ":days", utcDay: ":utcDay" });

/**
 * That an invoice is overdue at a moment, by its customer's own day. Only for invoices due within the last days does it
 * matter where the customer is: the days of the zones that their customers have are computed here.
 */
export const overdueAt = async (dataSource: DataSource, providerId: string, now: Instant): Promise<Condition> => {
  const { everywhere, somewhere } = daysAnywhere(now);
  const found = await dataSource.query<{ cycles: Customer["cycles"] }[]>(
    `SELECT DISTINCT c.state -> 'cycles' AS cycles
       FROM invoices i JOIN customers c ON c.provider_id = i.provider_id AND c.id = i.customer_id
      WHERE i.provider_id = $1 AND i.number IS NOT NULL AND i.open > 0 AND i.state <> 'VOID'
        AND i.due_on >= $2 AND i.due_on < $3`,
    [providerId, everywhere, somewhere],
  );
  return {
    // Once more as one condition, which an index has an order for.
    sql: `(${STILL_OPEN} AND t.dueOn < :somewhere AND (t.dueOn < :everywhere OR t.dueOn < ${TODAY}))`,
    parameters: {
      ...todaysAt(
        now,
        found.map(({ cycles }) => cycles),
      ),
    },
  };
};
