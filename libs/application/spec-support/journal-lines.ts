import { type CallLeg } from "#domain/voice/xdr.js";

/** A call as an edge writes it down; instants are ISO text with milliseconds. */
export interface WrittenCall {
  readonly callId: string;
  readonly answered: string;
  readonly seconds?: number;
  /** Refs by leg. */
  readonly legs: Partial<Readonly<Record<CallLeg, string>>>;
  readonly cld?: string;
  readonly cli?: string;
  readonly hidden?: boolean;
  readonly authorised?: "LIVE" | "STALE";
  readonly redirectedTo?: string;
  /** The number of the leg that went out. */
  readonly outTo?: string;
}

const stamp = (ms: number): string => (ms / 1000).toFixed(6);

const marked = (hidden: boolean): readonly string[] => (hidden ? ["HIDDEN"] : []);

const written = (kind: "S" | "E", call: WrittenCall): string => {
  const { callId, answered, seconds = 30, legs, cli = "12015550100", cld = "12065551202", outTo } = call;
  const from = Date.parse(answered);
  const ends = kind === "E" ? stamp(from + seconds * 1000) : "";
  const refs = [
    ...(legs.IN === undefined ? [] : [`IN=${encodeURIComponent(legs.IN)}`]),
    ...(legs.OUT === undefined ? [] : [`OUT=${encodeURIComponent(legs.OUT)}=${outTo ?? ""}`]),
  ].join(",");
  const { authorised = "LIVE", redirectedTo = "", hidden = false } = call;
  const who = [encodeURIComponent(callId), "tag", "account", refs, cli, encodeURIComponent(cld)];
  const row = ["1", kind, stamp(from), ends, ...who, authorised, redirectedTo, ...marked(hidden), "."].join(";");
  return `INVITE|tag|pbx|${callId.replaceAll("|", "%7C")}|200||${Math.floor(from / 1000)}|${row}`;
};

/** Lines of a journal as `edge/kamailio.cfg` has them written. */
export const startLine = (call: WrittenCall): string => written("S", call);
export const endLine = (call: WrittenCall): string => written("E", call);

/** A call that failed, as an edge writes it down. */
export interface WrittenFailure {
  readonly callId: string;
  readonly came: string;
  readonly seconds?: number;
  readonly account?: string;
  readonly sipCode: number;
  readonly reason: string;
  readonly cli?: string;
  readonly hidden?: boolean;
  readonly cld: string;
  readonly redirectedTo?: string;
}

export const failedLine = (call: WrittenFailure): string => {
  const {
    callId,
    came,
    seconds = 2,
    account = "",
    sipCode,
    reason,
    cli = "12015550100",
    cld,
    redirectedTo = "",
    hidden = false,
  } = call;
  const from = Date.parse(came);
  const who = [encodeURIComponent(callId), "tag", account, sipCode, reason, cli, encodeURIComponent(cld)];
  const row = ["1", "F", stamp(from), stamp(from + seconds * 1000), ...who, redirectedTo, ...marked(hidden), "."].join(
    ";",
  );
  return `INVITE|tag||${callId.replaceAll("|", "%7C")}|200||${Math.floor(from / 1000)}|${row}`;
};
