import { linesFrom } from "./files.js";

/** As billing takes them in one report, of each kind. */
const MOST_LINES = 500;
/** Bytes of them in JSON, of each kind; one line is taken however long it is (1.6 MB at most). */
const MOST_BYTES = 500_000;
/** Bytes of a report's lines in JSON: billing takes 2 MB with what stands beside them. */
const MOST_IN_ALL = 2_000_000;

/** In JSON: what is no ASCII takes two bytes for one, and what is no character six. */
const bytesOf = (line: string): number => Buffer.byteLength(JSON.stringify(line)) + 1;

/** Lines of a kind that a report is to have, counted as they come. */
export class ReportedLines {
  readonly lines: string[] = [];
  bytes = 0;

  get room(): number {
    return this.bytes < MOST_BYTES ? MOST_LINES - this.lines.length : 0;
  }

  /** Takes as many lines as fit. @returns how many */
  add(lines: readonly string[]): number {
    let taken = 0;
    for (const line of lines) {
      const bytes = bytesOf(line);
      if (this.room === 0 || (this.lines.length > 0 && this.bytes + bytes > MOST_BYTES)) break;
      this.lines.push(line);
      this.bytes += bytes;
      taken += 1;
    }
    return taken;
  }

  /** Takes whole lines of a file from an offset on, as many as there are and fit, up to 256 kB of them. */
  async read(path: string, offset: number): Promise<ReadLines> {
    const { lines, next, rest } = await linesFrom(path, offset, this.room);
    const taken = this.add(lines);
    if (taken === lines.length) return { next, isWhole: true, rest: lines.length === 0 ? rest : "" };
    // A character was read for each byte.
    return { next: lines.slice(0, taken).reduce((at, line) => at + line.length + 1, offset), isWhole: false, rest: "" };
  }
}

interface ReadLines {
  /** Where the next line begins. */
  readonly next: number;
  /** Whether all lines that were read fit. */
  readonly isWhole: boolean;
  /** What stands at the offset without an end of line, where there is no whole line. */
  readonly rest: string;
}

/** Parts of `lines` of which each fits into a report. */
export const inReports = (lines: readonly string[]): (readonly string[])[] => {
  const parts: string[][] = [];
  for (let at = 0; at < lines.length;) {
    const part = new ReportedLines();
    at += part.add(lines.slice(at, at + MOST_LINES));
    parts.push(part.lines);
  }
  return parts;
};

/** Those kinds that fit into a report, the first of them first: what has no room beside them waits for the next. */
export const fitting = <Kind extends { readonly bytes: number }>(kinds: readonly Kind[]): Kind[] => {
  let bytes = 0;
  return kinds.filter((kind) => {
    if (bytes > 0 && bytes + kind.bytes > MOST_IN_ALL) return false;
    bytes += kind.bytes;
    return true;
  });
};
