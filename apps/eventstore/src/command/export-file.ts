import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { createInterface } from "node:readline";
import { errorCode, messageOf } from "../startup-failure.js";
import { Failure } from "./command.js";
import type { PortableEvent } from "./portable-event.js";

/**
 * An export is a file of lines of JSON: { "tenureEventstoreExport": 1 }, one line per event in the order of the log,
 * and { "end": true, "events": …, "sha256": … } over all lines before it, by which a truncated or changed file is
 * detected.
 */
const FIRST_LINE = { tenureEventstoreExport: 1 };

interface LastLine {
  readonly end: true;
  readonly events: number;
  readonly sha256: string;
}

const WRITE_AT = 256 * 1024;

export class ExportWriter {
  private readonly hash = createHash("sha256");
  private waiting = "";
  private events = 0;

  private constructor(private readonly file: FileHandle) {}

  /** Creates a new file. */
  static async create(path: string): Promise<ExportWriter> {
    const writer = new ExportWriter(await open(path, "wx"));
    await writer.line(FIRST_LINE);
    return writer;
  }

  async event(event: PortableEvent): Promise<void> {
    this.events++;
    await this.line(event);
  }

  /** Returns the number of events in the file, once it is on disk. */
  async end(): Promise<number> {
    this.hash.update(this.waiting);
    const last: LastLine = { end: true, events: this.events, sha256: this.hash.copy().digest("hex") };
    await this.file.appendFile(`${this.waiting}${JSON.stringify(last)}\n`);
    await this.file.sync();
    return this.events;
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private async line(value: object): Promise<void> {
    this.waiting += `${JSON.stringify(value)}\n`;
    if (this.waiting.length < WRITE_AT) return;
    this.hash.update(this.waiting);
    await this.file.appendFile(this.waiting);
    this.waiting = "";
  }
}

/** Reads a whole file and returns its number of events. Throws Failure unless it is complete. */
export const checkExport = async (path: string): Promise<number> => {
  const hash = createHash("sha256");
  let events = -1;
  let last: LastLine | undefined;
  for await (const line of linesOf(path)) {
    if (last) throw new Failure(`${path} goes on after its last line`);
    const value = parsed(line, path, events + 2);
    if (events < 0 && (value as Partial<typeof FIRST_LINE>).tenureEventstoreExport !== 1) {
      throw new Failure(`${path} is not an export of tenure-eventstore that this version can read`);
    }
    if ("end" in value) last = value as LastLine;
    else {
      events++;
      hash.update(`${line}\n`);
    }
  }
  if (!last) throw new Failure(`${path} has been cut off: its last line is missing`);
  if (last.events !== events || last.sha256 !== hash.digest("hex")) {
    throw new Failure(`${path} is not what was exported: its checksum does not match`);
  }
  return events;
};

/** The events of a file that has been checked. */
export async function* exportedEvents(path: string): AsyncGenerator<PortableEvent> {
  for await (const line of linesOf(path)) {
    const value = JSON.parse(line) as PortableEvent | LastLine | typeof FIRST_LINE;
    if ("position" in value) yield value;
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path);
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new Failure(`${path} cannot be read: ${messageOf(error)}`);
  } finally {
    input.destroy();
  }
}

const parsed = (line: string, path: string, number: number): object => {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Reported below.
  }
  throw new Failure(`line ${number} of ${path} is not JSON`);
};
