import { type RecordedEvent } from "#event-store/event.js";
import { type Answer, type DeliveryTo } from "../deliveries/target.js";
import { whileContended, type ZendeskClient } from "./client.js";
import { type ZendeskTarget } from "./clients.js";
import { shownConfiguration } from "./configuration.js";
import { ZendeskFailure } from "./failure.js";
import { linkOrganization, unlinkOrganization } from "./link-organization.js";
import { upsertOrganization } from "./upsert-organization.js";
import { upsertUser } from "./upsert-user.js";
import { verifyZendesk } from "./verify.js";
import { type Work } from "./work.js";

/** Read models that say what a customer's organization is to be. */
const READS = ["providers", "customers", "accounts"];

/**
 * The target ZENDESK: customers as organizations, their contacts as users (docs/integrations.md#zendesk). What is sent is
 * what the customer is at that moment, so that a repetition does no harm.
 * @param clients of the providers for which Zendesk is enabled
 * @param origin of the addresses that links to customers lead to
 */
export const zendeskTarget = (clients: ReadonlyMap<string, ZendeskClient>, origin: string): ZendeskTarget => {
  const required = (provider: string): ZendeskClient => {
    const client = clients.get(provider);
    if (!client) throw new Error("Zendesk is not enabled for this provider.");
    return client;
  };
  return {
    name: "ZENDESK",
    clientOf: (provider) => clients.get(provider),
    isOn: (provider) => clients.has(provider),
    configuration: (provider) => {
      const client = clients.get(provider);
      return client ? shownConfiguration(client.configuration) : [];
    },
    reads: READS,
    // What is sent depends on the customer at the moment of each try.
    prepare: () => Promise.resolve({ content: {} }),
    async send(_content, given, signal, sending) {
      const delivery = given as DeliveryTo<"ZENDESK">;
      const work: Work = { client: required(delivery.provider), delivery, sending, signal, origin };
      try {
        return await whileContended(() => perform(work));
      } catch (error) {
        if (error instanceof ZendeskFailure) return error.meaning;
        throw error;
      }
    },
    verify: (provider, signal) => verifyZendesk(required(provider), signal),
  };
};

const perform = async (work: Work): Promise<Answer> => {
  switch (work.delivery.kind) {
    case "ORGANIZATION_UPSERTED":
      return upsertOrganization(work);
    case "USER_UPSERTED":
      return upsertUser(work);
    case "ORGANIZATION_LINKED": {
      const event = await eventOf(work);
      if (event.type !== "CustomerLinkedToZendesk") throw new Error("its event is another one.");
      return linkOrganization(work, event);
    }
    case "ORGANIZATION_UNLINKED": {
      const event = await eventOf(work);
      const isOne = event.type === "CustomerLinkedToZendesk" || event.type === "CustomerUnlinkedFromZendesk";
      if (!isOne) throw new Error("its event is another one.");
      return unlinkOrganization(work, event);
    }
  }
};

const eventOf = async ({ delivery: { event }, sending }: Work): Promise<RecordedEvent> => {
  const [recorded] = await sending.store.readStream(event.stream, { from: event.revision, limit: 1 });
  if (recorded?.id !== event.id) throw new Error("its event is not there.");
  return recorded;
};
