import { linkHashOf, linkSecret } from "#application/people/link-secret.js";
import { personEvolver } from "#domain/people/person.js";
import { type RecordedEvent } from "#event-store/event.js";
import { loadAggregate } from "#event-store/fold.js";
import { createFacts } from "#read-models/facts/facts.js";
import { type Sources } from "../deliveries/target.js";
import { type Mailbox } from "./composed.js";
import { type SignIn } from "./occasion.js";

/** A link for a person, and where it goes; or why it goes nowhere. */
export type SignInMail = { readonly to: Mailbox; readonly signIn: SignIn } | { readonly discard: string };

const REMOVED = { discard: "The person was removed." };
const USELESS = { discard: "The link does not count any more." };

/**
 * @param event that issued the link
 * @param origin of the address at which it lets in
 */
export const signInMail = async (
  { store, dataSource }: Sources,
  provider: string,
  { stream, data }: RecordedEvent & { readonly type: "PersonLinkIssued" },
  origin: string,
): Promise<SignInMail> => {
  const [{ state: person }, providerSecret] = await Promise.all([
    loadAggregate(store, stream, personEvolver),
    createFacts(dataSource).identifierKey(provider),
  ]);
  if (!person) throw new Error("its person is not there.");
  if (person.removedBecause !== null) return REMOVED;
  const { linkId, expiresAt, secretHash } = data;
  const secret = linkSecret(providerSecret, linkId);
  // Links of a secret that was lost with a database: the address would not let in.
  if (linkHashOf(secret) !== secretHash || expiresAt <= new Date().toISOString()) return USELESS;
  const signIn = { name: person.name, link: `${origin}/#link=${secret}`, expiresAt };
  return { to: { name: person.name, address: person.email }, signIn };
};
