import { type LocalDate } from "#domain/calendar.js";
import { type CustomerFact, exemptFromCollection, exemptionEvolver, promiseToPay } from "#domain/collection/decide.js";
import { commandsOn, type Loading } from "../command/definition.js";

export interface PromiseToPay {
  readonly customerId: string;
  /** The last day through which collection waits. */
  readonly by: LocalDate;
  readonly note?: string | null;
}
export interface ExemptFromCollection {
  readonly customerId: string;
  readonly exempt: boolean;
  readonly reason?: string | null;
}

const command = commandsOn("receivables", exemptionEvolver);

const customerOf = async (customerId: string, { facts, providerId }: Loading<unknown>): Promise<CustomerFact> => ({
  customer: (await facts.accountFacts(providerId, customerId, null)).customer,
});

const textOf = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

export const collectionCommands = {
  promiseToPay: command({
    target: ({ customerId }: PromiseToPay) => customerId,
    facts: ({ customerId }, loading) => customerOf(customerId, loading),
    decide: ({ by, note }, { now, facts }) => promiseToPay({ by, note: textOf(note), now }, facts),
  }),
  exemptFromCollection: command({
    target: ({ customerId }: ExemptFromCollection) => customerId,
    facts: ({ customerId }, loading) => customerOf(customerId, loading),
    decide: ({ exempt, reason }, { state, now, facts }) =>
      exemptFromCollection({ exempt, reason: textOf(reason), now }, state, facts),
  }),
};
