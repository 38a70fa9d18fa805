import { randomUUID } from "node:crypto";
import { big } from "#domain/money.js";
import { type Client, Refused } from "../client.js";
import { type Aside, type Known, knownWith, payerOf } from "./match.js";
import { type Options } from "./options.js";
import { type Row } from "./read-file.js";

/** What became of a row; `VALID`: it would be recorded. */
export type Outcome = { readonly row: Row } & (
  | {
      readonly outcome: "RECORDED" | "VALID";
      readonly customerId: string;
      readonly invoiceId: string | null;
    }
  | { readonly outcome: "KNOWN"; readonly customerId: string | null }
  | { readonly outcome: "ASIDE"; readonly reason: string }
);

/** How rows are imported. */
export type Importing = Pick<Options, "dryRun" | "currency" | "method">;

/** Refusals of what a row says; others end the import. */
const ABOUT_THE_ROW: readonly string[] = [
  ...["CUSTOMER_NOT_FOUND", "INVOICE_NOT_FOUND", "INVOICE_VOID", "CURRENCY_MISMATCH", "INVALID_AMOUNT", "INVALID_DATE"],
  ...["CONFLICT", "VALIDATION_FAILED"],
];

/**
 * Imports rows in their order, and tells of each what became of it.
 * @throws Refused, NoAnswer: what was told until then stays
 */
export const importRows = async function* (
  client: Client,
  rows: readonly Row[],
  options: Importing,
): AsyncGenerator<Outcome> {
  const before = new Map<string, Row>();
  const contradictory = contradictoryReferences(rows);
  for (const row of rows) {
    const { reference } = row;
    const aside = (reason: string): Outcome => ({ row, outcome: "ASIDE", reason });
    if (reference === null) yield aside("It has no reference.");
    else if (!big(row.amount).gt("0")) yield aside("It is no money that came in.");
    else if (contradictory.has(reference)) yield aside("Several rows have its reference, with other values.");
    else if (before.has(reference)) yield { row, outcome: "KNOWN", customerId: null };
    else yield await importRow(client, row, reference, options);
    if (reference !== null) before.set(reference, row);
  }
};

/** References of several rows that are not the same payment: nobody knows which of them is right. */
const contradictoryReferences = (rows: readonly Row[]): ReadonlySet<string> => {
  const first = new Map<string, string>();
  const found = new Set<string>();
  for (const { reference, on, amount, currency, invoice, customer } of rows) {
    if (reference === null) continue;
    const content = JSON.stringify([on, big(amount).toString(), currency, invoice, customer]);
    if ((first.get(reference) ?? content) !== content) found.add(reference);
    first.set(reference, content);
  }
  return found;
};

const importRow = async (client: Client, row: Row, reference: string, options: Importing): Promise<Outcome> => {
  const currency = row.currency ?? options.currency;
  const [known, ...others] = await knownWith(client, reference);
  if (known) {
    const isSame = others.length === 0 && isThat(known, row, currency);
    return isSame
      ? { row, outcome: "KNOWN", customerId: known.customerId }
      : { row, outcome: "ASIDE", reason: `Its reference is that of another payment, of ${textOf(known)}.` };
  }
  const payer = await payerOf(client, row);
  if ("aside" in payer) return { row, outcome: "ASIDE", reason: payer.aside };
  const { customerId, invoiceId } = payer;
  const input = {
    ...{ customerId, reference, amount: row.amount, method: options.method, valueOn: row.on },
    ...(currency !== null && { currency }),
    ...(invoiceId !== null && { invoiceId }),
    ...(row.note !== null && { note: row.note }),
  };
  const refused = await refusalOf(() => (options.dryRun ? preview(client, input) : record(client, input)));
  if (refused) return { row, outcome: "ASIDE", reason: refused.aside };
  return { row, outcome: options.dryRun ? "VALID" : "RECORDED", customerId, invoiceId };
};

const isThat = (known: Known, { amount, on }: Row, currency: string | null): boolean =>
  big(known.amount).eq(big(amount)) && known.on === on && (currency === null || known.currency === currency);

const textOf = ({ amount, currency, on }: Known): string => `${amount} ${currency} on ${on}`;

const refusalOf = async (work: () => Promise<unknown>): Promise<Aside | null> => {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Refused && ABOUT_THE_ROW.includes(error.code)) return { aside: error.message };
    throw error;
  }
};

const record = (client: Client, input: object): Promise<unknown> => client.mutate("recordPayment", input, randomUUID());

const preview = (client: Client, input: object): Promise<unknown> =>
  client.query("query ($command: PreviewCommand!) { preview(command: $command) { events { type } } }", {
    command: { recordPayment: input },
  });
