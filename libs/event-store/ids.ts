import { hash } from "node:crypto";

/**
 * Namespace of the uuid v5 ids, which are the same on every retry. It is part of stored ids: never change it, nor the
 * shape of the names below.
 */
const NAMESPACE = Buffer.from("26306b803bc9447e9e8be31e4067afb4", "hex");

/** A JSON array separates the parts whatever text they contain; the first part separates the kinds of id. */
const derive = (...parts: readonly string[]): string => uuid5(JSON.stringify(parts));

/** RFC 9562, section 5.5: the name's sha-1 with its namespace, with the bits of version 5 and of the variant. */
const uuid5 = (name: string): string => {
  const hex = hash("sha1", Buffer.concat([NAMESPACE, Buffer.from(name)]), "hex");
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The command's identity: the same key of the same actor in the same provider is the same command. */
export const commandId = (provider: string, actor: string, idempotencyKey: string): string =>
  derive("command", provider, actor, idempotencyKey);

/** Id of an aggregate that a command creates. `kind` (e.g. `account`) separates several ids of one command. */
export const aggregateId = (provider: string, actor: string, idempotencyKey: string, kind: string): string =>
  derive("aggregate", provider, actor, idempotencyKey, kind);

/**
 * Id of an event, derived from its content hash, which covers the command, the stream and the previous hash. The store
 * treats an append of known ids as a repetition and returns the first result without comparing contents. So only events
 * with identical content may have the same id: with ids derived from the command alone, of two concurrent requests with
 * one key but different bodies the second would be reported as accepted.
 */
export const eventId = (contentHash: string): string => derive("event", contentHash);

/** Id of the invoice of a customer's billing period: the same when the period close is repeated. */
export const invoiceId = (provider: string, customerId: string, periodFrom: string, attempt = 0): string =>
  derive("invoice", provider, customerId, periodFrom, ...(attempt === 0 ? [] : [String(attempt)]));

/**
 * Id of the event of an invoice page: other content has another id, and the seal names the pages that count
 * (docs/rules.md#period-close).
 */
export const pageEventId = (invoice: string, page: number, contentHash: string): string =>
  derive("page", invoice, String(page), contentHash);

/** Id of the event of a page of a close's basis, likewise. @param invoice id of the period's invoice, if it has one */
export const basisPageEventId = (invoice: string, page: number, contentHash: string): string =>
  derive("basis", invoice, String(page), contentHash);

/**
 * Id of a delivery: the same over all tries, and when its event is read again.
 * @param subject id of what it is about: an event may be about several
 */
export const deliveryId = (target: string, event: string, kind: string, subject: string): string =>
  derive("delivery", target, event, kind, subject);
/** Id of the stream of the calls that an edge saw answered within an hour. @param hour its first instant */
export const callsId = (edge: string, hour: string): string => derive("calls", edge, hour);
/** Id of a provider's template of mails: there is one for each of what it is for. @param customerClassId null: all others */
export const mailTemplateId = (
  provider: string,
  customerClassId: string | null,
  kind: string,
  language: string,
): string => derive("mail-template", provider, customerClassId ?? "", kind, language);
/** Id of the event that sums up what the close of a period bills of an account's calls: there is one. */
export const usageEventId = (provider: string, accountId: string, periodFrom: string): string =>
  derive("usage", provider, accountId, periodFrom);
/** Row of the line of an account's calls: the same in every period. */
export const usageRowId = (accountId: string, tariffId: string, leg: string, prefix: string): string =>
  derive("usage-row", accountId, tariffId, leg, prefix);
