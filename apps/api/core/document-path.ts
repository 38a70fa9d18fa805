/** Kinds of documents, as in the paths of their files. */
export type DocumentKind = "invoices" | "credit-notes" | "statements";

/** The path of a document's PDF on this server. @param id of a statement that of its customer */
export const documentPath = (providerId: string, kind: DocumentKind, id: string): string =>
  `/documents/${providerId}/${kind}/${id}.pdf`;
