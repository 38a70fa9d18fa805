import { type ReportedCall } from "#domain/voice/xdr.js";
import { type JournalRow, parseRow } from "./row.js";

/** A leg of a call that is to be recorded, and what billing gave for it. */
export interface ReportedLeg {
  readonly call: ReportedCall;
  readonly ref: string;
}

/**
 * The legs of a call: one row may give two, that which came in to an account and that which went out from it. A start
 * gives legs whose end nobody saw.
 */
export const legsReported = (edge: string, row: JournalRow): ReportedLeg[] => {
  const { callId, fromTag, answered, ended, cli, callerHidden, authorised, redirectedTo } = row;
  return row.legs.map(({ leg, ref, cld }) => ({
    ref,
    call: {
      ...{ edge, callId, fromTag, leg, cli, callerHidden, cld: cld ?? row.cld },
      ...{ answered, ended, authorised, redirectedTo },
    },
  }));
};

/** Starts of calls whose ends have not been seen, as rows come in the order in which hours passed. */
export class OpenCalls {
  readonly #lines = new Map<string, string>();

  get size(): number {
    return this.#lines.size;
  }

  /** Takes a line of starts; what cannot be read is passed over. */
  start(line: string): void {
    const row = parseRow(line);
    if (row?.kind === "START") this.#lines.set(dialogOf(row), line);
  }

  /** Takes a line of ends, likewise. */
  end(line: string): void {
    const row = parseRow(line);
    if (row?.kind === "END") this.#lines.delete(dialogOf(row));
  }

  /** The starts that are left, as they were written. */
  lines(): string[] {
    return [...this.#lines.values()];
  }
}

const dialogOf = ({ callId, fromTag }: JournalRow): string => JSON.stringify([callId, fromTag]);
