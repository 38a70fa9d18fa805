import { type RejectionCode } from "#domain/rejection.js";
import { type Client, Refused } from "../../client.js";
import { type Refusable } from "../items.js";
import { type Difference } from "../observed.js";
import { type NameKind } from "../schema/values.js";
import { type Command } from "./command.js";
import { Ids, NotThere } from "./ids.js";

/** Executes commands, and returns the id of each command's aggregate. @throws Refused */
export type Sender = Pick<Client, "mutate">;

/** A scenario in progress: ids created so far, and differences from the file. */
export class Session<Receiver extends Sender = Client> {
  constructor(
    readonly client: Receiver,
    /** The idempotency key of a command: unique to the run, the file and the command. */
    private readonly keyOf: (command: Command) => string,
    readonly differences: Difference[],
    readonly ids = new Ids(),
  ) {}

  /** Sends a command and keeps the id of what it creates by its name. */
  async send(command: Command): Promise<string> {
    const { name, input, makes, answers } = command;
    const id = await this.client.mutate(name, input, this.keyOf(command), answers);
    if (makes) this.ids.set(makes[0], makes[1], id);
    return id;
  }

  /**
   * Executes one item of the file, and records a difference when it is refused unexpectedly, accepted unexpectedly, or
   * refused with another code. Later items that depend on it are recorded as not run.
   */
  async attempt({ line, rejected }: Refusable, where: string, act: () => Promise<void>): Promise<void> {
    const expected = rejected === undefined ? "accepted" : `rejected: ${rejected}`;
    const observed = await outcomeOf(act, rejected);
    if (observed !== expected) this.differences.push({ line, where, expected, observed });
  }

  /** As `attempt`, for an item whose name is that of what the command creates. */
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
