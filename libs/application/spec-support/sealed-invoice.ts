import { readFileSync } from "node:fs";
import { type InvoiceSealed } from "#domain/invoicing/events.js";
import { chainEvents } from "#event-store/chain-events.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { streamName } from "#event-store/streams.js";
import { DEFAULT_PROVIDER_ID } from "../providers/default-provider.js";
import { type MemoryClient } from "./memory-client.js";

export const INVOICE = "00000000-0000-4000-8000-000000000030";

/** Puts an invoice of July 2020 into the log, as the worker does; facts about it are what the spec gives. */
export const sealInvoice = async ({ session }: MemoryClient, customerId: string): Promise<void> => {
  const stream = streamName(DEFAULT_PROVIDER_ID, "receivables", customerId);
  const example = new URL("../../event-store/examples/InvoiceSealed.v1.json", import.meta.url);
  const data = JSON.parse(readFileSync(example, "utf8")) as InvoiceSealed["data"];
  const sealed: InvoiceSealed = {
    type: "InvoiceSealed",
    data: {
      ...data,
      ...{ invoiceId: INVOICE, customerId },
      ...{ period: { from: "2020-07-01", until: "2020-07-31" }, issuedOn: "2020-08-01", pages: [] },
    },
  };
  const command = { actor: "worker", commandId: INVOICE, correlationId: INVOICE, causationId: INVOICE };
  const recorded = { provider: DEFAULT_PROVIDER_ID, recordedAt: "2020-07-15T12:00:00.000Z", previousHash: NO_HASH };
  await session.store.append(stream, "no_stream", chainEvents({ stream, ...command, ...recorded, events: [sealed] }));
};
