import { type Queryable } from "./load.js";

/** Event ids of recorded pages, of lines and of bases, that nothing names: their period close was interrupted. */
export const recordedPages = async (
  db: Queryable,
  provider: string,
  invoiceIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  const rows = await db.query<{ event_id: string }[]>(
    `SELECT event_id FROM billing_pages WHERE provider_id = $1 AND invoice_id = ANY($2::uuid[])
     UNION ALL SELECT event_id FROM billing_basis_pages WHERE provider_id = $1 AND invoice_id = ANY($2::uuid[])`,
    [provider, invoiceIds],
  );
  return new Set(rows.map(({ event_id }) => event_id));
};
