import { dateOf, type Instant } from "../calendar.js";
import { type Customer } from "../customers/customer.js";
import { isEmailAddress } from "../email-address.js";
import { type Evolver } from "../event.js";
import { requireText } from "../input.js";
import { checkAll, reject } from "../rejection.js";
import {
  type OpenIdAccount,
  type PersonAccountLinked,
  type PersonEvent,
  type PersonInvited,
  type PersonLinkIssued,
  type PersonLinkUsed,
  type PersonRemoved,
} from "./events.js";

/** A link that was sent, without its secret. */
export interface SignInLink {
  readonly linkId: string;
  readonly secretHash: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly isUsed: boolean;
}

/** A person who acts for a customer. */
export interface Person {
  readonly personId: string;
  readonly customerId: string;
  readonly name: string;
  readonly email: string;
  /** Those of the day before the latest one, oldest first. */
  readonly links: readonly SignInLink[];
  /** By which it comes in as well; null: by links only. */
  readonly account: OpenIdAccount | null;
  /** Why the person was removed; null: was not. */
  readonly removedBecause: string | null;
}

const MINUTE_MS = 60_000;
/** A link lets in for so long. */
const VALID_MS = 24 * 60 * MINUTE_MS;
/** So long after a link, nobody gets another one by asking. */
const PAUSE_MS = MINUTE_MS;
/** Links that a person gets in 24 hours at most. */
const MOST_LINKS = 10;

export const personEvolver: Evolver<Person | null, PersonEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "PersonInvited": {
        const { personId, customerId, personal } = event.data;
        return { personId, customerId, ...personal, links: [], account: null, removedBecause: null };
      }
      case "PersonLinkIssued": {
        if (!state) return state;
        const { linkId, secretHash, issuedAt, expiresAt } = event.data;
        const links = state.links.filter((link) => link.expiresAt > issuedAt);
        return { ...state, links: [...links, { linkId, secretHash, issuedAt, expiresAt, isUsed: false }] };
      }
      case "PersonLinkUsed": {
        const { linkId } = event.data;
        return (
          state && {
            ...state,
            links: state.links.map((link) => (link.linkId === linkId ? { ...link, isUsed: true } : link)),
          }
        );
      }
      case "PersonAccountLinked":
        return state && { ...state, account: event.data.personal };
      case "PersonRemoved":
        return state && { ...state, links: [], account: null, removedBecause: event.data.personal.reason };
      case "CommandAccepted":
        return state;
    }
  },
};

/** A link about to be issued: its id, and the hash of its secret. */
export interface NewLink {
  readonly linkId: string;
  readonly secretHash: string;
}

/** @param now the system's time: credentials know no test clock */
const issued = ({ linkId, secretHash }: NewLink, customerId: string, now: Instant): PersonLinkIssued => {
  const expiresAt = later(now, VALID_MS);
  const effectiveOn = dateOf(now, "UTC");
  return { type: "PersonLinkIssued", data: { linkId, customerId, secretHash, issuedAt: now, expiresAt, effectiveOn } };
};

const later = (instant: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(instant) + milliseconds).toISOString();

/** What is given of a person who is invited. */
export interface GivenPerson {
  readonly name: string;
  readonly email: string;
}

/** @throws Rejection VALIDATION_FAILED */
export const requirePerson = ({ name, email }: GivenPerson): void => {
  checkAll(
    () => requireText(name, "name"),
    () => {
      if (isEmailAddress(email.trim())) return;
      throw reject("VALIDATION_FAILED", "email is not one e-mail address.", {
        field: "email",
        facts: { case: "NO_EMAIL" },
      });
    },
  );
};

export interface InvitePerson extends GivenPerson {
  readonly personId: string;
  readonly customerId: string;
  readonly link: NewLink;
  /** The system's time. */
  readonly now: Instant;
}

/**
 * The person, with a first link.
 * @param customer null: there is none
 * @param isTaken whether the customer has a person with this address, who was not removed
 * @throws Rejection VALIDATION_FAILED, CUSTOMER_NOT_FOUND, CUSTOMER_CLOSED, EMAIL_TAKEN
 */
export const invitePerson = (
  { personId, customerId, name, email, link, now }: InvitePerson,
  customer: Customer | null,
  isTaken: boolean,
): (PersonInvited | PersonLinkIssued)[] => {
  requirePerson({ name, email });
  if (!customer) throw reject("CUSTOMER_NOT_FOUND", "The customer does not exist.", { field: "customerId" });
  if (customer.closedOn !== null) throw reject("CUSTOMER_CLOSED", "The customer is closed.", { field: "customerId" });
  if (isTaken) {
    throw reject("EMAIL_TAKEN", "The customer has a person with this e-mail address already.", { field: "email" });
  }
  const personal = { name: name.trim(), email: email.trim() };
  return [
    { type: "PersonInvited", data: { personId, customerId, effectiveOn: dateOf(now, "UTC"), personal } },
    issued(link, customerId, now),
  ];
};

/** Another link; none for who was removed, or got one just now, or many of them today. */
export const requestLink = (
  { link, now }: { readonly link: NewLink; readonly now: Instant },
  state: Person | null,
): PersonLinkIssued[] => {
  if (!state || state.removedBecause !== null) return [];
  const recent = state.links.filter(({ expiresAt }) => expiresAt > now);
  const [latest] = recent.slice(-1);
  if (recent.length >= MOST_LINKS || (latest && later(latest.issuedAt, PAUSE_MS) > now)) return [];
  return [issued(link, state.customerId, now)];
};

/** The link that this secret belongs to, while it lets in; undefined: it does not, or no more. */
export const linkInForce = (state: Person | null, secretHash: string, now: Instant): SignInLink | undefined =>
  state?.links.find((link) => link.secretHash === secretHash && !link.isUsed && link.expiresAt > now);

/** The person comes in by a link, once; nothing where it does not count. */
export const useLink = (
  { secretHash, now }: { readonly secretHash: string; readonly now: Instant },
  state: Person | null,
): PersonLinkUsed[] => {
  const link = linkInForce(state, secretHash, now);
  return link ? [{ type: "PersonLinkUsed", data: { linkId: link.linkId, effectiveOn: dateOf(now, "UTC") } }] : [];
};

/** What shows that an account at the OpenID provider is a person's own. */
export type ProofOfAccount =
  /** The person signed in there from a session of its own. */
  | { readonly by: "SESSION" }
  /** The provider says that it has verified this address of the account. */
  | { readonly by: "VERIFIED_EMAIL"; readonly email: string };

/** Whether the person comes in by this account. */
export const comesInBy = (state: Person | null, { issuer, subject }: OpenIdAccount): boolean =>
  state?.account?.issuer === issuer && state.account.subject === subject;

/**
 * The account becomes the person's; nothing where it is already, or may not. By its address a person gets its first
 * account only: whoever has taken over the address since does not get in the way of one that the person knows of.
 */
export const linkAccount = (
  { account, proof, now }: { readonly account: OpenIdAccount; readonly proof: ProofOfAccount; readonly now: Instant },
  state: Person | null,
): PersonAccountLinked[] => {
  if (!state || state.removedBecause !== null || comesInBy(state, account)) return [];
  if (proof.by === "VERIFIED_EMAIL" && (state.account !== null || !isAddressOf(state, proof.email))) return [];
  const { issuer, subject } = account;
  const effectiveOn = dateOf(now, "UTC");
  return [{ type: "PersonAccountLinked", data: { by: proof.by, effectiveOn, personal: { issuer, subject } } }];
};

const isAddressOf = ({ email }: Person, other: string): boolean => email.toLowerCase() === other.toLowerCase();

/** @throws Rejection VALIDATION_FAILED */
export const requireReasonToRemove = (reason: string): void => {
  if (reason.trim() !== "") return;
  const facts = { case: "REASON_MISSING" } as const;
  throw reject("VALIDATION_FAILED", "reason must not be empty.", { field: "reason", facts });
};

/**
 * Nothing where the person was removed already.
 * @throws Rejection VALIDATION_FAILED, PERSON_NOT_FOUND
 */
export const removePerson = (
  { reason, now }: { readonly reason: string; readonly now: Instant },
  state: Person | null,
): PersonRemoved[] => {
  requireReasonToRemove(reason);
  if (!state) throw reject("PERSON_NOT_FOUND", "There is no such person.", { field: "personId" });
  if (state.removedBecause !== null) return [];
  return [{ type: "PersonRemoved", data: { effectiveOn: dateOf(now, "UTC"), personal: { reason: reason.trim() } } }];
};
