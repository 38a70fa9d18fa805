import { addDays, type Instant, type LocalDate } from "../calendar.js";
import { type AddOnProduct } from "../catalog/products.js";
import { type Customer, cycleOn } from "../customers/customer.js";
import { noSuchItem, reject } from "../rejection.js";
import { type Facts } from "../rejection-facts.js";
import { agree, type AgreementFacts, existingOffer, isAllowed, requireSold } from "./agreement.js";
import { type Commitment, type TimeLimitedUpgrade } from "./commitment.js";
import { discountEndOn, endOfDiscountPeriods } from "./discount-end.js";
import {
  type PlannedUpgrade,
  type PlannedUpgradeCancelled,
  type RecurringRow,
  type Terms,
  type TimeLimitedUpgradeEnded,
  type TimeLimitedUpgradeExtended,
  type TimeLimitedUpgradeOrdered,
} from "./events.js";
import { type Commanded, type CommitmentFacts, existing, goingOn } from "./guards.js";
import { lastUpgradedDay, termsOn, upgradedRowOn, upgradeOn } from "./terms.js";
import { waitingPlan } from "./waiting.js";

export interface OrderTimeLimitedUpgrade {
  readonly upgradeId: string;
  /** Last day of the upgrade. */
  readonly until: LocalDate;
  /** The add-on product that is replaced; left out where the commitment has only one. */
  readonly replacingAddOnProductId?: string;
  /** Whether the commitment moves to `facts.offer` on the day after. */
  readonly thenUpgrade: boolean;
  readonly now: Instant;
}

export interface TimeLimitedUpgradeFacts extends CommitmentFacts, AgreementFacts {
  /** The better add-on product; null: there is none. */
  readonly addOnProduct: AddOnProduct | null;
}

/**
 * Swaps one recurring row's add-on product for another at the same fee, from today until a date
 * (docs/rules.md#time-limited-upgrade).
 * @throws Rejection COMMITMENT_NOT_FOUND, VALIDATION_FAILED, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, those
 * of the offer that follows, ADD_ON_NOT_ALLOWED, UPGRADE_INVALID
 */
export const orderTimeLimitedUpgrade = (
  command: OrderTimeLimitedUpgrade,
  state: Commitment | null,
  facts: TimeLimitedUpgradeFacts,
): TimeLimitedUpgradeOrdered[] => {
  existing(state);
  const { addOnProduct, mainProduct } = facts;
  if (!addOnProduct) {
    throw noSuchItem("add-on product", "addOnProductId");
  }
  const offer = command.thenUpgrade ? existingOffer(facts.offer, "thenUpgradeToOfferId") : null;
  const commanded = goingOn(state, facts, command.now);
  const { commitment, customer, today } = commanded;
  const { upgradeId, until } = command;
  const { addOnProductId } = addOnProduct;
  if (offer) requireSold(offer, customer, "thenUpgradeToOfferId");
  if (!isAllowed(addOnProductId, mainProduct)) {
    const message = `The main product ${mainProduct?.name ?? ""} does not allow ${addOnProduct.name}.`;
    throw reject("ADD_ON_NOT_ALLOWED", message, {
      field: "addOnProductId",
      facts: { case: "ADD_ON_REFUSED", mainProduct: mainProduct?.name ?? "", name: addOnProduct.name },
    });
  }
  const terms =
    offer && agree(offer, customer, addDays(until, 1), facts, commitment.termsAgreed, "thenUpgradeToOfferId");
  if (today < commitment.start) {
    throw invalid(`The commitment has not started: it does on ${commitment.start}.`, {
      case: "UPGRADE_BEFORE_START",
      start: commitment.start,
    });
  }
  const row = rowToUpgrade(commanded, command);
  if (row.addOnProductId === addOnProductId) {
    throw invalid(`${row.description} has ${addOnProduct.name} already.`, {
      case: "UPGRADE_TO_SAME",
      row: row.description,
      name: addOnProduct.name,
    });
  }
  if (until < today) {
    const told = { case: "UPGRADE_ENDED", until, today } as const;
    throw invalid(`The last day of the upgrade, ${until}, lies before today, ${today}.`, told, "until");
  }
  if (terms && waitingPlan(commitment, today)) {
    const told = { case: "UPGRADE_PLANNED" } as const;
    throw invalid("Another upgrade is planned already: cancel it first.", told, "thenUpgradeToOfferId");
  }
  const then = terms && plan(commitment, customer, terms, until, today);
  return [
    {
      type: "TimeLimitedUpgradeOrdered",
      data: { upgradeId, rowId: row.rowId, addOnProductId, until, then, effectiveOn: today },
    },
  ];
};

interface OneUpgrade {
  /** The row whose upgrade is meant; left out: the upgrade recorded last. */
  readonly rowId?: string;
  readonly now: Instant;
}

/**
 * A running upgrade lasts longer; its planned upgrade moves along.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, UPGRADE_NOT_FOUND,
 * UPGRADE_INVALID
 */
export const extendTimeLimitedUpgrade = (
  command: OneUpgrade & { readonly until: LocalDate },
  state: Commitment | null,
  facts: CommitmentFacts,
): TimeLimitedUpgradeExtended[] => {
  const commanded = goingOn(state, facts, command.now);
  const { upgradeId, until: before, then: next } = runningUpgrade(commanded, command.rowId);
  const { until } = command;
  if (until <= before) {
    throw invalid(`The upgrade lasts until ${before} already.`, { case: "UPGRADE_LASTS", until: before }, "until");
  }
  const { commitment, customer, today } = commanded;
  const then = next && plan(commitment, customer, next.terms, until, today);
  return [{ type: "TimeLimitedUpgradeExtended", data: { upgradeId, until, then, effectiveOn: today } }];
};

/**
 * Today is the last day of a running upgrade.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, UPGRADE_NOT_FOUND
 */
export const endTimeLimitedUpgrade = (
  command: OneUpgrade,
  state: Commitment | null,
  facts: CommitmentFacts,
): TimeLimitedUpgradeEnded[] => {
  const commanded = goingOn(state, facts, command.now);
  const { upgradeId } = runningUpgrade(commanded, command.rowId);
  return [{ type: "TimeLimitedUpgradeEnded", data: { upgradeId, effectiveOn: commanded.today } }];
};

/**
 * Cancels the planned upgrade; the time-limited upgrade before it goes on.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, UPGRADE_NOT_FOUND
 */
export const cancelThenUpgrade = (
  command: { readonly now: Instant },
  state: Commitment | null,
  facts: CommitmentFacts,
): PlannedUpgradeCancelled[] => {
  const { commitment, today } = goingOn(state, facts, command.now);
  const upgrade = waitingPlan(commitment, today);
  if (!upgrade) {
    throw reject("UPGRADE_NOT_FOUND", "No upgrade is planned.", {
      field: "commitmentId",
      facts: { case: "NO_UPGRADE_PLANNED" },
    });
  }
  return [{ type: "PlannedUpgradeCancelled", data: { upgradeId: upgrade.upgradeId, effectiveOn: today } }];
};

/** The discount end date is kept; where there is none, the new discount period begins with the new terms. */
const plan = (
  commitment: Commitment,
  customer: Customer,
  terms: Terms,
  until: LocalDate,
  today: LocalDate,
): PlannedUpgrade => {
  const from = addDays(until, 1);
  const none = discountEndOn(commitment, today) === null && terms.discountPeriods !== null;
  return {
    terms,
    from,
    discountEnd: none ? endOfDiscountPeriods(cycleOn(customer, from).type, from, terms.discountPeriods) : null,
  };
};

/** @throws Rejection UPGRADE_INVALID when none, or more than one, can be meant */
const rowToUpgrade = (
  { commitment, today }: Commanded,
  { replacingAddOnProductId }: OrderTimeLimitedUpgrade,
): RecurringRow => {
  const withAddOn = termsOn(commitment, today).recurring.filter(({ addOnProductId }) => addOnProductId !== null);
  const named =
    replacingAddOnProductId === undefined
      ? withAddOn
      : withAddOn.filter(({ addOnProductId }) => addOnProductId === replacingAddOnProductId);
  if (named.length === 0) {
    throw invalid("The commitment has no add-on product that could be upgraded.", { case: "NO_ADD_ON" });
  }
  const notUpgraded = named.filter(({ rowId }) => !upgradeOn(commitment, rowId, today));
  const [row, other] = notUpgraded;
  if (!row) throw invalid("An upgrade is running already.", { case: "UPGRADE_RUNNING" });
  if (other) {
    throw invalid("The commitment has several add-on products: say which one is replaced.", {
      case: "SEVERAL_ADD_ONS",
    });
  }
  return row;
};

/** @throws Rejection UPGRADE_NOT_FOUND */
const runningUpgrade = ({ commitment, today }: Commanded, rowId: string | undefined): TimeLimitedUpgrade => {
  const running = commitment.upgrades.findLast(
    (upgrade) =>
      (rowId === undefined || upgrade.rowId === rowId || upgradedRowOn(commitment, upgrade, today) === rowId) &&
      upgrade.from <= today &&
      today <= lastUpgradedDay(commitment, upgrade),
  );
  if (running) return running;
  throw reject("UPGRADE_NOT_FOUND", "No time-limited upgrade is running.", {
    field: "commitmentId",
    facts: { case: "NO_UPGRADE_RUNNING" },
  });
};

const invalid = (message: string, facts: Facts, field = "addOnProductId") =>
  reject("UPGRADE_INVALID", message, { field, facts });
