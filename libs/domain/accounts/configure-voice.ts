import { type Instant } from "../calendar.js";
import {
  checkedVoiceService,
  type GivenVoiceService,
  type VoiceItems,
  type VoiceService,
} from "../catalog/voice-service.js";
import { type Customer, todayOf } from "../customers/customer.js";
import { open as openCustomer } from "../customers/decide.js";
import { reject } from "../rejection.js";
import { type Account, voiceOn } from "./account.js";
import { known, open } from "./decide.js";
import { type AccountEvent } from "./events.js";

export interface ConfigureAccountVoice extends GivenVoiceService {
  readonly now: Instant;
}

/**
 * What is left out stays as it is, null is inherited from the product (docs/rules.md#voice). Whether the product gives
 * calls at all does not matter here.
 * @throws Rejection ACCOUNT_NOT_FOUND, CUSTOMER_CLOSED, ACCOUNT_CLOSED, VALIDATION_FAILED, CURRENCY_MISMATCH
 */
export const configureAccountVoice = (
  { now, ...given }: ConfigureAccountVoice,
  state: Account | null,
  facts: { readonly customer: Customer | null; readonly items: VoiceItems },
): AccountEvent[] => {
  known(state);
  const customer = openCustomer(facts.customer);
  const account = open(state);
  const today = todayOf(customer, now);
  const before = voiceOn(account, today);
  const named = checkedVoiceService(given, [], facts.items);
  for (const field of ["incomingTariffId", "outgoingTariffId"] as const) {
    const currency = facts.items.tariffs.get(named[field] ?? "");
    if (currency === undefined || currency === customer.currency) continue;
    throw reject("CURRENCY_MISMATCH", `The tariff is in ${currency}, the customer in ${customer.currency}.`, {
      field,
      facts: { case: "TARIFF_IN_OTHER_CURRENCY", currency, other: customer.currency },
    });
  }
  const voice: VoiceService = { ...before, ...pick(named, given) };
  const isSame = JSON.stringify(voice) === JSON.stringify(before);
  return isSame ? [] : [{ type: "AccountVoiceConfigured", data: { voice, effectiveOn: today } }];
};

/** What was named, of what it became. */
const pick = (named: VoiceService, given: GivenVoiceService): Partial<VoiceService> =>
  Object.fromEntries(Object.entries(named).filter(([name]) => given[name as keyof GivenVoiceService] !== undefined));
