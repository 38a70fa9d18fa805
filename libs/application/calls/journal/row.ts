import { type Instant } from "#domain/calendar.js";
import { type Authorisation, authorisations, type CallLeg, callLegs } from "#domain/voice/xdr.js";

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
  readonly cld: string;
  readonly authorised: Authorisation;
  readonly redirectedTo: string | null;
}

/**
 * Fields of ours, in the last column of a line: format, kind, answer, end, Call-ID, From tag, account, legs, caller,
 * called, authorisation, host redirected to, end of row. Columns before it are Kamailio's, which are not looked at.
 */
const FIELDS = 13;
const FORMAT = "1";
/** Without it a row was cut off, however complete it looks. */
const END_OF_ROW = ".";

const KINDS: Readonly<Record<string, JournalRow["kind"]>> = { S: "START", E: "END" };
const SECONDS = /^\d{9,11}\.\d{6}$/;
/** Numbers as networks know them: more than any has digits. Hosts as DNS knows them. */
const [LONGEST_NUMBER, LONGEST_HOST] = [100, 253];

/**
 * What a line of a journal says; null: nothing that can be read, as of one that was torn.
 * @param line without its end, one character for each byte
 */
export const parseRow = (line: string): JournalRow | null => {
  const fields = line.slice(line.lastIndexOf("|") + 1).split(";");
  const [format, kindText = "", answeredText = "", endedText = "", ...more] = fields;
  const [callIdText = "", fromTagText = "", , legsText = "", cli = "", cld = "", said = "", host = "", end] = more;
  const kind = KINDS[kindText];
  if (fields.length !== FIELDS || format !== FORMAT || end !== END_OF_ROW || kind === undefined) return null;
  const answered = instantOf(answeredText);
  const ended = kind === "END" ? instantOf(endedText) : null;
  const [callId, fromTag] = [textOf(callIdText), textOf(fromTagText)];
  const legs = legsOf(legsText);
  const authorised = authorisations.find((one) => one === said);
  if (answered === null || (kind === "END" && ended === null) || authorised === undefined) return null;
  if (!callId || fromTag === null || legs === null) return null;
  const numbers = { cli: textOf(cli), cld: textOf(cld), redirectedTo: textOf(host) };
  if (numbers.cli === null || numbers.cld === null || numbers.redirectedTo === null) return null;
  return {
    ...{ kind, callId, fromTag, answered, ended, legs, authorised },
    cli: numbers.cli.slice(0, LONGEST_NUMBER) || null,
    cld: numbers.cld.slice(0, LONGEST_NUMBER),
    redirectedTo: numbers.redirectedTo.slice(0, LONGEST_HOST) || null,
  };
};

/** Seconds since 1970 with six decimals; milliseconds are what is kept. */
const instantOf = (text: string): Instant | null => {
  if (!SECONDS.test(text)) return null;
  const [seconds = "", fraction = ""] = text.split(".");
  return new Date(Number.parseInt(seconds + fraction.slice(0, 3), 10)).toISOString();
};

/** `IN=ref`, `OUT=ref=number`, separated by commas. */
const legsOf = (text: string): JournalLeg[] | null => {
  const legs = text.split(",").map((part): JournalLeg | null => {
    const [name, refText = "", cldText, ...rest] = part.split("=");
    const leg = callLegs.find((one) => one === name);
    const ref = textOf(refText);
    const cld = cldText === undefined ? null : textOf(cldText);
    if (leg === undefined || ref === null || (cldText !== undefined && cld === null) || rest.length > 0) return null;
    return { leg, ref, cld: cld?.slice(0, LONGEST_NUMBER) ?? null };
  });
  const known = legs.filter((leg) => leg !== null);
  const isOnce = new Set(known.map(({ leg }) => leg)).size === legs.length;
  return isOnce ? known : null;
};

/** `%41` and `+` as in the query of an address. Bytes that are no UTF-8 become the characters of their numbers. */
const textOf = (field: string): string | null => {
  if (!/^(?:[\w.~+-]|%[0-9a-fA-F]{2})*$/.test(field)) return null;
  const spaced = field.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
};
