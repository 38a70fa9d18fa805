import { type Account } from "../accounts/account.js";
import { type Instant } from "../calendar.js";
import { type Customer } from "../customers/customer.js";
import { requireName } from "../input.js";
import { big } from "../money.js";
import { checkAll, noSuchItem, reject } from "../rejection.js";
import { type CallsEvent } from "./events.js";
import { rateTable } from "./rate-table.js";
import { hourOf, recordCalls, type RecordedCalls } from "./recorded-calls.js";
import { type Tariff } from "./tariff.js";
import { type RecordedVersion, type ReportedCall, xdrOf } from "./xdr.js";

/** What a call that is recorded by command is charged by. */
export interface RecordCallFacts {
  readonly account: Account | null;
  readonly customer: Customer | null;
  /** Null: there is none with the id that was named, or the account has none for the leg. */
  readonly tariff: Tariff | null;
  /** Versions of the rates that the number may have. */
  readonly rates: readonly RecordedVersion[];
}

export interface OrderedCall {
  readonly call: ReportedCall;
  readonly key: string;
  readonly now: Instant;
  readonly namesTariff: boolean;
}

/** Seconds of a call: up to a month of them, with milliseconds. */
const LENGTH = /^\d{1,7}(?:\.\d{1,3})?$/;

/**
 * When a call ended, by its length.
 * @param seconds decimal text
 * @throws Rejection VALIDATION_FAILED
 */
export const endAfter = (answered: Instant, seconds: string): Instant => {
  if (!LENGTH.test(seconds)) {
    throw reject("VALIDATION_FAILED", `"${seconds}" is no length in seconds such as "30.6".`, {
      ...{ field: "seconds", facts: { case: "NO_LENGTH" } },
    });
  }
  const milliseconds = Number.parseInt(big(seconds).times("1000").toFixed(0), 10);
  return new Date(Date.parse(answered) + milliseconds).toISOString();
};

/**
 * Records a call of an account that was not seen by an edge of the provider's, rated by a tariff that is named, else by
 * the account's for its leg (docs/rules.md#calls). One that is recorded under its key already is left as it is.
 * @param ordered.namesTariff whether the tariff was named: then it is refused where it cannot rate the call
 * @throws Rejection ACCOUNT_NOT_FOUND, VALIDATION_FAILED (callId, cld, tariffId), CURRENCY_MISMATCH
 */
export const recordCall = (
  { call, key, now, namesTariff }: OrderedCall,
  state: RecordedCalls,
  { account, customer, tariff, rates }: RecordCallFacts,
): CallsEvent[] => {
  checkAll(
    () => requireName(call.callId, "callId"),
    () => requireName(call.cld, "cld"),
  );
  if (account === null || customer === null) {
    throw reject("ACCOUNT_NOT_FOUND", "There is no such account.", { field: "accountId" });
  }
  if (namesTariff) {
    if (tariff === null) throw noSuchItem("tariff", "tariffId");
    if (tariff.currency !== customer.currency) {
      const message = `The tariff is in ${tariff.currency}, the customer pays in ${customer.currency}.`;
      const facts = { case: "TARIFF_IN_OTHER_CURRENCY", currency: tariff.currency, other: customer.currency } as const;
      throw reject("CURRENCY_MISMATCH", message, { field: "tariffId", facts });
    }
  }
  const charged = {
    accountId: account.accountId,
    customer,
    tariff: tariff && { tariffId: tariff.tariffId, terms: tariff, table: rateTable(rates) },
  };
  return recordCalls({ edge: call.edge, hour: hourOf(call.answered), calls: [xdrOf(call, key, charged, now)] }, state);
};
