import { type DeliveryStatus } from "#processors/deliveries/operators.js";
import { type DeliveryKind, type TargetName } from "#processors/deliveries/target.js";
import { enumOf } from "../graphql/enums.js";

export const TargetNameEnum = enumOf<TargetName>("TargetName", "A system outside that deliveries go to.", {
  EMAIL: "Mails to customers.",
  ODOO: "Signals to Odoo CRM.",
  ZENDESK: "Organizations, users and tickets of Zendesk.",
});

export const DeliveryStatusEnum = enumOf<DeliveryStatus>("DeliveryStatus", "What became of a delivery.", {
  PENDING: "It is to be sent.",
  DELIVERED: "The target has taken it; it is never sent again.",
  PARKED: "It was given up until an operator decides, and holds its customer's later ones to the target.",
  DISCARDED: "It is never sent.",
});

export const DeliveryKindEnum = enumOf<DeliveryKind>("DeliveryKind", "What is delivered to a target.", {
  INVOICE_GENERATED: "An invoice was issued.",
  INVOICE_OVERDUE: "An invoice is overdue.",
  REMINDER: "A reminder of an unpaid invoice.",
  ABOUT_TO_BE_SUSPENDED: "The customer is suspended soon unless it pays.",
  SUSPENDED: "The customer was suspended.",
  COMMITMENT_ENDING_SOON: "A commitment's discount ends soon.",
  COMMITMENT_TERMINATED: "A commitment was terminated.",
  DISCOUNT_ENDED: "A commitment's discount has ended.",
  PAYMENT_RECEIVED: "A payment was received.",
  SIGN_IN_LINK: "A link lets a person in.",
  CUSTOMER_SUSPENDED: "The customer's service is blocked: a system of operators is told.",
  CUSTOMER_UNSUSPENDED: "The customer's service is back: a system of operators is told.",
  ORGANIZATION_UPSERTED: "The customer's organization is made, or kept as the customer is.",
  USER_UPSERTED: "The user of the customer's contact is made, or kept as the contact is.",
  ORGANIZATION_LINKED: "An organization gets the customer's id and address, because somebody linked it.",
  ORGANIZATION_UNLINKED: "An organization loses the customer's id and address.",
  TICKET_CREATED: "A ticket is opened, because the customer asked for help.",
});
