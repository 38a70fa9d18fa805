import { type DataSource } from "typeorm";
import { byAge, type OpenInvoice, type ReceivablesAccount } from "#domain/receivables/account.js";
import { isUuid } from "../rows/filters.js";
import { customersIn, type Scope } from "../rows/scope.js";

/** What a customer owes, as projected; null: nothing was issued to it, and it paid nothing. */
export const findAccount = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  customerId: string,
): Promise<ReceivablesAccount | null> => {
  const [account] = await dataSource.query<{ currency: string; balance: string; open: OpenInvoice[] }[]>(
    `SELECT a.currency, a.balance::text,
            coalesce((SELECT jsonb_agg(jsonb_build_object(
                        'invoiceId', i.id, 'issuedOn', i.issued_on, 'dueOn', i.due_on, 'number', i.number,
                        'open', i.open::text))
                        FROM invoices i
                       WHERE i.provider_id = a.provider_id AND i.customer_id = a.customer_id
                         AND i.open <> 0 AND i.number IS NOT NULL), '[]') AS open
       FROM receivables_accounts a WHERE a.provider_id = $1 AND a.customer_id = $2`,
    [providerId, customerId],
  );
  return account ? { ...account, open: account.open.toSorted(byAge) } : null;
};

/** Unused credit by customer id, below zero where more is owed than all invoices; customers of whom nothing is known are left out. */
export const creditBalancesOf = async (
  dataSource: Pick<DataSource, "query">,
  scope: Scope,
  customerIds: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await dataSource.query<{ customer_id: string; balance: string }[]>(
    `SELECT customer_id, balance::text FROM receivables_accounts
      WHERE provider_id = $1 AND customer_id = ANY($2::uuid[])`,
    [scope.providerId, customersIn(scope, customerIds).filter(isUuid)],
  );
  return new Map(rows.map(({ customer_id, balance }) => [customer_id, balance]));
};
