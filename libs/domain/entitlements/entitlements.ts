import { type Account, mainProductOn } from "../accounts/account.js";
import { earlier, type LocalDate } from "../calendar.js";
import { type AddOnProduct, type VolumeDiscountPlan } from "../catalog/products.js";
import { type CustomerHistory, endOf, inOrder } from "../commitments/history.js";
import { holderOn } from "../commitments/holders.js";
import { type Commitment, pauseOn, type TimeLimitedUpgrade } from "../commitments/commitment.js";
import { addOnOn, heldTerms, lastUpgradedDay, termsOn, upgradeOn } from "../commitments/terms.js";
import { type Customer, suspensionOn } from "../customers/customer.js";

/** Add-on products and volume discount plans of the catalog, by id. */
export interface EntitlementCatalog {
  readonly addOnProducts: ReadonlyMap<string, AddOnProduct>;
  readonly volumeDiscountPlans: ReadonlyMap<string, VolumeDiscountPlan>;
}

export const entitlementStates = ["SERVED", "PAUSED", "SUSPENDED"] as const;
/** Whether the add-on product can be used on the day. */
export type EntitlementState = (typeof entitlementStates)[number];

/** An add-on product that a recurring row of a commitment gives on a day. */
export interface Entitlement {
  readonly commitmentId: string;
  readonly rowId: string;
  readonly addOnProductId: string;
  /** From the catalog, like quota and plan; null where the catalog does not know the add-on product. */
  readonly service: string | null;
  /** Text for people, e.g. "1 GB"; null where a volume discount plan says it, or nothing is limited. */
  readonly quota: string | null;
  readonly volumeDiscountPlan: VolumeDiscountPlan | null;
  /** Last day of the time-limited upgrade that gives it, which the commitment's end cuts; null: it is the row's own. */
  readonly upgradedUntil: LocalDate | null;
  readonly state: EntitlementState;
}

/** What an account is entitled to on a day. */
export interface Entitlements {
  readonly on: LocalDate;
  /** Null before the account was opened, and from the day after it or its customer was closed. */
  readonly mainProductId: string | null;
  /** By commitment (start, id), then by the rows of its terms. */
  readonly addOns: readonly Entitlement[];
}

/**
 * What an account is entitled to on a past or coming day, as known today (docs/rules.md#entitlements): of every
 * commitment that has started and neither ended nor was annulled, the add-on products of the rows held on that day. A recurring row without
 * an add-on product gives nothing beside the main product.
 */
export const entitlements = (
  history: CustomerHistory,
  accountId: string,
  on: LocalDate,
  { addOnProducts, volumeDiscountPlans }: EntitlementCatalog,
): Entitlements => ({
  on,
  mainProductId: mainProductHeld(history, accountId, on),
  addOns: held(history, accountId, on).flatMap(({ commitment, lastDay }) => {
    const state = stateOn(commitment, history.customer, on);
    return termsOn(commitment, on).recurring.flatMap((row): Entitlement[] => {
      const { rowId } = row;
      const upgrade = upgradeOn(commitment, rowId, on);
      const addOnProductId = addOnOn(commitment, row, on);
      if (addOnProductId === null) return [];
      const product = addOnProducts.get(addOnProductId);
      const planId = product?.volumeDiscountPlanId ?? null;
      return [
        {
          commitmentId: commitment.commitmentId,
          rowId,
          addOnProductId,
          service: product?.service ?? null,
          quota: product?.quota ?? null,
          volumeDiscountPlan: planId === null ? null : (volumeDiscountPlans.get(planId) ?? null),
          upgradedUntil: upgrade ? lastDayOf(commitment, upgrade, lastDay) : null,
          state,
        },
      ];
    });
  }),
});

const lastDayOf = (commitment: Commitment, upgrade: TimeLimitedUpgrade, lastDay: LocalDate | null): LocalDate => {
  const until = lastUpgradedDay(commitment, upgrade);
  return lastDay === null ? until : earlier(until, lastDay);
};

/** The ids of all add-on products that an account's commitments ever give: the catalog is asked for these. */
export const addOnProductsOf = (history: CustomerHistory, accountId: string): ReadonlySet<string> => {
  const own = history.commitments.filter(({ holders }) => holders.some((holder) => holder.accountId === accountId));
  const ids = own.flatMap((commitment) => [
    ...heldTerms(commitment).flatMap(({ terms }) => terms.recurring.map(({ addOnProductId }) => addOnProductId)),
    ...commitment.upgrades.map(({ addOnProductId }) => addOnProductId),
  ]);
  return new Set(ids.filter((id) => id !== null));
};

/** The account's commitments that have started by a day and have not ended before it, with their last days. */
const held = (
  history: CustomerHistory,
  accountId: string,
  on: LocalDate,
): { readonly commitment: Commitment; readonly lastDay: LocalDate | null }[] =>
  inOrder(history.commitments).flatMap((commitment) => {
    const lastDay = endOf(commitment, history)?.on ?? null;
    const own = holderOn(commitment, on).accountId === accountId && commitment.start <= on && !commitment.annulled;
    return own && (lastDay === null || on <= lastDay) ? [{ commitment, lastDay }] : [];
  });

const mainProductHeld = ({ accounts, customer }: CustomerHistory, accountId: string, on: LocalDate): string | null => {
  const account = accounts.get(accountId);
  return account && isOpenOn(account, on) && isOpenOn(customer, on) ? mainProductOn(account, on) : null;
};

/** Open through the day of its closing. */
const isOpenOn = ({ closedOn }: Pick<Account | Customer, "closedOn">, on: LocalDate): boolean =>
  closedOn === null || on <= closedOn;

/**
 * On the day of "resume now" service is back at once, although the day is not charged and the commitment's status is
 * still PAUSED (docs/rules.md#entitlements). A day both paused and suspended counts as paused.
 */
const stateOn = (commitment: Commitment, customer: Customer, on: LocalDate): EntitlementState => {
  const pause = pauseOn(commitment, on);
  const resumed = pause?.resumed === true && pause.until === on;
  if (pause && !resumed) return "PAUSED";
  return suspensionOn(customer, on) ? "SUSPENDED" : "SERVED";
};
