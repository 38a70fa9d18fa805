import { customerEvolver } from "#domain/customers/customer.js";
import { holderOn } from "#domain/commitments/holders.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Facts } from "#processors/deliveries/facts.js";
import { mailsOf } from "#processors/deliveries/mails.js";
import { odooSignalsOf } from "#processors/deliveries/odoo-signals.js";
import { toldAfter } from "#processors/deliveries/suspensions-told.js";
import { zendeskMessagesOf } from "#processors/deliveries/zendesk-messages.js";
import { type World } from "./world.js";

/** As the processor does it: what an event tells systems outside. @param event before it is folded */
export const tell = (world: World, event: RecordedEvent): void => {
  const { blocked } = world;
  const facts: Facts = {
    customer: (customerId) => world.customers.get(customerId),
    holderOn: (commitmentId, day) => {
      const commitment = world.all("commitment").get(commitmentId);
      return commitment && holderOn(commitment, day).customerId;
    },
    suspensionTold: (customerId) => blocked.has(customerId),
    // Zendesk is on from the beginning.
    wasProvisioned: () => true,
  };
  world.mails.push(...mailsOf(event, facts));
  world.odoo.push(...odooSignalsOf(event, facts));
  world.zendesk.push(...zendeskMessagesOf(event, facts));
  if (!isOf(event, "customer") && !(isOf(event, "lifecycle") && "customerId" in event.data)) return;
  const { id } = parseStreamName(event.stream);
  const before = world.customers.get(id) ?? null;
  const customer = isOf(event, "customer") ? customerEvolver.evolve(before, event, event.id) : before;
  if (customer && toldAfter(event, customer, blocked.has(id))) blocked.add(id);
  else blocked.delete(id);
};
