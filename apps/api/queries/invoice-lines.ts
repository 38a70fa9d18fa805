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
import { type Scope } from "#read-models/rows/scope.js";

/** Loads the lines of invoices, for one request. */
export const linesLoader = (dataSource: DataSource, scope: Scope): Loaders["linesOfInvoice"] =>
  nestedLoader({
    order: "POSITION ASC",
    atEnd: async (invoiceIds, window) => {
      const rows = await linesAtEnd(dataSource, scope, invoiceIds, window);
      return rows.map((row) => {
        const position = String(row.position);
        return { parent: row.invoiceId, place: { key: position, unique: position }, node: lineShown(row) };
      });
    },
    counts: (invoiceIds) => lineCountsOf(dataSource, scope, invoiceIds),
    list: async (invoiceId, asked) =>
      connection(await listInvoiceLines(dataSource, scope, invoiceId, asked), lineShown),
  });

/** Loads the lines of commitments on issued invoices, for one request. */
export const commitmentLinesLoader = (dataSource: DataSource, scope: Scope): Loaders["linesOfCommitment"] =>
  nestedLoader({
    order: "FROM ASC",
    atEnd: async (commitmentIds, window) => {
      const rows = await commitmentLinesAtEnd(dataSource, scope, commitmentIds, window);
      return rows.map(({ unique, ...row }) => ({
        parent: row.commitmentId ?? "",
        place: { key: row.fromOn, unique },
        node: lineShown(row),
      }));
    },
    counts: (commitmentIds) => commitmentLineCountsOf(dataSource, scope, commitmentIds),
    list: async (commitmentId, asked) =>
      connection(await listCommitmentLines(dataSource, scope, commitmentId, asked), lineShown),
  });
