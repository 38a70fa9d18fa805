import { type NodeKind } from "#read-models/nodes.js";
import { type Kind } from "./messages.js";

/**
 * Not API keys: whether one can be seen depends on who asks. Nor people, who are read with their customer, nor calls,
 * which are read in lists.
 */
type KindOfNode = Exclude<Kind, "key" | "person" | "call">;

/** What each kind of the read models is called here, and in the schema. */
export const nodeKinds: { readonly [Each in NodeKind]: { readonly kind: KindOfNode; readonly type: string } } = {
  provider: { kind: "provider", type: "Provider" },
  subscription: { kind: "plan", type: "Plan" },
  addonproduct: { kind: "addOnProduct", type: "AddOnProduct" },
  volumediscountplan: { kind: "volumeDiscountPlan", type: "VolumeDiscountPlan" },
  mainproduct: { kind: "mainProduct", type: "MainProduct" },
  customerclass: { kind: "customerClass", type: "CustomerClass" },
  offer: { kind: "offer", type: "Offer" },
  servicepolicy: { kind: "servicePolicy", type: "ServicePolicy" },
  tariff: { kind: "tariff", type: "Tariff" },
  edge: { kind: "edge", type: "SipEdge" },
  mailtemplate: { kind: "mailTemplate", type: "MailTemplate" },
  customer: { kind: "customer", type: "Customer" },
  account: { kind: "account", type: "Account" },
  commitment: { kind: "commitment", type: "Commitment" },
  invoice: { kind: "invoice", type: "Invoice" },
  creditnote: { kind: "creditNote", type: "CreditNote" },
  payment: { kind: "payment", type: "Payment" },
  refund: { kind: "refund", type: "Refund" },
};
