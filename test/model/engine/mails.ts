import { holderOn } from "#domain/commitments/holders.js";
import { type RecordedEvent } from "#event-store/event.js";
import { mailsOf } from "#processors/deliveries/mails.js";
import { type World } from "./world.js";

/** As the processor does it: the mails that an event makes. @param event before it is folded into its customer */
export const sendMails = (world: World, event: RecordedEvent): void => {
  world.mails.push(
    ...mailsOf(event, {
      customer: (customerId) => world.customers.get(customerId),
      holderOn: (commitmentId, day) => {
        const commitment = world.all("commitment").get(commitmentId);
        return commitment && holderOn(commitment, day).customerId;
      },
    }),
  );
};
