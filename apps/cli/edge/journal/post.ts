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

/** Nobody took the report; it may have been recorded all the same. */
export class NotTaken extends Error {
  override readonly name = "NotTaken";
}

/** Sends reports to whichever copy of the API takes them, first to the one that took the last. */
export class Poster {
  #first = 0;

  constructor(
    private readonly billing: Billing,
    private readonly now: () => Date,
  ) {}

  /** Once it returns, the calls are in the event store. @throws NotTaken, with what each copy said */
  async post(report: Report): Promise<Taken> {
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

  async #send(address: string, report: Report): Promise<Taken> {
    const { status, text } = await askBilling(this.billing, address, "/edge/v1/journal", {
      sentAt: this.now().toISOString(),
      ...report,
    });
    if (status === 200) return JSON.parse(text) as Taken;
    throw new Error(`${status} ${text.slice(0, 200)}`);
  }
}
