import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type Amount } from "#domain/money.js";
import { type Books, type CreditUser, emptyBooks } from "#domain/receivables/books.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { keyOf } from "./pages.js";
import { type Placed } from "./steps.js";

/** A customer's books, as far as a batch needs them. */
export interface CustomerBooks {
  readonly books: Books;
  /** How many steps there were: the place of the next one. */
  readonly steps: number;
  /** The latest day of all steps; null: there was none. */
  readonly lastOn: LocalDate | null;
}

interface InvoiceRow {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly id: string;
  readonly issued_on: LocalDate;
  readonly due_on: LocalDate;
  readonly number: string;
  readonly open: Amount;
  readonly written_off: Amount;
}

interface UseRow {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly credit_id: string;
  readonly used_by: CreditUser;
  readonly user_id: string;
  readonly amount: Amount;
}

/**
 * The books that a batch's steps change, by {@link keyOf} provider and customer, in four statements: credits that are
 * unused or come back, open invoices where a credit may pay them, and those that a step names.
 */
export const loadBooks = async (
  manager: EntityManager,
  steps: readonly Placed[],
): Promise<Map<string, CustomerBooks>> => {
  const accounts = await manager.query<
    {
      provider_id: string;
      customer_id: string;
      currency: string;
      owed: Amount;
      steps: number;
      last_on: LocalDate | null;
    }[]
  >(
    `SELECT a.provider_id, a.customer_id, a.currency, a.owed::text, a.steps, a.last_on::text
       FROM unnest($1::uuid[], $2::uuid[]) AS s (provider_id, customer_id)
       JOIN receivables_accounts a ON a.provider_id = s.provider_id AND a.customer_id = s.customer_id`,
    customersOf(steps),
  );
  const uses = await usesFreed(manager, steps);
  const credits = await manager.query<
    { provider_id: string; customer_id: string; credit_id: string; place: number; unused: Amount }[]
  >(
    `SELECT c.provider_id, c.customer_id, c.credit_id, c.place, c.unused::text
       FROM unnest($1::uuid[], $2::uuid[]) AS s (provider_id, customer_id)
       JOIN receivables_credits c ON c.provider_id = s.provider_id AND c.customer_id = s.customer_id
                                 AND (c.unused <> 0 OR c.credit_id = ANY($3::uuid[]))`,
    [...customersOf(steps), uses.map(({ credit_id }) => credit_id)],
  );
  const invoices = await invoicesOf(manager, steps, uses);

  const [usesBy, creditsBy, invoicesBy] = [byCustomer(uses), byCustomer(credits), byCustomer(invoices)];
  return new Map(
    accounts.map(({ provider_id, customer_id, currency, owed, steps: count, last_on }) => {
      const key = keyOf(provider_id, customer_id);
      const books: Books = {
        currency,
        owed,
        credits: (creditsBy.get(key) ?? []).map(({ credit_id: creditId, place, unused }) => ({
          creditId,
          place,
          unused,
        })),
        uses: (usesBy.get(key) ?? []).map(({ credit_id: creditId, used_by: by, user_id, amount }) => ({
          ...{ creditId, by, userId: by === "OWED" ? null : user_id, amount },
        })),
        invoices: (invoicesBy.get(key) ?? []).map((row) => ({
          ...{ invoiceId: row.id, issuedOn: row.issued_on, dueOn: row.due_on, number: row.number },
          ...{ open: row.open, writtenOff: row.written_off },
        })),
      };
      return [key, { books, steps: count, lastOn: last_on }] as const;
    }),
  );
};

/** Of a customer that nothing was issued to and that paid nothing. Throws for a step that cannot be the first. */
export const noBooks = ({ event, currency }: Placed): CustomerBooks => {
  if (currency === null)
    throw new ContradictoryEvent(event, `${event.type} is the first of its customer's receivables`);
  return { books: emptyBooks(currency), steps: 0, lastOn: null };
};

/** Uses that a batch gives back: those of reversed payments and of void invoices. */
const usesFreed = async (manager: EntityManager, steps: readonly Placed[]): Promise<UseRow[]> => {
  const credits = steps.flatMap(({ provider, step }) =>
    step.kind === "REVERSAL" ? [{ provider, id: step.paymentId }] : [],
  );
  const users = steps.flatMap(({ provider, step }) => (step.kind === "VOID" ? [{ provider, id: step.invoiceId }] : []));
  if (credits.length === 0 && users.length === 0) return [];
  return manager.query<UseRow[]>(
    `SELECT u.provider_id, u.customer_id, u.credit_id, u.used_by, u.user_id, u.amount::text
       FROM receivables_uses u
      WHERE (u.provider_id, u.credit_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
         OR (u.provider_id, u.user_id) IN (SELECT * FROM unnest($3::uuid[], $4::uuid[]))`,
    [
      credits.map(({ provider }) => provider),
      credits.map(({ id }) => id),
      users.map(({ provider }) => provider),
      users.map(({ id }) => id),
    ],
  );
};

/** Those that a batch numbers come with their own step. An invoice alone never changes what is open of others. */
const invoicesOf = (
  manager: EntityManager,
  steps: readonly Placed[],
  uses: readonly UseRow[],
): Promise<InvoiceRow[]> => {
  const crediting = steps.filter(({ step }) => step.kind !== "INVOICE");
  const numbered = steps.flatMap(({ step }) => (step.kind === "INVOICE" ? [step.invoice.invoiceId] : []));
  const named = steps.flatMap(({ step }) => ("invoiceId" in step && step.invoiceId !== null ? [step.invoiceId] : []));
  if (crediting.length === 0) return Promise.resolve([]);
  return manager.query<InvoiceRow[]>(
    `SELECT i.provider_id, i.customer_id, i.id, i.issued_on::text, i.due_on::text, i.number, i.open::text,
            i.written_off::text
       FROM unnest($1::uuid[], $2::uuid[]) AS s (provider_id, customer_id)
       JOIN invoices i ON i.provider_id = s.provider_id AND i.customer_id = s.customer_id
                      AND i.number IS NOT NULL AND i.state <> 'VOID' AND NOT i.id = ANY($3::uuid[])
                      AND (i.open <> 0 OR i.id = ANY($4::uuid[]))`,
    [...customersOf(crediting), numbered, [...named, ...uses.map(({ user_id }) => user_id)]],
  );
};

const customersOf = (steps: readonly Placed[]): [string[], string[]] => {
  const customers = [...new Map(steps.map((each) => [keyOf(each.provider, each.customerId), each])).values()];
  return [customers.map(({ provider }) => provider), customers.map(({ customerId }) => customerId)];
};

const byCustomer = <Row extends { readonly provider_id: string; readonly customer_id: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.provider_id, row.customer_id);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
};
