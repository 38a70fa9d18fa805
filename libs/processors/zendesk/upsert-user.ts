import { type Customer } from "#domain/customers/customer.js";
import { recordUntouched } from "#domain/customers/link-zendesk.js";
import { type ZendeskUntouchedBecause } from "#domain/customers/zendesk-events.js";
import { type Answer } from "../deliveries/target.js";
import { type User } from "./records.js";
import { contactIdOf, END_USER, usersBy } from "./users.js";
import { ask, customerOf, record, type Work } from "./work.js";

const because: Readonly<Record<ZendeskUntouchedBecause, string>> = {
  NOT_END_USER: "is no end user",
  OTHER_ORGANIZATION: "belongs to another organization",
  OTHER_USER: "is not the one that stands for the customer's contact",
};

/**
 * Brings the user that stands for the customer's contact to what the contact is now. Whoever has the address is looked
 * up first: one who is no end user, or belongs to somebody else, is left as it is, and a person has to look at it.
 */
export const upsertUser = async (work: Work): Promise<Answer> => {
  const customer = await customerOf(work);
  const organizationId = customer.zendesk?.link?.organizationId;
  if (organizationId === undefined) return { outcome: "DISCARDED", reason: "The customer is not linked." };
  const { name, email, phone } = customer.contact;
  const externalId = contactIdOf(customer.customerId);
  const own = (await usersBy(work, { external_id: externalId })).find((user) => user.external_id === externalId);
  const holder =
    email === null
      ? undefined
      : (await usersBy(work, { query: `email:"${email}"` })).find(
          (user) => user.email?.toLowerCase() === email.toLowerCase(),
        );
  if (!own && email === null && phone === null) {
    return { outcome: "DISCARDED", reason: "The customer has neither an e-mail address nor a phone number any more." };
  }
  for (const user of [holder, own]) {
    const untouched = user && untouchedBecause(user, { organizationId, externalId, own });
    if (untouched) return leave(work, { userId: String(user.id), because: untouched });
  }
  const user = {
    name,
    ...(email !== null && { email }),
    // A number that somebody put there stays where the user was not ours before.
    ...((phone !== null || own) && { phone }),
    ...{ external_id: externalId, organization_id: Number(organizationId) },
    ...{ role: END_USER, skip_verify_email: true },
  };
  await ask(work, { method: "POST", path: "/users/create_or_update", body: { user } });
  return { outcome: "DELIVERED" };
};

const untouchedBecause = (
  user: User,
  { organizationId, externalId, own }: { organizationId: string; externalId: string; own: User | undefined },
): ZendeskUntouchedBecause | null => {
  if (user.role !== END_USER) return "NOT_END_USER";
  if (user.organization_id !== null && String(user.organization_id) !== organizationId) return "OTHER_ORGANIZATION";
  const isAnothers = user.external_id !== null && user.external_id !== "" && user.external_id !== externalId;
  return isAnothers || (own && own.id !== user.id) ? "OTHER_USER" : null;
};

const leave = async (
  work: Work,
  untouched: { readonly userId: string; readonly because: ZendeskUntouchedBecause },
): Promise<Answer> => {
  await record(work, "recordZendeskContactUntouched", (state: Customer, now) => recordUntouched(untouched, state, now));
  const reason = `A person has to look at the contact: the user ${untouched.userId} ${because[untouched.because]}, and was left as it is.`;
  return { outcome: "DISCARDED", reason };
};
