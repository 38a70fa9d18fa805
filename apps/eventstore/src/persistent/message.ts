import { rowFields } from "../log/row-fields.js";
import { rowId, rowStream } from "../log/row.js";
import { original, type ResolvedEvent } from "../streams/links.js";

/** An event on its way to a consumer. */
export interface Message {
  readonly resolved: ResolvedEvent;
  /** Id by which the consumer settles it: that of the read event, so of the link if there is one. */
  readonly id: string;
  /** The event's revision or position in what the group reads; undefined for one that had been parked. */
  readonly place: number | undefined;
  /** Revision of the parked message, when it is being replayed. */
  readonly parkedAt: number | undefined;
  /** Number of failed deliveries. */
  retryCount: number;
}

export const messageOf = (resolved: ResolvedEvent, at: { place?: number; parkedAt?: number }): Message => ({
  resolved,
  id: idText(rowId(original(resolved))),
  place: at.place,
  parkedAt: at.parkedAt,
  retryCount: 0,
});

export const idText = (bytes: Buffer): string => bytes.toString("latin1");

/** The stream of the event itself, also when it was read by a link. */
export const streamOf = ({ resolved }: Message): string => rowStream(resolved.event ?? original(resolved));

/** `$correlationId` of the event's metadata; its stream when there is none. */
export const correlationOf = (message: Message): string => {
  const { metadata } = rowFields(message.resolved.event ?? original(message.resolved));
  return correlationIn(metadata) ?? streamOf(message);
};

const correlationIn = (metadata: Buffer): string | undefined => {
  try {
    const value: unknown = JSON.parse(metadata.toString("utf8"));
    const found = typeof value === "object" && value !== null && "$correlationId" in value && value.$correlationId;
    return typeof found === "string" ? found : undefined;
  } catch {
    return undefined;
  }
};
