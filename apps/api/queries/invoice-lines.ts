import { type DataSource } from "typeorm";
import { lineCountsOf, linesAtEnd, listInvoiceLines } from "#read-models/invoices/queries.js";
import { lineShown } from "../invoices/shown.js";
import { connection } from "./connections.js";
import { type Loaders } from "./loaders.js";
import { nestedLoader } from "./nested.js";

/** Loads the lines of invoices, for one request. */
export const linesLoader = (dataSource: DataSource, providerId: string): Loaders["linesOfInvoice"] =>
  nestedLoader({
    order: "POSITION ASC",
    atEnd: async (invoiceIds, window) => {
      const rows = await linesAtEnd(dataSource, providerId, invoiceIds, window);
      return rows.map((row) => {
        const position = String(row.position);
        return { parent: row.invoiceId, place: { key: position, unique: position }, node: lineShown(row) };
      });
    },
    counts: (invoiceIds) => lineCountsOf(dataSource, providerId, invoiceIds),
    list: async (invoiceId, asked) =>
      connection(await listInvoiceLines(dataSource, providerId, invoiceId, asked), lineShown),
  });
