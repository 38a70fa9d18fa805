import { type Answer, type Content, type DeliveryTo } from "../deliveries/target.js";
import { whileContended, type ZendeskClient } from "./client.js";
import { type ZendeskTarget } from "./clients.js";
import { shownConfiguration } from "./configuration.js";
import { adoptEarlierTickets, createTicket, prepareTicket } from "./create-ticket.js";
import { eventOf } from "./event-of.js";
import { ZendeskFailure } from "./failure.js";
import { linkOrganization, unlinkOrganization } from "./link-organization.js";
import { OneAtATime } from "./one-at-a-time.js";
import { upsertOrganization } from "./upsert-organization.js";
import { upsertUser } from "./upsert-user.js";
import { verifyZendesk } from "./verify.js";
import { type Work } from "./work.js";

/** Read models that say what a customer's organization is to be. */
const READS = ["providers", "customers", "accounts"];

/**
 * The target ZENDESK: customers as organizations, their contacts as users (docs/integrations.md#zendesk), requests for
 * help as tickets. What is sent of a customer is what it is at that moment, so that a repetition does no harm.
 * @param clients of the providers for which Zendesk is enabled
 * @param origin of the addresses that links to customers lead to
 * @param now the system's time in milliseconds
 */
export const zendeskTarget = (
  clients: ReadonlyMap<string, ZendeskClient>,
  origin: string,
  now: () => number = Date.now,
): ZendeskTarget => {
  const required = (provider: string): ZendeskClient => {
    const client = clients.get(provider);
    if (!client) throw new Error("Zendesk is not enabled for this provider.");
    return client;
  };
  const organizations = new OneAtATime();
  return {
    name: "ZENDESK",
    clientOf: (provider) => clients.get(provider),
    isOn: (provider) => clients.has(provider),
    configuration: (provider) => {
      const client = clients.get(provider);
      return client ? shownConfiguration(client.configuration) : [];
    },
    reads: READS,
    // What is sent of a customer depends on it at the moment of each try; a ticket is the same on every one.
    prepare: async (given, sources) => {
      const delivery = given as DeliveryTo<"ZENDESK">;
      return delivery.kind === "TICKET_CREATED" ? prepareTicket(delivery, sources, now()) : { content: {} };
    },
    async send(content, given, signal, sending) {
      const delivery = given as DeliveryTo<"ZENDESK">;
      const work: Work = { client: required(delivery.provider), delivery, sending, signal, origin };
      try {
        return await whileContended(() => perform(work, content, now(), organizations));
      } catch (error) {
        if (error instanceof ZendeskFailure) return error.meaning;
        throw error;
      }
    },
    verify: (provider, signal) => verifyZendesk(required(provider), signal),
  };
};

const perform = async (work: Work, content: Content, now: number, organizations: OneAtATime): Promise<Answer> => {
  const { provider } = work.delivery;
  switch (work.delivery.kind) {
    case "ORGANIZATION_UPSERTED":
      return upsertOrganization(work);
    case "USER_UPSERTED":
      return upsertUser(work);
    case "TICKET_CREATED":
      return createTicket(work, content, now);
    case "ORGANIZATION_LINKED": {
      const event = await eventOf(work.delivery, work.sending.store);
      if (event.type !== "CustomerLinkedToZendesk") throw new Error("its event is another one.");
      const { organizationId } = event.data;
      const answer = await organizations.run(`${provider} ${organizationId}`, () => linkOrganization(work, event));
      if (answer.outcome === "DELIVERED") await adoptEarlierTickets(work, organizationId);
      return answer;
    }
    case "ORGANIZATION_UNLINKED": {
      const event = await eventOf(work.delivery, work.sending.store);
      const isOne = event.type === "CustomerLinkedToZendesk" || event.type === "CustomerUnlinkedFromZendesk";
      if (!isOne) throw new Error("its event is another one.");
      const left = event.type === "CustomerUnlinkedFromZendesk" ? event.data : event.data.replaced;
      if (!left) return { outcome: "DELIVERED" };
      return organizations.run(`${provider} ${left.organizationId}`, () => unlinkOrganization(work, left));
    }
  }
};
