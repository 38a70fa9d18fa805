import { v5 } from "uuid";

/**
 * All ids of ours that must come out the same on every retry are uuid v5 under this namespace. It is part of what is
 * stored for ever: never change it, nor the shape of the names below.
 */
const NAMESPACE = "26306b80-3bc9-447e-9e8b-e31e4067afb4";

/** A JSON array keeps the parts apart whatever they hold; the first one keeps the kinds of id apart. */
const derive = (...parts: readonly string[]): string => v5(JSON.stringify(parts), NAMESPACE);

/** The command's identity: the same caller's same key in the same provider is the same command. */
export const commandId = (provider: string, actor: string, idempotencyKey: string): string =>
  derive("command", provider, actor, idempotencyKey);

/** Id of an aggregate that a command creates. `kind` (e.g. `account`) tells several of one command apart. */
export const aggregateId = (provider: string, actor: string, idempotencyKey: string, kind: string): string =>
  derive("aggregate", provider, actor, idempotencyKey, kind);

/**
 * Id of an event, from its content hash: which covers the command, the stream and the place in it. The store takes an
 * append of known ids for a repetition and answers the first result without comparing contents. So only what is the
 * same to the last byte may have the same ids: were they derived from the command alone, then of two racing requests
 * with one key but different bodies the loser would be told that it had been accepted.
 */
export const eventId = (contentHash: string): string => derive("event", contentHash);

/** Id of the invoice of a customer's billing period: closing again finds the same one. */
export const invoiceId = (provider: string, customerId: string, periodFrom: string): string =>
  derive("invoice", provider, customerId, periodFrom);

/**
 * Id of a page's event: another content is another page, and a seal names the ones that count
 * (docs/rules.md#period-close).
 */
export const pageEventId = (invoice: string, page: number, contentHash: string): string =>
  derive("page", invoice, String(page), contentHash);
