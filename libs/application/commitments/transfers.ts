import { type LocalDate } from "#domain/calendar.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { transferCommitment } from "#domain/commitments/transfer.js";
import { type Reason } from "../command/closed-days.js";
import { commandsOn } from "../command/definition.js";
import { billingAndNamed } from "./facts.js";

export interface TransferCommitment extends Reason {
  readonly commitmentId: string;
  /** The account that holds it from then on, of the same or another customer. */
  readonly toAccountId: string;
  /** The first day charged to that account; today unless given. */
  readonly effectiveOn?: LocalDate;
}

const command = commandsOn("commitment", commitmentEvolver);

export const transferCommands = {
  transferCommitment: command({
    bills: true,
    target: ({ commitmentId }: TransferCommitment) => commitmentId,
    facts: ({ toAccountId }, loading) => billingAndNamed(loading, { accountId: toAccountId }),
    decide: (input, { state, now, facts }) => transferCommitment({ ...input, now }, state, facts),
  }),
};
