/** Kinds of documents, as in the paths of their files. */
export type DocumentKind = "invoices" | "credit-notes" | "statements";

/**
 * Where this server has a document's PDF: an absolute URL where it has a public one, else a path, since only the client
 * knows by which name it comes.
 * @param publicUrl an origin; null: none
 * @param id of a statement that of its customer
 */
export const documentUrl = (publicUrl: string | null, providerId: string, kind: DocumentKind, id: string): string =>
  `${publicUrl ?? ""}/documents/${providerId}/${kind}/${id}.pdf`;
