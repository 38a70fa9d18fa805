import { isOpenOn } from "#domain/billing/ledger.js";
import { type FactSource } from "./command/facts.js";

/**
 * The same facts, with each customer's billing loaded once as far as that says all: the command of a preview and what is
 * shown of it look at the same. For one command: what was loaded is never forgotten.
 */
export const sharingBillings = (facts: FactSource): FactSource => {
  const loaded = new Map<string, ReturnType<FactSource["billing"]>>();
  const billing: FactSource["billing"] = async (providerId, customerId, from = null) => {
    const key = `${providerId} ${customerId}`;
    const known = await loaded.get(key);
    if (known && (from === null || isOpenOn(known, from))) return known;
    const loading = facts.billing(providerId, customerId, from);
    if (from === null) loaded.set(key, loading);
    return loading;
  };
  return new Proxy(facts, {
    get(target, name) {
      if (name === "billing") return billing;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value as (...call: unknown[]) => unknown).bind(target) : value;
    },
  });
};
