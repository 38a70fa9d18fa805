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

export interface Billing {
  /** Addresses of the API's listener for edges, such as `http://127.0.0.1:4010`; each is tried where another fails. */
  readonly addresses: readonly string[];
  readonly edge: string;
  readonly secret: string;
}

const WITHIN_MS = 5_000;

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
    const { edge, secret } = this.billing;
    const response = await fetch(`${address}/edge/v1/journal`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${edge}:${secret}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ sentAt: this.now().toISOString(), ...report }),
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    if (response.status === 200) return (await response.json()) as Taken;
    const text = await response.text();
    throw new Error(`${response.status} ${text.slice(0, 200)}`);
  }
}
