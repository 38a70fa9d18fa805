import { accountCommands } from "./accounts/commands.js";
import { callCommands, usageCommands } from "./calls/commands.js";
import { catalogCommands } from "./catalog/commands.js";
import { offerCommands } from "./catalog/offer-commands.js";
import { servicePolicyCommands } from "./catalog/service-policy-commands.js";
import { tariffCommands } from "./catalog/tariff-commands.js";
import { assigning } from "./commitments/assign.js";
import { pauseCommands } from "./commitments/pauses.js";
import { renewalCommands } from "./commitments/renewals.js";
import { terminationCommands } from "./commitments/terminations.js";
import { transferCommands } from "./commitments/transfers.js";
import { upgradeCommands } from "./commitments/upgrades.js";
import { customerCommands } from "./customers/commands.js";
import { edgeCommands } from "./edges/commands.js";
import { keyCommands } from "./keys/commands.js";
import { peopleCommands } from "./people/commands.js";
import { messagesCommands } from "./messages/commands.js";
import { ticketCommands } from "./tickets/commands.js";
import { providerCommands } from "./providers/commands.js";
import { documentDetailsCommands } from "./providers/document-details.js";
import { quarantineCommands } from "./providers/quarantine.js";
import { collectionCommands } from "./receivables/collection-commands.js";
import { receivablesCommands } from "./receivables/commands.js";

/** Every command by name, from the table of its aggregate. */
export const commands = {
  ...providerCommands,
  ...quarantineCommands,
  ...documentDetailsCommands,
  ...catalogCommands,
  ...offerCommands,
  ...servicePolicyCommands,
  ...tariffCommands,
  ...customerCommands,
  ...accountCommands,
  ...callCommands,
  ...usageCommands,
  ...assigning,
  ...pauseCommands,
  ...upgradeCommands,
  ...renewalCommands,
  ...transferCommands,
  ...terminationCommands,
  ...receivablesCommands,
  ...collectionCommands,
  ...messagesCommands,
  ...keyCommands,
  ...edgeCommands,
  ...peopleCommands,
  ...ticketCommands,
};

export type CommandName = keyof typeof commands;

/** Input of a command. */
export type InputOf<Name extends CommandName> = Parameters<(typeof commands)[Name]["target"]>[0];

/** Fields of a command's answer beyond its outcome. */
export type AnswerOf<Name extends CommandName> = (typeof commands)[Name] extends {
  answer?(...args: never): Promise<infer Answer extends object>;
}
  ? Answer
  : object;

/** What a command asks for: name and input. */
export type Request<Name extends CommandName = CommandName> = {
  readonly [Each in Name]: { readonly name: Each; readonly input: InputOf<Each> };
}[Name];

/** A command: a request with its idempotency key. */
export type Command<Name extends CommandName = CommandName> = Request<Name> & {
  /** Chosen by the caller; the same key from the same actor is the same command. */
  readonly idempotencyKey: string;
};
