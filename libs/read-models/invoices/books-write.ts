import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type InvoiceState, stateOf } from "#domain/invoicing/invoice.js";
import { type Amount, big, format, ZERO } from "#domain/money.js";
import { accountOf, type CreditUse } from "#domain/receivables/books.js";
import { type Movement } from "#domain/receivables/movements.js";
import { type Position } from "#event-store/position.js";
import { toJsonb } from "../runner/fit.js";
import { type CustomerBooks } from "./books-load.js";
import { keyOf } from "./pages.js";

/** A movement with its place on the customer's statement. */
export interface PlacedMovement extends Movement {
  readonly provider: string;
  readonly customerId: string;
  readonly place: number;
  /** Its place among those of its step, from 0. */
  readonly line: number;
  readonly on: LocalDate;
  readonly eventId: string;
}

/** A change of what is open of an invoice, from a day on. */
export interface OpenChange {
  readonly provider: string;
  readonly customerId: string;
  readonly invoiceId: string;
  readonly place: number;
  readonly line: number;
  readonly on: LocalDate;
  readonly change: Amount;
  /** Of the event, in the log. */
  readonly position: Position;
}

/** What a batch changed. */
export interface Allocated {
  /** By {@link keyOf} provider and customer: the books before the batch and after it. */
  readonly before: ReadonlyMap<string, CustomerBooks>;
  readonly after: ReadonlyMap<string, CustomerBooks>;
  readonly movements: readonly PlacedMovement[];
  readonly changes: readonly OpenChange[];
  /** Provider and id of void invoices. */
  readonly voided: readonly { readonly provider: string; readonly invoiceId: string }[];
}

/** Writes what a batch changed of customers' books, each row once. */
export const writeBooks = async (manager: EntityManager, allocated: Allocated): Promise<void> => {
  const { before, after, movements, changes } = allocated;
  const customers = [...after].map(([key, books]) => ({ ...partsOf(key), ...books, was: before.get(key) }));
  await insert(
    manager,
    "receivables_movements",
    movements.map(({ provider, customerId, place, line, on, kind, documentId, amount, eventId }) => ({
      ...{ provider_id: provider, customer_id: customerId, place, line, on_day: on, kind },
      ...{ document_id: documentId, amount, event_id: eventId },
    })),
  );
  await insert(
    manager,
    "receivables_open",
    changes.map(({ provider, customerId, invoiceId, place, line, on, change, position }) => ({
      ...{
        provider_id: provider,
        customer_id: customerId,
        invoice_id: invoiceId,
        place,
        line,
        on_day: on,
        change,
        commit: position.commit.toString(),
      },
    })),
  );
  await writeAccounts(manager, customers);
  await writeCredits(manager, customers);
  await writeUses(manager, customers);
  await writeInvoices(manager, customers, allocated);
};

type Written = CustomerBooks & {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly was: CustomerBooks | undefined;
};

const partsOf = (key: string): { readonly provider_id: string; readonly customer_id: string } => {
  const [provider_id = "", customer_id = ""] = key.split("/");
  return { provider_id, customer_id };
};

const insert = async (manager: EntityManager, table: string, rows: readonly object[], conflict = ""): Promise<void> => {
  if (rows.length === 0) return;
  await manager.query(
    `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) ${conflict}`,
    [toJsonb(rows)],
  );
};

const writeAccounts = (manager: EntityManager, customers: readonly Written[]): Promise<void> =>
  insert(
    manager,
    "receivables_accounts",
    customers.map(({ provider_id, customer_id, books, steps, lastOn }) => {
      const { currency, balance } = accountOf(books);
      return { provider_id, customer_id, currency, balance, owed: books.owed, steps, last_on: lastOn };
    }),
    `ON CONFLICT (provider_id, customer_id) DO UPDATE
       SET balance = EXCLUDED.balance, owed = EXCLUDED.owed, steps = EXCLUDED.steps, last_on = EXCLUDED.last_on`,
  );

const writeCredits = async (manager: EntityManager, customers: readonly Written[]): Promise<void> => {
  const gone = customers.flatMap(({ provider_id, was, books }) => {
    const left = new Set(books.credits.map(({ creditId }) => creditId));
    const known = [...(was?.books.credits ?? []), ...(was?.books.uses ?? [])].map(({ creditId }) => creditId);
    return [...new Set(known)].filter((id) => !left.has(id)).map((credit_id) => ({ provider_id, credit_id }));
  });
  await insert(
    manager,
    "receivables_credits",
    customers.flatMap(({ provider_id, customer_id, books, was }) => {
      const known = new Map(was?.books.credits.map(({ creditId, unused }) => [creditId, unused]));
      return books.credits
        .filter(({ creditId, unused }) => known.get(creditId) !== unused)
        .map(({ creditId, place, unused }) => ({ provider_id, customer_id, credit_id: creditId, place, unused }));
    }),
    "ON CONFLICT (provider_id, credit_id) DO UPDATE SET unused = EXCLUDED.unused",
  );
  if (gone.length === 0) return;
  await manager.query(
    `DELETE FROM receivables_credits c USING jsonb_populate_recordset(NULL::receivables_credits, $1::jsonb) n
      WHERE c.provider_id = n.provider_id AND c.credit_id = n.credit_id`,
    [toJsonb(gone)],
  );
};

/** Adds what the batch changed: the books hold only the uses that it gave back or made. */
const writeUses = async (manager: EntityManager, customers: readonly Written[]): Promise<void> => {
  const rows = customers.flatMap(({ provider_id, customer_id, books, was }) => {
    const keyOfUse = ({ creditId, by, userId }: CreditUse) => `${creditId} ${by} ${userId ?? ""}`;
    const before = new Map((was?.books.uses ?? []).map((use) => [keyOfUse(use), use]));
    const now = new Map(books.uses.map((use) => [keyOfUse(use), use]));
    return [...new Map([...before, ...now])].flatMap(([key, { creditId, by, userId }]) => {
      const amount = big(now.get(key)?.amount ?? "0").minus(big(before.get(key)?.amount ?? "0"));
      if (amount.eq(ZERO)) return [];
      const use = { credit_id: creditId, used_by: by, user_id: userId ?? customer_id };
      return [{ provider_id, customer_id, ...use, amount: format(amount, books.currency) }];
    });
  });
  if (rows.length === 0) return;
  await insert(
    manager,
    "receivables_uses",
    rows,
    `ON CONFLICT (provider_id, credit_id, used_by, user_id) DO UPDATE
       SET amount = receivables_uses.amount + EXCLUDED.amount`,
  );
  if (!rows.some(({ amount }) => big(amount).lt(ZERO))) return;
  await manager.query(
    `DELETE FROM receivables_uses u USING jsonb_populate_recordset(NULL::receivables_uses, $1::jsonb) n
      WHERE u.provider_id = n.provider_id AND u.credit_id = n.credit_id AND u.used_by = n.used_by
        AND u.user_id = n.user_id AND u.amount = 0`,
    [toJsonb(rows)],
  );
};

/** Writes what is open and written off of the invoices that the batch looked at, with their states. */
const writeInvoices = async (
  manager: EntityManager,
  customers: readonly Written[],
  { voided }: Allocated,
): Promise<void> => {
  const isVoid = new Set(voided.map(({ provider, invoiceId }) => keyOf(provider, invoiceId)));
  const booked = customers.flatMap(({ provider_id, books, was }) => {
    const known = new Map(was?.books.invoices.map((invoice) => [invoice.invoiceId, invoice]));
    return books.invoices
      .filter(({ invoiceId, open, writtenOff }) => {
        const before = known.get(invoiceId);
        return before?.open !== open || before.writtenOff !== writtenOff;
      })
      .map(({ invoiceId: id, open, writtenOff: written_off }) => ({ provider_id, id, open, written_off }));
  });
  const rows = [
    ...booked,
    ...voided.map(({ provider, invoiceId }) => ({ provider_id: provider, id: invoiceId, open: "0", written_off: "0" })),
  ];
  if (rows.length === 0) return;
  const found = await manager.query<{ provider_id: string; id: string; total: Amount; currency: string }[]>(
    `SELECT i.provider_id, i.id, i.total::text, i.currency
       FROM jsonb_to_recordset($1::jsonb) AS n (provider_id uuid, id uuid)
       JOIN invoices i ON i.provider_id = n.provider_id AND i.id = n.id`,
    [toJsonb(rows)],
  );
  const invoiceOf = new Map(found.map((row) => [keyOf(row.provider_id, row.id), row]));
  await manager.query(
    `UPDATE invoices i SET open = n.open, written_off = n.written_off, state = n.state
       FROM jsonb_to_recordset($1::jsonb) AS n (provider_id uuid, id uuid, open numeric, written_off numeric, state text)
      WHERE i.provider_id = n.provider_id AND i.id = n.id`,
    [
      toJsonb(
        rows.flatMap(({ provider_id, id, open, written_off }) => {
          const key = keyOf(provider_id, id);
          const invoice = invoiceOf.get(key);
          if (!invoice) return [];
          const amounts = {
            open: format(big(open), invoice.currency),
            written_off: format(big(written_off), invoice.currency),
          };
          const state: InvoiceState = isVoid.has(key) ? "VOID" : stateOf(invoice.total, open, written_off);
          return [{ provider_id, id, ...amounts, state }];
        }),
      ),
    ],
  );
};
