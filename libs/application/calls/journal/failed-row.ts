import { type Instant } from "#domain/calendar.js";
import { type FailureReason, failureReasons } from "#domain/voice/failed-call.js";
import { fieldsOf, hiddenOf, hostOf, instantOf, numberOf, textOf } from "./fields.js";

/** A row of an edge's journal: a call was refused, or ended without an answer (docs/voice.md#failed-calls). */
export interface FailedRow {
  readonly callId: string;
  readonly fromTag: string;
  /** When it came, and when it failed, by the edge's clock. */
  readonly came: Instant;
  readonly failed: Instant;
  /** Whom billing named; null: nobody. */
  readonly accountId: string | null;
  readonly sipCode: number;
  readonly reason: FailureReason;
  readonly cli: string | null;
  readonly callerHidden: boolean;
  readonly cld: string;
  readonly redirectedTo: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a line of a call that failed says; null: nothing that can be read. */
export const parseFailedRow = (line: string): FailedRow | null => {
  const [kind, cameText = "", failedText = "", callIdText = "", fromTagText = "", account = "", ...more] =
    fieldsOf(line) ?? [];
  const [code = "", said = "", cliText = "", cldText = "", host = "", hides] = more;
  const [came, failed] = [instantOf(cameText), instantOf(failedText)];
  const [callId, fromTag] = [textOf(callIdText), textOf(fromTagText)];
  const [cli, cld, redirectedTo] = [numberOf(cliText), numberOf(cldText), hostOf(host)];
  const reason = failureReasons.find((one) => one === said);
  if (kind !== "F" || came === null || failed === null || !callId || fromTag === null) return null;
  if (!/^[3-6]\d\d$/.test(code) || reason === undefined) return null;
  const callerHidden = hiddenOf(hides, cli);
  if (cli === null || cld === null || redirectedTo === null || callerHidden === null) return null;
  return {
    ...{ callId, fromTag, came, failed, sipCode: Number.parseInt(code, 10), reason, cld, callerHidden },
    ...{ accountId: UUID.test(account) ? account : null, cli: cli || null, redirectedTo: redirectedTo || null },
  };
};
