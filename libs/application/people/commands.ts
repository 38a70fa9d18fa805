import { randomUUID } from "node:crypto";
import {
  type GivenPerson,
  invitePerson,
  personEvolver,
  removePerson,
  requirePerson,
  requireReasonToRemove,
} from "#domain/people/person.js";
import { commandsOn } from "../command/definition.js";
import { newLink } from "./new-link.js";

export interface InvitePerson extends GivenPerson {
  readonly customerId: string;
}
export interface RemovePerson {
  readonly personId: string;
  readonly reason: string;
}

const command = commandsOn("person", personEvolver);

/** Commands on the people of customers, decided by the system's time: links and sessions know no test clock. */
export const peopleCommands = {
  invitePerson: command({
    inSystemTime: true,
    check: (input: InvitePerson) => {
      requirePerson(input);
    },
    target: (_input: InvitePerson, { newId }) => newId("person"),
    facts: async ({ customerId, email }, { facts, providerId }) => ({
      isTaken: await facts.hasPerson(providerId, customerId, email.trim()),
      customer: (await facts.accountFacts(providerId, customerId, null)).customer,
      link: newLink(await facts.identifierKey(providerId), randomUUID()),
    }),
    decide: (input, { id, systemNow, facts: { customer, isTaken, link } }) =>
      invitePerson({ ...input, personId: id, link, now: systemNow }, customer, isTaken),
  }),
  removePerson: command({
    inSystemTime: true,
    check: ({ reason }: RemovePerson) => {
      requireReasonToRemove(reason);
    },
    target: ({ personId }: RemovePerson) => personId,
    decide: ({ reason }, { state, systemNow }) => removePerson({ reason, now: systemNow }, state),
  }),
};
