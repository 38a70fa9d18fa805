import { type DataSource } from "typeorm";
import { fit } from "../runner/fit.js";
import { aliasForm } from "../search/forms.js";

/** What somebody asks for. */
export type About =
  | { readonly customerId: string }
  | { readonly accountId: string }
  /** An identifier or alias, as typed, and the accounts that ever reserved it. */
  | { readonly identifier: string; readonly accountIds: readonly string[] }
  | { readonly commitmentId: string }
  | { readonly invoiceId: string }
  | { readonly invoiceNumber: string }
  | { readonly creditNoteId: string };

/**
 * The customers whose past holds what somebody asks for, as known now: customers, accounts and documents stay where they
 * are, and of a commitment the others that held it come along (streams.ts).
 */
export const customersAbout = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  about: About,
): Promise<readonly string[]> => {
  const rows = await found(dataSource, providerId, about);
  return rows.map(({ id }) => id);
};

const found = (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  about: About,
): Promise<readonly { readonly id: string }[]> => {
  const ask = (sql: string, ...values: readonly unknown[]) =>
    dataSource.query<{ id: string }[]>(sql, [providerId, ...values]);
  if ("customerId" in about) {
    return ask("SELECT id FROM customers WHERE provider_id = $1 AND id = $2", about.customerId);
  }
  if ("accountId" in about) {
    return ask("SELECT customer_id AS id FROM accounts WHERE provider_id = $1 AND id = $2", about.accountId);
  }
  if ("identifier" in about) {
    return ask(
      `SELECT DISTINCT customer_id AS id FROM accounts
        WHERE provider_id = $1
          AND (id = ANY($2::uuid[])
            OR id IN (SELECT account_id FROM account_aliases WHERE provider_id = $1 AND alias_form = $3
                                                         AND realm IS NULL))`,
      about.accountIds,
      aliasForm(fit(about.identifier)),
    );
  }
  if ("commitmentId" in about) {
    return ask("SELECT customer_id AS id FROM commitments WHERE provider_id = $1 AND id = $2", about.commitmentId);
  }
  if ("creditNoteId" in about) {
    return ask("SELECT customer_id AS id FROM credit_notes WHERE provider_id = $1 AND id = $2", about.creditNoteId);
  }
  return "invoiceId" in about
    ? ask("SELECT customer_id AS id FROM invoices WHERE provider_id = $1 AND id = $2", about.invoiceId)
    : ask("SELECT customer_id AS id FROM invoices WHERE provider_id = $1 AND number = $2", fit(about.invoiceNumber));
};
