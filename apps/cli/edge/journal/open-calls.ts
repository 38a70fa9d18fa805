import { OpenCalls } from "#application/calls/journal/pairs.js";
import { type JournalFile, linesFrom } from "./files.js";

/** A file that is read line by line, in the order in which it was written. */
class Reader {
  #lines: readonly string[] = [];
  #at = 0;
  #offset = 0;

  constructor(readonly file: JournalFile) {}

  /** The next line; undefined: there is none, or one that was torn. */
  async line(): Promise<string | undefined> {
    if (this.#at >= this.#lines.length) {
      const { lines, next } = await linesFrom(this.file.path, this.#offset);
      [this.#lines, this.#at, this.#offset] = [lines, 0, next];
    }
    return this.#lines[this.#at];
  }

  pass(): void {
    this.#at += 1;
  }
}

/** When a line was written: the fourth column of ours, or the third of a start. Lines of one file are in this order. */
const writtenAt = (line: string): string => {
  const [, , answered = "", ended = ""] = line.slice(line.lastIndexOf("|") + 1).split(";");
  return ended === "" ? answered : ended;
};

/**
 * Starts without an end in the files of a boot. All files are read side by side by time, so that no more calls are
 * remembered than were open at once.
 */
export const callsLeftOpen = async (files: readonly JournalFile[]): Promise<string[]> => {
  const open = new OpenCalls();
  const readers = new Set(files.filter(({ kind }) => kind !== "fails").map((file) => new Reader(file)));
  for (;;) {
    let first: { readonly reader: Reader; readonly line: string; readonly at: string } | undefined;
    for (const reader of readers) {
      const line = await reader.line();
      if (line === undefined) readers.delete(reader);
      else {
        const at = writtenAt(line);
        // At the same instant a start is before an end.
        if (!first || at < first.at || (at === first.at && reader.file.kind === "starts")) first = { reader, line, at };
      }
    }
    if (!first) return open.lines();
    const { reader, line } = first;
    if (reader.file.kind === "starts") open.start(line);
    else open.end(line);
    reader.pass();
  }
};
