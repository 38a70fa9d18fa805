import { createHmac, timingSafeEqual } from "node:crypto";
import { type Instant } from "#domain/calendar.js";
import { LONGEST_CALL } from "#domain/catalog/voice-service.js";
import { type CallLeg } from "#domain/voice/xdr.js";

/** Whom a leg of a call is charged to, and by what, as it was decided when the call came. */
export interface CallRef {
  readonly accountId: string;
  readonly customerId: string;
  readonly tariffId: string;
  readonly leg: CallLeg;
  /** How long the call may last. */
  readonly maxSeconds: number;
  /** By the provider's time. */
  readonly issued: Instant;
}

/** What separates these signatures from whatever else the provider's secret is used for. Part of refs: never changes. */
const PURPOSE = "call-ref";
const FORMAT = "1";
const LEGS: Readonly<Record<string, CallLeg>> = { I: "IN", O: "OUT" };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const signature = (text: string, providerKey: Uint8Array): Buffer =>
  createHmac("sha256", providerKey).update(`${PURPOSE}\0${text}`).digest().subarray(0, 16);

/**
 * A text of letters, digits, `-`, `_` and `.` that an edge keeps with a call and gives back with its record: nobody looks
 * a number up again that may have moved meanwhile.
 * @param providerKey the provider's secret, which all copies of the API have
 */
export const writeRef = (
  { accountId, customerId, tariffId, leg, maxSeconds, issued }: CallRef,
  providerKey: Uint8Array,
): string => {
  const at = Date.parse(issued).toString(36);
  const text = [FORMAT, leg === "IN" ? "I" : "O", at, accountId, customerId, tariffId, maxSeconds].join(".");
  return `${text}.${signature(text, providerKey).toString("base64url")}`;
};

/** What a ref says; null: it was not written with this secret, or somebody changed it. */
export const readRef = (ref: string, providerKey: Uint8Array): CallRef | null => {
  const end = ref.lastIndexOf(".");
  const text = ref.slice(0, Math.max(0, end));
  const signed = Buffer.from(ref.slice(end + 1), "base64url");
  const expected = signature(text, providerKey);
  if (signed.length !== expected.length || !timingSafeEqual(signed, expected)) return null;
  // Refs that were written before they had a longest time have none: no call may last longer than the longest one.
  const [format, legText = "", at = "", accountId = "", customerId = "", tariffId = "", longest] = text.split(".");
  const leg = LEGS[legText];
  if (format !== FORMAT || leg === undefined || ![accountId, customerId, tariffId].every((id) => UUID.test(id)))
    return null;
  const maxSeconds = longest === undefined ? LONGEST_CALL : Number.parseInt(longest, 10);
  return { accountId, customerId, tariffId, leg, maxSeconds, issued: new Date(Number.parseInt(at, 36)).toISOString() };
};
