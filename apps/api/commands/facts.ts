import { type Account } from "#domain/accounts/account.js";
import { type Customer } from "#domain/customers/customer.js";
import { type CatalogKind } from "#read-models/catalog/table.js";
import { type Backend } from "../backend.js";

/** What deciders look at beyond their own stream: states from the read models, as of what was projected. */

/** Which of these catalog items do not exist. */
export const unknownItems = async (
  backend: Backend,
  providerId: string,
  kind: CatalogKind,
  ids: readonly string[],
): Promise<string[]> => {
  if (ids.length === 0) return [];
  const rows = await backend.rows<{ id: string }>(
    `SELECT asked.id FROM unnest($3::uuid[]) AS asked (id)
      WHERE NOT EXISTS (SELECT FROM catalog_items c
                         WHERE c.provider_id = $1 AND c.kind = $2 AND c.id = asked.id)`,
    [providerId, kind, ids],
  );
  return rows.map(({ id }) => id);
};

export const itemExists = async (
  backend: Backend,
  providerId: string,
  kind: CatalogKind,
  id: string | null,
): Promise<boolean> => id !== null && (await unknownItems(backend, providerId, kind, [id])).length === 0;

export const hasCustomers = async (backend: Backend, providerId: string): Promise<boolean> => {
  const [row] = await backend.rows<{ found: boolean }>(
    "SELECT EXISTS (SELECT FROM customers WHERE provider_id = $1) AS found",
    [providerId],
  );
  return row?.found ?? false;
};

/** A customer's state, and whether a main product exists: for commands on accounts. */
export const accountFacts = async (
  backend: Backend,
  providerId: string,
  customerId: string | null,
  mainProductId: string | null,
): Promise<{ customer: Customer | null; mainProductExists: boolean }> => {
  const [row] = await backend.rows<{ customer: Customer | null; mainProductExists: boolean }>(
    `SELECT (SELECT state FROM customers WHERE provider_id = $1 AND id = $2) AS customer,
            EXISTS (SELECT FROM catalog_items WHERE provider_id = $1 AND kind = 'mainproduct' AND id = $3)
              AS "mainProductExists"`,
    [providerId, customerId, mainProductId],
  );
  return row ?? { customer: null, mainProductExists: false };
};

export const accountState = async (
  backend: Backend,
  providerId: string,
  accountId: string,
): Promise<Account | null> => {
  const [row] = await backend.rows<{ state: Account }>(
    "SELECT state FROM accounts WHERE provider_id = $1 AND id = $2",
    [providerId, accountId],
  );
  return row?.state ?? null;
};
