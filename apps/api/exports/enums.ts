import { type BilledBy, type BilledKind } from "#read-models/exports/billed.js";
import { type DocumentType } from "#read-models/exports/documents.js";
import { enumOf } from "../graphql/enums.js";

export const BilledByEnum = enumOf<BilledBy>("BilledBy", "What sums of billed lines are told apart by.", {
  KIND: "The kind of the lines.",
  MONTH: "The month of issue of the invoice or credit note.",
  SERVICE_MONTH:
    "The month of the days of the lines: amounts of lines with days in several are spread over their days.",
  OFFER: "The offer whose terms the line's row is of.",
  CUSTOMER: "The customer of the invoice or credit note.",
  DOCUMENT: "Whether they are on invoices or on credit notes.",
});

export const BilledKindEnum = enumOf<BilledKind>("BilledKind", "What is billed.", {
  RECURRING: "Recurring fees.",
  ONE_TIME: "One-time fees.",
  PENALTY: "Penalties of early terminations.",
  PENALTY_WAIVED: "The credits of penalties that were waived.",
  TRANSFER_FEE: "Fees of transfers.",
  USAGE: "Calls.",
  ADJUSTMENT: "Corrections of lines that were billed before, those of void invoices included.",
  GOODWILL: "Goodwill credits, which have no lines.",
});

export const BilledDocumentEnum = enumOf<DocumentType>("BilledDocument", "What lines are on.", {
  INVOICE: "An invoice.",
  CREDIT_NOTE: "A credit note, of a void invoice too.",
});
