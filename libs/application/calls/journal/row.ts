import { type Instant } from "#domain/calendar.js";
import { type Authorisation, authorisations, type CallLeg, callLegs } from "#domain/voice/xdr.js";
import { fieldsOf, hiddenOf, hostOf, instantOf, numberOf, textOf } from "./fields.js";

/** A leg that is charged for, as an edge writes it down. */
export interface JournalLeg {
  readonly leg: CallLeg;
  /** What billing gave for it when it was asked; nothing is looked up again by the number. */
  readonly ref: string;
  /** The number that this leg went to, where it is another one than was called first. */
  readonly cld: string | null;
}

/** A row of an edge's journal (docs/voice.md#journal): a call was answered, or it ended. */
export interface JournalRow {
  readonly kind: "START" | "END";
  readonly callId: string;
  readonly fromTag: string;
  /** By the edge's clock. */
  readonly answered: Instant;
  /** Null of a start. */
  readonly ended: Instant | null;
  readonly legs: readonly JournalLeg[];
  readonly cli: string | null;
  readonly callerHidden: boolean;
  readonly cld: string;
  readonly authorised: Authorisation;
  readonly redirectedTo: string | null;
}

const KINDS: Readonly<Record<string, JournalRow["kind"]>> = { S: "START", E: "END" };

/**
 * What a line of a journal says; null: nothing that can be read, as of one that was torn.
 * @param line without its end, one character for each byte
 */
export const parseRow = (line: string): JournalRow | null => {
  const fields = fieldsOf(line);
  if (fields === null) return null;
  const [kindText = "", answeredText = "", endedText = "", ...more] = fields;
  const [callIdText = "", fromTagText = "", , legsText = "", cliText = "", cldText = "", said = "", host = "", hides] =
    more;
  const kind = KINDS[kindText];
  if (kind === undefined) return null;
  const answered = instantOf(answeredText);
  const ended = kind === "END" ? instantOf(endedText) : null;
  const [callId, fromTag] = [textOf(callIdText), textOf(fromTagText)];
  const legs = legsOf(legsText);
  const authorised = authorisations.find((one) => one === said);
  if (answered === null || (kind === "END" && ended === null) || authorised === undefined) return null;
  if (!callId || fromTag === null || legs === null) return null;
  const [cli, cld, redirectedTo] = [numberOf(cliText), numberOf(cldText), hostOf(host)];
  const callerHidden = hiddenOf(hides, cli);
  if (cli === null || cld === null || redirectedTo === null || callerHidden === null) return null;
  return {
    ...{ kind, callId, fromTag, answered, ended, legs, authorised },
    ...{ cli: cli || null, callerHidden, cld, redirectedTo: redirectedTo || null },
  };
};

/** `IN=ref`, `OUT=ref=number`, separated by commas. */
const legsOf = (text: string): JournalLeg[] | null => {
  const legs = text.split(",").map((part): JournalLeg | null => {
    const [name, refText = "", cldText, ...rest] = part.split("=");
    const leg = callLegs.find((one) => one === name);
    const ref = textOf(refText);
    const cld = cldText === undefined ? null : numberOf(cldText);
    if (leg === undefined || ref === null || (cldText !== undefined && cld === null) || rest.length > 0) return null;
    return { leg, ref, cld };
  });
  const known = legs.filter((leg) => leg !== null);
  const isOnce = new Set(known.map(({ leg }) => leg)).size === legs.length;
  return isOnce ? known : null;
};
