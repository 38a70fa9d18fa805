import {
  type Catalog,
  type Customer,
  type Offer,
  type Step,
  type Story,
  type Subscription,
  type Voice,
} from "../story.js";

/** Catalog and customers with less in them, in small steps. */
export function catalogCandidates(story: Story): Story[] {
  return [
    ...unusedCustomers(story),
    ...withoutTariffs(story),
    ...story.customers.flatMap((customer, i) =>
      plainCustomers(customer, story).map((plain) => ({ ...story, customers: replace(story.customers, i, plain) })),
    ),
    ...catalogs(story).map((catalog) => ({ ...story, catalog })),
  ];
}

const replace = <T>(items: T[], i: number, item: T): T[] => items.map((old, j) => (j === i ? item : old));
const drop = <T>(items: T[], i: number): T[] => items.filter((_, j) => j !== i);

/** Does any step name it? Names of customers, accounts, offers and so on do not overlap in generated stories. */
const isNamed = (steps: Step[], name: string): boolean =>
  steps.some((step) => Object.values(step).some((value) => value === name));

function unusedCustomers(story: Story): Story[] {
  return story.customers.flatMap((customer, i) => {
    const names = [customer.name, ...(customer.accounts ?? []).map(({ id }) => id)];
    const used = story.customers.length === 1 || names.some((name) => isNamed(story.steps, name));
    return used ? [] : [{ ...story, customers: drop(story.customers, i) }];
  });
}

/** Where no call is left. */
function withoutTariffs(story: Story): Story[] {
  const { catalog, customers, steps } = story;
  const { tariffs = [], mainProducts = [], addOnProducts = [], ...others } = catalog;
  if (tariffs.length === 0 || steps.some((step) => "call" in step || "changeRates" in step)) return [];
  const silent = <T extends { voice?: Voice }>(items: T[]) => items.map(({ voice: _, ...item }) => item);
  return [
    {
      ...story,
      catalog: { ...others, mainProducts: silent(mainProducts), addOnProducts: silent(addOnProducts) },
      customers: customers.map((customer) => ({ ...customer, accounts: silent(customer.accounts ?? []) })),
    },
  ];
}

function plainCustomers(customer: Customer, story: Story): Customer[] {
  const { class: ofClass, anniversaryDay, ...rest } = customer;
  const accounts = customer.accounts ?? [];
  const plain: Customer[] = [];
  if (ofClass !== undefined) plain.push({ ...rest, ...(anniversaryDay === undefined ? {} : { anniversaryDay }) });
  if (customer.billingPeriod !== "MONTHLY") {
    plain.push({ ...rest, ...(ofClass === undefined ? {} : { class: ofClass }), billingPeriod: "MONTHLY" });
  }
  accounts.forEach(({ id }, i) => {
    if (!isNamed(story.steps, id)) plain.push({ ...customer, accounts: drop(accounts, i) });
  });
  return plain;
}

function catalogs(story: Story): Catalog[] {
  const { catalog, steps } = story;
  const { commitments: offers = [], subscriptions = [], customerClasses: classes = [] } = catalog;
  const revised = JSON.stringify(steps);
  return [
    ...offers.flatMap((offer, i) => (isNamed(steps, offer.name) ? [] : [{ ...catalog, commitments: drop(offers, i) }])),
    ...offers.flatMap((offer, i) =>
      plainOffers(offer, subscriptions).map((plain) => ({ ...catalog, commitments: replace(offers, i, plain) })),
    ),
    ...subscriptions.flatMap(({ name }, i) => {
      const used = offers.some(({ recurringFees = [] }) =>
        recurringFees.some(({ subscription }) => subscription === name),
      );
      return used || revised.includes(`"${name}"`) ? [] : [{ ...catalog, subscriptions: drop(subscriptions, i) }];
    }),
    ...subscriptions.flatMap((plan, i) =>
      plainPlans(plan, offers).map((plain) => ({ ...catalog, subscriptions: replace(subscriptions, i, plain) })),
    ),
    ...classes.flatMap(({ name }, i) => {
      const used = isNamed(steps, name) || story.customers.some((customer) => customer.class === name);
      return used ? [] : [{ ...catalog, customerClasses: drop(classes, i) }];
    }),
  ];
}

function plainOffers(offer: Offer, plans: Subscription[]): Offer[] {
  const { recurringFees: rows = [], oneTimeFees: fees = [] } = offer;
  const plain: Offer[] = [];
  const removable = rows.length + fees.length > 1;
  rows.forEach((row, i) => {
    if (removable) plain.push({ ...offer, recurringFees: drop(rows, i) });
    const { addOnProduct, ...bare } = row;
    if (addOnProduct !== undefined) plain.push({ ...offer, recurringFees: replace(rows, i, bare) });
    // A quarter of the fee where it is plain itself: 5.00 of 20.00.
    const plan = plans.find(({ name }) => name === row.subscription);
    const plainDiscount = plan?.recurringFees.MONTHLY === "20" ? ["0", "5"] : ["0"];
    if (!plainDiscount.includes(row.discount ?? "0") && !isZero(row.discount)) {
      plain.push(
        ...plainDiscount.map((discount) => ({ ...offer, recurringFees: replace(rows, i, { ...row, discount }) })),
      );
    }
  });
  fees.forEach((fee, i) => {
    if (removable) plain.push({ ...offer, oneTimeFees: drop(fees, i) });
    if (!isZero(fee.discount)) plain.push({ ...offer, oneTimeFees: replace(fees, i, { ...fee, discount: "0" }) });
    else if (fee.fee !== "20") plain.push({ ...offer, oneTimeFees: replace(fees, i, { ...fee, fee: "20" }) });
  });
  return plain;
}

const isZero = (amount = "0"): boolean => /^0+(\.0+)?$/.test(amount);

function plainPlans(plan: Subscription, offers: Offer[]): Subscription[] {
  const plain: Subscription[] = [];
  if (plan.prorateFirst === false) plain.push({ ...plan, prorateFirst: true });
  if (plan.prorateLast === false) plain.push({ ...plan, prorateLast: true });
  // An offer with a discount above every fee is none.
  const fits = offers.every(({ recurringFees: rows = [] }) =>
    rows.every(({ subscription, discount = "0" }) => subscription !== plan.name || Number(discount) <= 20),
  );
  const { MONTHLY: monthly, ...others } = plan.recurringFees;
  if (fits && (monthly !== "20" || Object.keys(others).length > 0)) {
    plain.push({ ...plan, recurringFees: { MONTHLY: "20" } });
  }
  return plain;
}
