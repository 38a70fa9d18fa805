import { type Instant } from "#domain/calendar.js";
import { LONGEST_CALL } from "#domain/catalog/voice-service.js";
import { nowOf } from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { moved } from "#domain/voice/recorded-calls.js";
import { callKey } from "#domain/voice/xdr.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { type CallProgress } from "#read-models/voice/call-progress.js";
import { type FactSource } from "../../command/facts.js";
import { type Session } from "../../command/session.js";
import { Unavailable } from "../../command/unavailable.js";
import { readRef } from "../../edges/call-ref.js";
import { parseFailedRow } from "./failed-row.js";
import { parseRow } from "./row.js";

/** What became of calls since an edge told it last: lines of its journal, as they were written. */
export interface ProgressReport {
  /** When it was sent, by the edge's clock. */
  readonly sentAt: Instant;
  /** Calls that were answered. */
  readonly started: readonly string[];
  /** Calls that go on no longer: their ends, or starts of those whose end nobody will see. */
  readonly ended: readonly string[];
  /** Calls that were refused, or ended without an answer. */
  readonly failed: readonly string[];
}

/** Lines of each kind in one report. */
export const MOST_TOLD = 500;

export interface ProgressSession extends Pick<Session, "systemNow"> {
  readonly facts: Pick<FactSource, "provider" | "identifierKey">;
  /** Once it returns, the report is kept; kept again it changes nothing. */
  readonly keep: (providerId: string, progress: CallProgress) => Promise<void>;
}

/** An end may be told somewhat after it. */
const GRACE_MS = 60_000;

/** How many lines of each kind could be read. */
export type ProgressTaken = Readonly<Record<"started" | "ended" | "failed", number>>;

/**
 * Keeps which calls of an edge go on, and which failed. No money hangs on either: lines that cannot be read are passed
 * over, and records of calls come by another way.
 * @throws Unavailable while the provider is not known yet, or its test clock moves; Rejection VALIDATION_FAILED
 */
export const takeProgress = async (
  { facts, systemNow, keep }: ProgressSession,
  providerId: string,
  edgeId: string,
  report: ProgressReport,
): Promise<ProgressTaken> => {
  if (KINDS.some((kind) => report[kind].length > MOST_TOLD)) {
    throw reject("VALIDATION_FAILED", `A report has at most ${MOST_TOLD} lines of a kind.`);
  }
  const provider = await facts.provider(providerId);
  if (!provider) throw new Unavailable("The read models do not know the provider yet; send the lines again.");
  if (provider.advance) throw new Unavailable("The test clock is moving; send the lines again.");
  const now = systemNow();
  const shiftMs = provider.testClock === null ? 0 : Date.parse(nowOf(provider, now)) - Date.parse(report.sentAt);
  const told = { edgeId, shiftMs, now, key: await facts.identifierKey(providerId) };
  const ended = new Set(report.ended.flatMap((line) => idIn(line, edgeId)));
  const progress = {
    started: report.started.flatMap((line) => openCall(line, told)).filter(({ id }) => !ended.has(id)),
    ended: [...ended],
    failed: report.failed.flatMap((line) => failedCall(line, told)),
  };
  await keep(providerId, progress);
  return { started: progress.started.length, ended: ended.size, failed: progress.failed.length };
};

const KINDS = ["started", "ended", "failed"] as const;

interface Told {
  readonly edgeId: string;
  readonly shiftMs: number;
  readonly now: Instant;
  readonly key: Uint8Array;
}

/** That of its record, as far as it gets one. */
const idOf = (edge: string, callId: string, fromTag: string): string =>
  callKey({ edge, callId, fromTag, leg: "IN" }, (value) => sha256(canonicalJson(value)));

const idIn = (line: string, edgeId: string): string[] => {
  const row = parseRow(line);
  return row ? [idOf(edgeId, row.callId, row.fromTag)] : [];
};

const openCall = (line: string, { edgeId, shiftMs, key }: Told): CallProgress["started"][number][] => {
  const row = parseRow(line);
  if (row?.kind !== "START") return [];
  const { callId, fromTag, cli, callerHidden, cld, answered, redirectedTo, authorised } = row;
  const ref = readRef(row.legs.find(({ leg }) => leg === "IN")?.ref ?? "", key);
  const { accountId = null, customerId = null, maxSeconds = LONGEST_CALL } = ref ?? {};
  return [
    {
      ...{ id: idOf(edgeId, callId, fromTag), edgeId, accountId, customerId, cli, callerHidden, cld },
      ...{ redirectedTo, authorised },
      ...{ answered: moved(answered, shiftMs), maxSeconds, overdueAt: moved(answered, maxSeconds * 1_000 + GRACE_MS) },
    },
  ];
};

const failedCall = (line: string, { edgeId, shiftMs, now }: Told): CallProgress["failed"][number][] => {
  const row = parseFailedRow(line);
  if (!row) return [];
  const { callId, fromTag, came, failed, ...rest } = row;
  // A caller may try again with the same Call-ID and From tag (RFC 3261, 8.1.3.5).
  const id = idOf(edgeId, `${callId} ${failed}`, fromTag);
  return [{ ...rest, id, edgeId, came: moved(came, shiftMs), failed: moved(failed, shiftMs), toldAt: now }];
};
