import { askBilling, type Billing } from "./billing.js";

/** What billing made of a report (docs/voice.md#journal). */
export interface Taken {
  readonly recorded: number;
  readonly repeated: number;
  readonly differing: readonly string[];
  readonly unreadable: number;
}

export interface Report {
  readonly ended: readonly string[];
  readonly interrupted: readonly string[];
}

/** Nobody took the report; it may have been recorded, or kept, all the same. */
export class NotTaken extends Error {
  override readonly name = "NotTaken";
}

/** Sends reports to whichever copy of the API takes them, first to the one that took the last. */
export class Poster {
  #first = 0;

  /** @param path of the API's listener for edges */
  constructor(
    private readonly billing: Billing,
    private readonly path: string,
    private readonly now: () => Date,
  ) {}

  /**
   * Once it returns, billing has what the report says.
   * @returns what billing answers
   * @throws NotTaken, with what each copy said
   */
  async post(report: object): Promise<unknown> {
    const { addresses } = this.billing;
    const said: string[] = [];
    for (let tried = 0; tried < addresses.length; tried += 1) {
      const at = (this.#first + tried) % addresses.length;
      const address = addresses[at] ?? "";
      try {
        const taken = await this.#send(address, report);
        this.#first = at;
        return taken;
      } catch (error) {
        said.push(`${address}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    throw new NotTaken(said.join("; "));
  }

  async #send(address: string, report: object): Promise<unknown> {
    const { status, text } = await askBilling(this.billing, address, this.path, {
      sentAt: this.now().toISOString(),
      ...report,
    });
    if (status === 200) return JSON.parse(text) as unknown;
    throw new Error(`${status} ${text.slice(0, 200)}`);
  }
}
