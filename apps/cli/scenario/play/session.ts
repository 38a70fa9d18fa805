import { type RejectionCode } from "#domain/rejection.js";
import { type Client, Refused } from "../client.js";
import { type Refusable } from "../items.js";
import { type Difference } from "../observed.js";
import { type NameKind } from "../validate/names.js";
import { type Command } from "./command.js";
import { Ids, NotThere } from "./ids.js";

/** One scenario being played: what exists so far, and what did not go as the file says. */
export class Session {
  readonly ids = new Ids();
  private sent = 0;

  constructor(
    readonly client: Client,
    /** Unique to the run and the file: the beginning of its idempotency keys. */
    private readonly key: string,
    readonly differences: Difference[],
  ) {}

  /** Sends a command; what it makes is known by its name from then on. */
  async send({ name, input, makes }: Command): Promise<string> {
    this.sent += 1;
    const id = await this.client.mutate(name, input, `${this.key}/${this.sent}`);
    if (makes) this.ids.set(makes[0], makes[1], id);
    return id;
  }

  /**
   * Does one thing of the file, and notes where it is refused though it should not be, or not refused though it should,
   * or with another code. The run goes on: what depends on it is noted as not run.
   */
  async attempt({ line, rejected }: Refusable, where: string, act: () => Promise<void>): Promise<void> {
    const expected = rejected === undefined ? "accepted" : `rejected: ${rejected}`;
    const observed = await outcomeOf(act, rejected);
    if (observed !== expected) this.differences.push({ line, where, expected, observed });
  }

  /** As `attempt`, for an item whose name stands for what the command makes. */
  make(item: Refusable & { readonly name: string }, kind: NameKind, command: string, input: () => object) {
    return this.attempt(item, `${command} ${item.name}`, async () => {
      await this.send({ name: command, input: input(), makes: [kind, item.name] });
    });
  }
}

const outcomeOf = async (act: () => Promise<void>, expected: RejectionCode | undefined): Promise<string> => {
  try {
    await act();
    return "accepted";
  } catch (error) {
    if (error instanceof NotThere) return `not run: ${error.message}`;
    if (!(error instanceof Refused)) throw error;
    return error.code === expected ? `rejected: ${error.code}` : `rejected: ${error.code} (${error.message})`;
  }
};
