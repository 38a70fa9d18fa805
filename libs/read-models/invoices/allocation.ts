import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type InvoiceVoided, type NumbersAssigned } from "#domain/invoicing/events.js";
import { type InvoiceState, stateOf } from "#domain/invoicing/invoice.js";
import { type Amount, big, format, ZERO } from "#domain/money.js";
import {
  emptyAccount,
  type OpenInvoice,
  type ReceivablesAccount,
  withCredit,
  withInvoice,
  withVoid,
} from "#domain/receivables/account.js";
import { type EventOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { toJsonb } from "../runner/upsert.js";
import { keyOf } from "./pages.js";

/** What changes an account: an issued invoice, an issued credit note, a void invoice. */
interface Step {
  readonly event: RecordedEvent<InvoiceVoided> | RecordedEvent<NumbersAssigned>;
  readonly provider: string;
  readonly customerId: string;
  /** The invoice or credit note; of a void invoice its credit note. */
  readonly documentId: string;
  readonly number: string | null;
}

/** An invoice or credit note as its row says. */
interface Document {
  readonly provider_id: string;
  readonly id: string;
  readonly issued_on: LocalDate;
  readonly currency: string;
  readonly total: Amount;
  /** Null: it is an invoice. */
  readonly purpose: string | null;
  /** The invoice that a credit note is for. */
  readonly invoice_id: string | null;
}

/**
 * Brings what customers owe up to date with a batch (docs/rules.md#allocation), in the order of the events: an invoice
 * counts once it is numbered, as a credit note does, and a void at once.
 */
export const allocate = async (
  manager: EntityManager,
  events: readonly RecordedEvent<EventOf<"receivables" | "register">>[],
): Promise<void> => {
  const steps = events.flatMap(stepsOf);
  if (steps.length === 0) return;
  const documents = await documentsOf(manager, steps);
  const documentOf = ({ event, provider, documentId }: Step): Document => {
    const found = documents.get(keyOf(provider, documentId));
    if (!found) throw new ContradictoryEvent(event, `${documentId} was not sealed before`);
    return found;
  };
  // An invoice never changes what is open of others: where it finds credit, nothing is open.
  const crediting = steps.filter((step) => documentOf(step).purpose !== null);
  const accounts = await accountsOf(manager, steps, crediting);
  const voided = new Set<string>();
  const touched = new Map<string, OpenInvoice>();
  for (const step of steps) {
    const key = keyOf(step.provider, step.customerId);
    const document = documentOf(step);
    const before = accounts.get(key) ?? emptyAccount(document.currency);
    const after = applied(before, step, document);
    for (const invoice of before.open) touched.set(keyOf(step.provider, invoice.invoiceId), invoice);
    if (document.purpose === null) touched.set(keyOf(step.provider, document.id), openOf(document, step));
    if (step.event.type === "InvoiceVoided") {
      voided.add(keyOf(step.provider, step.event.data.invoiceId));
      touched.set(keyOf(step.provider, step.event.data.invoiceId), {
        ...openOf(document, step),
        invoiceId: step.event.data.invoiceId,
      });
    }
    accounts.set(key, after);
  }
  await write(manager, accounts, touched, voided);
};

const stepsOf = (event: RecordedEvent<EventOf<"receivables" | "register">>): Step[] => {
  const { provider, id } = parseStreamName(event.stream);
  if (event.type === "InvoiceVoided") {
    return [{ event, provider, customerId: id, documentId: event.data.creditNoteId, number: null }];
  }
  if (event.type !== "NumbersAssigned") return [];
  return event.data.invoices.map(({ invoiceId, customerId, number }) => ({
    ...{ event, provider, customerId, number },
    documentId: invoiceId,
  }));
};

const openOf = ({ id, issued_on, total }: Document, { number }: Step): OpenInvoice => ({
  invoiceId: id,
  issuedOn: issued_on,
  number: number ?? "",
  open: total,
});

const applied = (account: ReceivablesAccount, step: Step, document: Document): ReceivablesAccount => {
  const credit = format(ZERO.minus(big(document.total)), document.currency);
  if (step.event.type === "InvoiceVoided") return withVoid(account, step.event.data.invoiceId, credit);
  switch (document.purpose) {
    case null:
      return withInvoice(account, openOf(document, step), document.total);
    case "VOID":
      return account;
    default:
      return withCredit(account, credit, document.invoice_id);
  }
};

const documentsOf = async (manager: EntityManager, steps: readonly Step[]): Promise<Map<string, Document>> => {
  const found = await manager.query<Document[]>(
    `SELECT d.* FROM unnest($1::uuid[], $2::uuid[]) AS s (provider_id, id),
       LATERAL (SELECT i.provider_id, i.id, i.issued_on::text, i.currency, i.total::text, NULL AS purpose, NULL::uuid AS invoice_id
                  FROM invoices i WHERE i.provider_id = s.provider_id AND i.id = s.id
                 UNION ALL
                SELECT c.provider_id, c.id, c.issued_on::text, c.currency, c.total::text, c.purpose, c.invoice_id
                  FROM credit_notes c WHERE c.provider_id = s.provider_id AND c.id = s.id) d`,
    [steps.map(({ provider }) => provider), steps.map(({ documentId }) => documentId)],
  );
  return new Map(found.map((document) => [keyOf(document.provider_id, document.id), document]));
};

/** The accounts of the customers, with their open invoices where a credit may pay them. */
const accountsOf = async (
  manager: EntityManager,
  steps: readonly Step[],
  crediting: readonly Step[],
): Promise<Map<string, ReceivablesAccount>> => {
  const columns = (some: readonly Step[]) => {
    const customers = [...new Map(some.map((step) => [keyOf(step.provider, step.customerId), step])).values()];
    return [customers.map(({ provider }) => provider), customers.map(({ customerId }) => customerId)];
  };
  const known = await manager.query<{ provider_id: string; customer_id: string; currency: string; balance: Amount }[]>(
    `SELECT a.provider_id, a.customer_id, a.currency, a.balance::text
       FROM unnest($1::uuid[], $2::uuid[]) AS s (provider_id, customer_id)
       JOIN receivables_accounts a ON a.provider_id = s.provider_id AND a.customer_id = s.customer_id`,
    columns(steps),
  );
  // Those that this batch numbers come with their own step.
  const open = await manager.query<
    { provider_id: string; customer_id: string; id: string; issued_on: LocalDate; number: string; open: Amount }[]
  >(
    `SELECT i.provider_id, i.customer_id, i.id, i.issued_on::text, i.number, i.open::text
       FROM unnest($1::uuid[], $2::uuid[]) AS s (provider_id, customer_id)
       JOIN invoices i ON i.provider_id = s.provider_id AND i.customer_id = s.customer_id
                      AND i.open <> 0 AND i.number IS NOT NULL AND NOT i.id = ANY($3::uuid[])`,
    [...columns(crediting), steps.map(({ documentId }) => documentId)],
  );
  const accounts = new Map<string, ReceivablesAccount>();
  for (const { provider_id, customer_id, currency, balance } of known) {
    const own = open.filter((row) => row.provider_id === provider_id && row.customer_id === customer_id);
    accounts.set(keyOf(provider_id, customer_id), {
      currency,
      balance,
      open: own
        .map((row) => ({ invoiceId: row.id, issuedOn: row.issued_on, number: row.number, open: row.open }))
        .sort((a, b) => (`${a.issuedOn} ${a.number}` < `${b.issuedOn} ${b.number}` ? -1 : 1)),
    });
  }
  return accounts;
};

const write = async (
  manager: EntityManager,
  accounts: ReadonlyMap<string, ReceivablesAccount>,
  touched: ReadonlyMap<string, OpenInvoice>,
  voided: ReadonlySet<string>,
): Promise<void> => {
  const left = new Map(
    [...accounts].flatMap(([key, { open }]) =>
      open.map((invoice) => [keyOf(key.slice(0, key.indexOf("/")), invoice.invoiceId), invoice.open] as const),
    ),
  );
  const invoices = [...touched.keys()].map((key) => {
    const [provider_id, id] = key.split("/");
    return { provider_id, id, open: left.get(key) ?? "0", voided: voided.has(key) };
  });
  const totals = await manager.query<
    { provider_id: string; id: string; total: Amount; currency: string; state: InvoiceState }[]
  >(
    `SELECT i.provider_id, i.id, i.total::text, i.currency, i.state
       FROM jsonb_to_recordset($1::jsonb) AS n (provider_id uuid, id uuid)
       JOIN invoices i ON i.provider_id = n.provider_id AND i.id = n.id`,
    [toJsonb(invoices)],
  );
  const before = new Map(totals.map((row) => [keyOf(row.provider_id, row.id), row]));
  const rows = invoices.flatMap(({ provider_id, id, open, voided: isVoid }) => {
    const row = before.get(keyOf(provider_id ?? "", id ?? ""));
    if (!row) return [];
    const amount = format(big(open), row.currency);
    const state = isVoid || row.state === "VOID" ? "VOID" : stateOf(row.total, amount);
    return [{ provider_id, id, open: amount, state }];
  });
  await manager.query(
    `UPDATE invoices i SET open = n.open, state = n.state
       FROM jsonb_to_recordset($1::jsonb) AS n (provider_id uuid, id uuid, open numeric, state text)
      WHERE i.provider_id = n.provider_id AND i.id = n.id`,
    [toJsonb(rows)],
  );
  await manager.query(
    `INSERT INTO receivables_accounts
     SELECT * FROM jsonb_populate_recordset(NULL::receivables_accounts, $1::jsonb)
     ON CONFLICT (provider_id, customer_id) DO UPDATE SET balance = EXCLUDED.balance`,
    [
      toJsonb(
        [...accounts].map(([key, { currency, balance }]) => {
          const [provider_id, customer_id] = key.split("/");
          return { provider_id, customer_id, currency, balance };
        }),
      ),
    ],
  );
};
