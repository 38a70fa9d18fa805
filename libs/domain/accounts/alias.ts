import { reject } from "../rejection.js";
import { type AliasRole } from "./alias-role.js";
import { type AliasAdded } from "./events.js";
import { identifierForm } from "./identifier-form.js";

/** What else an account is called. */
export interface Alias {
  readonly alias: string;
  /** Of the alias and its realm. */
  readonly identifierHash: string;
  /** The domain name that it counts in; null: it counts in every realm. */
  readonly realm: string | null;
  readonly role: AliasRole;
  /** Whether it identifies a caller; else it can only be called. */
  readonly allowAuthentication: boolean;
}

/** An alias as its event tells: what is absent there is so by default, as it was before aliases had these fields. */
export const aliasOf = ({ identifierHash, realm, role, allowAuthentication, personal }: AliasAdded["data"]): Alias => ({
  alias: personal.alias,
  identifierHash,
  realm: realm ?? null,
  role: role ?? "UNIVERSAL",
  allowAuthentication: allowAuthentication ?? true,
});

/** A realm as it is stored and compared: realms are domain names, which have no case. null: none. */
export const realmForm = (typed: string | null | undefined): string | null =>
  typed == null ? null : identifierForm(typed);

const DOMAIN_NAME = /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/;

/** @throws Rejection VALIDATION_FAILED */
export const checkedRealm = (typed: string | null | undefined): string | null => {
  const realm = realmForm(typed);
  if (realm === null || (realm.length <= 100 && DOMAIN_NAME.test(realm))) return realm;
  throw reject("VALIDATION_FAILED", "A realm is a domain name of 1 to 100 characters.", {
    ...{ field: "realm", facts: { case: "NO_REALM" } },
  });
};

/**
 * What makes an identifier itself, across realms: its hash names the stream in which it is reserved. Without a realm it
 * is the form alone, as it was before there were realms; no domain name holds a NUL.
 */
export const reservedForm = (identifier: string, realm: string | null): string =>
  realm === null ? identifierForm(identifier) : `${realm}\0${identifierForm(identifier)}`;
