import { rowFields } from "../log/row-fields.js";
import { rowId, rowStream } from "../log/row.js";
import { original, type ResolvedEvent } from "../streams/links.js";

/** An event on its way to a consumer. */
export interface Message {
  readonly resolved: ResolvedEvent;
  /** What the consumer names it by: the id of the event that was asked for, so of the link if there is one. */
  readonly id: string;
  /** The event's revision or position in what the group reads; undefined for one that had been parked. */
  readonly place: number | undefined;
  /** Where it is parked, when it is being replayed. */
  readonly parkedAt: number | undefined;
  /** How often it has been sent in vain. */
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

/** The stream that the event itself is in, whatever link led to it. */
export const streamOf = ({ resolved }: Message): string => rowStream(resolved.event ?? original(resolved));

/** What the event's metadata names as `$correlationId`; its stream when that names none. */
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
