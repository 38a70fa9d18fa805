import { type Instant, later, type LocalDate } from "../calendar.js";
import { type ClosedDaysFact } from "../customers/closed-days.js";
import { type Customer, todayOf } from "../customers/customer.js";
import {
  known as knownCustomer,
  open as openCustomer,
  requireNotInFuture,
  requireClosingDay,
} from "../customers/decide.js";
import { reasoned } from "../event.js";
import { noSuchItem, reject } from "../rejection.js";
import { type Account } from "./account.js";
import { type AccountEvent } from "./events.js";
import { identifierText } from "./identifier-form.js";

export interface OpenAccount {
  readonly accountId: string;
  readonly identifier: string;
  readonly identifierHash: string;
  readonly mainProductId: string;
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/**
 * Opens an account today or on an earlier day since the customer was created: opening charges nothing, so the day may
 * lie in a closed period. The identifier is reserved in its own stream before this event is appended.
 * @throws Rejection CUSTOMER_NOT_FOUND, CUSTOMER_CLOSED, VALIDATION_FAILED, INVALID_DATE
 */
export const openAccount = (
  command: OpenAccount,
  facts: { readonly customer: Customer | null; readonly mainProductExists: boolean },
): AccountEvent[] => {
  const personal = { identifier: checkedIdentifier(command.identifier) };
  knownCustomer(facts.customer);
  requireMainProduct(facts);
  const customer = openCustomer(facts.customer);
  const today = todayOf(customer, command.now);
  const effectiveOn = command.effectiveOn ?? today;
  requireNotInFuture(effectiveOn, today);
  if (effectiveOn < customer.createdOn) {
    throw reject("INVALID_DATE", `${effectiveOn} is before the customer was created on ${customer.createdOn}.`, {
      field: "effectiveOn",
      facts: { case: "DAY_BEFORE_CUSTOMER", day: effectiveOn, created: customer.createdOn },
    });
  }
  const { accountId, identifierHash, mainProductId } = command;
  const { customerId } = customer;
  return [
    { type: "AccountOpened", data: { accountId, customerId, mainProductId, identifierHash, effectiveOn, personal } },
  ];
};

/** Commitments that the account holds stay as they are; the add-on rule is checked when one is assigned. */
export const changeMainProduct = (
  command: { readonly mainProductId: string; readonly now: Instant },
  state: Account | null,
  facts: { readonly customer: Customer | null; readonly mainProductExists: boolean },
): AccountEvent[] => {
  known(state);
  requireMainProduct(facts);
  const { account, customer } = bothOpen(state, facts.customer);
  if (account.mainProductId === command.mainProductId) return [];
  const effectiveOn = todayOf(customer, command.now);
  return [{ type: "MainProductChanged", data: { mainProductId: command.mainProductId, effectiveOn } }];
};

/**
 * The day is the last charged one (docs/rules.md#closing).
 * @throws Rejection ACCOUNT_NOT_FOUND, ACCOUNT_CLOSED, CUSTOMER_CLOSED, INVALID_DATE, DATE_ALREADY_INVOICED
 */
export const closeAccount = (
  command: { readonly effectiveOn?: LocalDate; readonly now: Instant },
  state: Account | null,
  facts: ClosedDaysFact & { readonly customer: Customer | null },
): AccountEvent[] => {
  const { account, customer } = bothOpen(state, facts.customer);
  const today = todayOf(customer, command.now);
  const asked = command.effectiveOn ?? today;
  if (asked < account.openedOn) {
    throw reject("INVALID_DATE", `${asked} is before the account was opened on ${account.openedOn}.`, {
      field: "effectiveOn",
      facts: { case: "DAY_BEFORE_ACCOUNT", day: asked, opened: account.openedOn },
    });
  }
  const effectiveOn = requireClosingDay(customer, asked, command.now, facts.closedDays);
  return [{ type: "AccountClosed", data: { effectiveOn, ...reasoned(facts.closedDays.reason) } }];
};

/**
 * The customer is checked first: a processor closes the accounts of a closed customer only a moment later.
 * @throws Rejection ACCOUNT_NOT_FOUND, CUSTOMER_CLOSED, ACCOUNT_CLOSED
 */
export const bothOpen = (state: Account | null, owner: Customer | null): { account: Account; customer: Customer } => {
  known(state);
  const customer = openCustomer(owner);
  return { account: open(state), customer };
};

/** What the processor records for an account that its customer's closing left open. */
export const closeWithCustomer = (command: { readonly closedOn: LocalDate }, state: Account | null): AccountEvent[] =>
  state?.closedOn === null
    ? [{ type: "AccountClosed", data: { effectiveOn: later(command.closedOn, state.openedOn) } }]
    : [];

/** @throws Rejection ACCOUNT_NOT_FOUND */
export const known = (state: Account | null, field = "accountId"): Account => {
  if (state) return state;
  throw reject("ACCOUNT_NOT_FOUND", "There is no such account.", { field });
};

/** @throws Rejection ACCOUNT_NOT_FOUND, ACCOUNT_CLOSED */
export const open = (state: Account | null, field = "accountId"): Account => {
  const account = known(state, field);
  if (account.closedOn === null) return account;
  throw reject("ACCOUNT_CLOSED", `The account was closed on ${account.closedOn}.`, {
    field,
    facts: { case: "ACCOUNT_CLOSED_ON", day: account.closedOn },
  });
};

/** An identifier as people type it, composed and trimmed. @throws Rejection VALIDATION_FAILED */
export const checkedIdentifier = (identifier: string, field = "identifier"): string => {
  const text = identifierText(identifier);
  if (text !== "" && text.length <= 100) return text;
  throw reject("VALIDATION_FAILED", "An account id or alias has 1 to 100 characters.", {
    field,
    facts: { case: "IDENTIFIER_TOO_LONG" },
  });
};

const requireMainProduct = (facts: { readonly mainProductExists: boolean }): void => {
  if (facts.mainProductExists) return;
  throw noSuchItem("main product", "mainProductId");
};
