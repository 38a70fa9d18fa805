import { randomUUID } from "node:crypto";
import type { Append } from "./append.js";

const STREAM = Buffer.from("$tenure-eventstore");

/** An event of the server's own. Readers of the whole log get such events from EventStoreDB too, and must skip them. */
export const systemEvent = (type: `$${string}`, data: Record<string, unknown>): Append => ({
  stream: STREAM,
  expected: { kind: "any" },
  events: [
    {
      id: Buffer.from(randomUUID().replaceAll("-", ""), "hex"),
      type,
      contentType: "application/json",
      metadata: new Uint8Array(),
      data: Buffer.from(JSON.stringify(data)),
    },
  ],
  expired: () => false,
});
