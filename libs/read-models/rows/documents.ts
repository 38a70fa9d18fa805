/** SQL: invoices and credit notes, which both have lines. */
export const DOCUMENTS = `(SELECT provider_id, id, customer_id, number, line_count FROM invoices
   UNION ALL SELECT provider_id, id, customer_id, number, line_count FROM credit_notes)`;

/** SQL: those that were issued, with their periods. */
export const ISSUED_DOCUMENTS = `(SELECT provider_id, id, customer_id, period_from, series_index, state = 'VOID' AS is_void
     FROM invoices WHERE number IS NOT NULL
   UNION ALL SELECT provider_id, id, customer_id, period_from, series_index, false FROM credit_notes
    WHERE number IS NOT NULL)`;
