import { type Instant } from "../calendar.js";
import { type Customer, todayOf } from "../customers/customer.js";
import { reject } from "../rejection.js";
import { type Account, aliasCalled, isCalled } from "./account.js";
import { type AliasRole } from "./alias-role.js";
import { type Alias, checkedRealm } from "./alias.js";
import { bothOpen, checkedIdentifier } from "./decide.js";
import { type AccountEvent } from "./events.js";

export interface AddAlias {
  readonly alias: string;
  readonly identifierHash: string;
  readonly realm?: string | null;
  readonly role?: AliasRole;
  readonly allowAuthentication?: boolean;
  readonly now: Instant;
}

/** By which an account's alias is found: in any spelling of the same form, and by its realm; null: the one without. */
export interface NamedAlias {
  readonly alias: string;
  readonly realm?: string | null;
  readonly now: Instant;
}

/** What can be changed of an alias; what is left out stays. Text and realm make another alias. */
export interface ChangeAlias extends NamedAlias {
  readonly role?: AliasRole;
  readonly allowAuthentication?: boolean;
}

interface Facts {
  readonly customer: Customer | null;
}

/**
 * @throws Rejection IDENTIFIER_TAKEN when the account itself has it already; other owners are found by the reservation
 */
export const addAlias = (command: AddAlias, state: Account | null, facts: Facts): AccountEvent[] => {
  const alias = checkedIdentifier(command.alias, "alias");
  const realm = checkedRealm(command.realm);
  const { account, customer } = bothOpen(state, facts.customer);
  if (isCalled(account, alias, realm)) {
    throw reject("IDENTIFIER_TAKEN", `The account already has the identifier ${alias}.`, {
      field: "alias",
      facts: { case: "IDENTIFIER_OF_ACCOUNT" },
    });
  }
  const { identifierHash, role = "UNIVERSAL", allowAuthentication = true } = command;
  return [
    {
      type: "AliasAdded",
      data: {
        identifierHash,
        effectiveOn: todayOf(customer, command.now),
        ...(realm !== null && { realm }),
        ...(role !== "UNIVERSAL" && { role }),
        ...(!allowAuthentication && { allowAuthentication }),
        personal: { alias },
      },
    },
  ];
};

/** @throws Rejection VALIDATION_FAILED when the account has no such alias */
export const changeAlias = (command: ChangeAlias, state: Account | null, facts: Facts): AccountEvent[] => {
  const { customer, found } = foundAlias(command, state, facts);
  const { alias, identifierHash } = found;
  const { role = found.role, allowAuthentication = found.allowAuthentication } = command;
  if (role === found.role && allowAuthentication === found.allowAuthentication) return [];
  const effectiveOn = todayOf(customer, command.now);
  return [
    { type: "AliasChanged", data: { identifierHash, effectiveOn, role, allowAuthentication, personal: { alias } } },
  ];
};

/** @throws Rejection VALIDATION_FAILED when the account has no such alias */
export const removeAlias = (command: NamedAlias, state: Account | null, facts: Facts): AccountEvent[] => {
  const { customer, found } = foundAlias(command, state, facts);
  const { alias, identifierHash } = found;
  const effectiveOn = todayOf(customer, command.now);
  return [{ type: "AliasRemoved", data: { identifierHash, effectiveOn, personal: { alias } } }];
};

const foundAlias = (
  { alias, realm }: NamedAlias,
  state: Account | null,
  facts: Facts,
): { readonly customer: Customer; readonly found: Alias } => {
  const { account, customer } = bothOpen(state, facts.customer);
  const found = aliasCalled(account, alias, realm);
  if (found) return { customer, found };
  throw reject("VALIDATION_FAILED", "The account has no such alias.", {
    field: "alias",
    facts: { case: "NO_SUCH_ALIAS" },
  });
};
