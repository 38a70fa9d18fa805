import { type DataSource } from "typeorm";
import { lineCountsOf, linesAtEnd, listInvoiceLines } from "#read-models/invoices/queries.js";
import { lineShown } from "../invoices/shown.js";
import {
  commitmentLineCountsOf,
  commitmentLinesAtEnd,
  listCommitmentLines,
} from "#read-models/invoices/commitment-lines.js";
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

/** Loads the lines of commitments on issued invoices, for one request. */
export const commitmentLinesLoader = (dataSource: DataSource, providerId: string): Loaders["linesOfCommitment"] =>
  nestedLoader({
    order: "FROM ASC",
    atEnd: async (commitmentIds, window) => {
      const rows = await commitmentLinesAtEnd(dataSource, providerId, commitmentIds, window);
      return rows.map(({ unique, ...row }) => ({
        parent: row.commitmentId,
        place: { key: row.fromOn, unique },
        node: lineShown(row),
      }));
    },
    counts: (commitmentIds) => commitmentLineCountsOf(dataSource, providerId, commitmentIds),
    list: async (commitmentId, asked) =>
      connection(await listCommitmentLines(dataSource, providerId, commitmentId, asked), lineShown),
  });
