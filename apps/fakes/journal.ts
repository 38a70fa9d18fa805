import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * What changed a fake, a line of JSON for each request, in a file that its next start reads: the fake does it all again
 * and is as it was. Without a file nothing is kept.
 */
export class Journal<Entry extends object> {
  constructor(private readonly file: string | undefined) {}

  /** In the order in which they came. A last line that a killed fake wrote in part is taken away. */
  read(): Entry[] {
    const text = this.#text();
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (this.file !== undefined && whole !== text) writeFileSync(this.file, whole);
    return whole
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Entry);
  }

  /** Returns when it is kept: before the request is answered. */
  append(entry: Entry): void {
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
  }

  clear(): void {
    if (this.file !== undefined) rmSync(this.file, { force: true });
  }

  #text(): string {
    if (this.file === undefined) return "";
    try {
      return readFileSync(this.file, "utf8");
    } catch (error) {
      if ((error as { code?: unknown }).code === "ENOENT") return "";
      throw error;
    }
  }
}
