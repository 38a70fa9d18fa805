import { rowFields } from "../log/row-fields.js";
import { rowStreamBytes, rowType } from "../log/row.js";
import type { LogStore } from "../log/store.js";
import { visibleEvent } from "./visible-stream.js";

/** An event as it is sent: with the link that was read, or the link alone when the event no longer exists. */
export type ResolvedEvent =
  { readonly event: Buffer; readonly link?: undefined } | { readonly event: Buffer | undefined; readonly link: Buffer };

/** The event that was read, which a client acknowledges: the link, if there is one. */
export const original = (resolved: ResolvedEvent): Buffer => resolved.link ?? resolved.event;

export const LINK_TYPE = "$>";

/** A link's data: a revision and a stream, as in `7@order-1`. The stream's name may contain an @ itself. */
const TARGET = /^(-?\d{1,19})(?:@(.+))?$/s;

/** What a user without the right to read the event's stream is sent: the link alone. */
export const withoutForbidden = (resolved: ResolvedEvent, mayRead: (stream: Buffer) => boolean): ResolvedEvent => {
  const { event, link } = resolved;
  return event && link && !mayRead(rowStreamBytes(event)) ? { event: undefined, link } : resolved;
};

/** Follows a link. Any other event is sent as it is, and so is a link that does not begin with a number. Throws CorruptRow. */
export const resolveLink = (store: LogStore, row: Buffer): ResolvedEvent => {
  if (rowType(row) !== LINK_TYPE) return { event: row };
  const target = TARGET.exec(rowFields(row).data.toString("utf8"));
  if (!target) return { event: row };
  const [, revision, stream] = target;
  const event = stream === undefined ? undefined : visibleEvent(store, Buffer.from(stream), Number(revision));
  return { event, link: row };
};
