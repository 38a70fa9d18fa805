import { type DataSource } from "typeorm";
import { type Commitment } from "#domain/commitments/commitment.js";
import { heldTerms, termsOn } from "#domain/commitments/terms.js";
import { type CreditNoteDocument, type DocumentLine, type InvoiceDocument, type Penalty } from "#documents/document.js";
import { findAccounts } from "#read-models/accounts/queries.js";
import { findCommitments } from "#read-models/commitments/queries.js";
import { findCreditNotes } from "#read-models/invoices/credit-notes.js";
import { documentNumbers, findInvoices, linesOfInvoices } from "#read-models/invoices/queries.js";
import { type CreditNoteRow, type InvoiceLineRow, type InvoiceRow } from "#read-models/invoices/table.js";
import { type IssuerRow, issuerOfNumber } from "#read-models/issuers/queries.js";
import { type Scope, wholeProvider } from "#read-models/rows/scope.js";

/*
 * Issued invoices and credit notes as documents. What they show is in events that never change: the seal with its lines,
 * the issuer as it was at the numbering, account identifiers, and the terms that a commitment ended on.
 */

/** An issued invoice; null: the scope has none with this id. */
export const loadInvoice = async (
  dataSource: DataSource,
  scope: Scope,
  invoiceId: string,
): Promise<InvoiceDocument | null> => {
  const [row] = await findInvoices(dataSource, scope, [invoiceId]);
  if (!row) return null;
  return { type: "INVOICE", dueOn: row.dueOn, ...(await common(dataSource, row)) };
};

/** An issued credit note; null: the scope has none with this id. */
export const loadCreditNote = async (
  dataSource: DataSource,
  scope: Scope,
  creditNoteId: string,
): Promise<CreditNoteDocument | null> => {
  const [row] = await findCreditNotes(dataSource, scope, [creditNoteId]);
  if (!row) return null;
  const { purpose, reason, invoiceId } = row;
  const known = await documentNumbers(dataSource, scope, invoiceId === null ? [] : [invoiceId]);
  const invoiceNumber = invoiceId === null ? null : (known.get(invoiceId) ?? null);
  return { type: "CREDIT_NOTE", purpose, reason, invoiceNumber, ...(await common(dataSource, row)) };
};

type Issued = (InvoiceRow | CreditNoteRow) & { readonly number: string };

const common = async (dataSource: DataSource, row: Issued) => {
  const { providerId, id, number, series, seriesIndex, language, datePattern, recipient, currency, issuedOn, total } =
    row;
  // All that explains a document is shown with it, also what another customer holds by now.
  const scope = wholeProvider(providerId);
  const issuer = await issuerOfNumber(dataSource, providerId, series ?? "", seriesIndex ?? "0");
  const lines = (await linesOfInvoices(dataSource, scope, [id])).get(id) ?? [];
  return {
    language,
    dates: { pattern: datePattern },
    issuer: issuerOf(issuer),
    recipient,
    currency,
    number,
    issuedOn,
    period: { from: row.periodFrom, until: row.periodUntil },
    total,
    lines: await documentLines(dataSource, scope, lines),
    numbers: await documentNumbers(dataSource, scope, [
      ...new Set(lines.flatMap(({ corrects }) => corrects?.lines.map(({ invoiceId }) => invoiceId) ?? [])),
    ]),
  };
};

/** The issuer as documents show it. @param row null: none was projected */
export const issuerOf = (row: IssuerRow | null) => {
  if (!row) throw new Error("the provider of a document is not projected");
  return { ...row.details, name: row.name };
};

const documentLines = async (
  dataSource: DataSource,
  scope: Scope,
  lines: readonly InvoiceLineRow[],
): Promise<DocumentLine[]> => {
  const unique = (ids: readonly string[]) => [...new Set(ids)];
  const accounts = await findAccounts(dataSource, scope, unique(lines.map(({ accountId }) => accountId)));
  const identifiers = new Map(accounts.map(({ id, identifier }) => [id, identifier]));
  const ended = lines.filter(({ kind }) => kind === "PENALTY" || kind === "PENALTY_WAIVED");
  const commitments = await findCommitments(
    dataSource,
    scope,
    unique(ended.flatMap((line) => line.commitmentId ?? [])),
  );
  const states = new Map(commitments.map(({ id, state }) => [id, state]));
  return lines.map((line) => ({
    kind: line.kind,
    position: line.position,
    account: identifiers.get(line.accountId) ?? null,
    description: line.description,
    from: line.fromOn,
    until: line.untilOn,
    days: line.days,
    periodDays: line.periodDays,
    unitFee: line.unitFee,
    fee: line.fee,
    discount: line.discount,
    discountOrigin: line.discountOrigin,
    net: line.net,
    corrects: line.corrects,
    usage: line.usage,
    penalty: ended.includes(line) ? penaltyOf(line, states.get(line.commitmentId ?? "")) : null,
  }));
};

/** How the penalty of a row was reckoned: by the terms held on the commitment's last day. */
const penaltyOf = ({ fromOn, rowId }: InvoiceLineRow, commitment: Commitment | undefined): Penalty | null =>
  commitment
    ? {
        strategy: termsOn(commitment, fromOn).penalty,
        isOneTime: heldTerms(commitment).some(({ terms }) => terms.oneTime.some((row) => row.rowId === rowId)),
      }
    : null;
