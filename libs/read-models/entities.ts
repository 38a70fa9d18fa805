import { accounts } from "./accounts/table.js";
import { catalogItems } from "./catalog/table.js";
import { processedCommands } from "./commands/table.js";
import { commitments } from "./commitments/table.js";
import { customers } from "./customers/table.js";
import { invoiceLines, invoices } from "./invoices/table.js";
import { providers } from "./providers/table.js";

/** Every entity that queries go through. */
export const entities = [
  providers,
  catalogItems,
  customers,
  accounts,
  commitments,
  invoices,
  invoiceLines,
  processedCommands,
];
