import { type EventCategory } from "#event-store/catalogue.js";
import { type AnyRecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { namedKinds, type NamedKind, type Naming } from "#history/speaker.js";
import { type Plain } from "../graphql/plain.js";
import { type HistorySubject, type HistorySubjectName } from "./models.js";

/** What the id in a stream's name is the id of; the others are told by the data of their events. */
const BY_CATEGORY: Readonly<Record<Exclude<EventCategory, "lifecycle" | "identifier" | "ticket">, HistorySubjectName>> =
  {
    provider: "PROVIDER",
    quarantine: "PROVIDER",
    documentdetails: "PROVIDER",
    register: "PROVIDER",
    calls: "PROVIDER",
    usage: "ACCOUNT",
    subscription: "PLAN",
    addonproduct: "ADD_ON_PRODUCT",
    volumediscountplan: "VOLUME_DISCOUNT_PLAN",
    mainproduct: "MAIN_PRODUCT",
    customerclass: "CUSTOMER_CLASS",
    offer: "OFFER",
    servicepolicy: "SERVICE_POLICY",
    tariff: "TARIFF",
    rates: "TARIFF",
    mailtemplate: "MAIL_TEMPLATE",
    edge: "EDGE",
    key: "KEY",
    person: "PERSON",
    customer: "CUSTOMER",
    receivables: "CUSTOMER",
    account: "ACCOUNT",
    commitment: "COMMITMENT",
  };

const isNamed = (kind: string): kind is NamedKind => namedKinds.some((named) => named === kind);

const told = (kind: HistorySubjectName, id: string, naming: Naming): Plain<HistorySubject> => ({
  kind,
  id,
  name: isNamed(kind) ? naming(kind, id) : null,
});

export const subjectOf = ({ stream, data }: AnyRecordedEvent, naming: Naming): Plain<HistorySubject> => {
  const { provider, category, id } = parseStreamName(stream);
  if ("ownerId" in data) return told("ACCOUNT", data.ownerId, naming);
  if (category === "lifecycle") return told("commitmentId" in data ? "COMMITMENT" : "CUSTOMER", id, naming);
  // Requests for help are the customer's.
  if (category === "ticket") return told("CUSTOMER", "customerId" in data ? data.customerId : id, naming);
  const kind = BY_CATEGORY[category as keyof typeof BY_CATEGORY];
  return told(kind, kind === "PROVIDER" ? provider : id, naming);
};
