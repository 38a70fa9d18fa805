import { type MailKind } from "#domain/messages/events.js";
import { type Speaker } from "#history/speaker.js";
import { type OutsideKind } from "#history/words/words.js";
import { type ShownDelivery } from "#processors/deliveries/operators.js";
import { type DeliveryKind } from "#processors/deliveries/target.js";

type Outside = `ODOO.${DeliveryKind<"ODOO">}` | `ZENDESK.${DeliveryKind<"ZENDESK">}`;

/** What was sent, and what became of it. */
export const deliveryText = ({ target, kind, status }: ShownDelivery, { words }: Speaker): string => {
  // A kind that the words lack does not compile.
  const what =
    target === "EMAIL"
      ? words.mailSent(words.mails[kind as MailKind])
      : words.outside[`${target}.${kind}` as Outside satisfies OutsideKind];
  return words.delivery(what, words.deliveryStatus[status]);
};
