/** SQL: invoices and credit notes, which both have lines. */
export const DOCUMENTS = `(SELECT provider_id, id, customer_id, number, line_count FROM invoices
   UNION ALL SELECT provider_id, id, customer_id, number, line_count FROM credit_notes)`;
