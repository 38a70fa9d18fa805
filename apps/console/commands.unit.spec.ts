import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mutations } from "#application/access/access.js";
import { mutationsOf } from "#application/access/rights.js";

/* Which page gives which mutation: nothing that somebody has to do is left to programs, or a reason says why. */

/** The mutations of each part of the console, in the order of access.ts. What pages have in common is in `invoices`. */
const ON_PAGES: Readonly<Record<string, readonly string[]>> = {
  frame: ["advanceTestClock"],
  "pages/catalog": [
    ...["definePlan", "revisePlan", "defineAddOnProduct", "defineVolumeDiscountPlan", "defineMainProduct"],
    ...["reviseMainProduct", "defineOffer", "reviseOffer", "withdrawOffer", "putOfferBackOnSale", "deleteOffer"],
  ],
  "pages/customer-classes": ["defineCustomerClass", "reviseCustomerClass"],
  "pages/tariffs": [
    ...["defineServicePolicy", "reviseServicePolicy", "defineTariff", "reviseTariff", "cloneTariff", "changeRates"],
    ...["importRates", "removeRates"],
  ],
  "pages/new-customer": ["createCustomer"],
  "pages/customer": [
    ...["openAccount", "changeCustomerContact", "changeCustomerBilling", "invitePerson", "removePerson"],
    ...["setCustomerClass", "setSubscriptionDiscountRate", "closeCustomer", "createTicket"],
    ...["linkZendeskOrganization", "unlinkZendeskOrganization", "suspendCustomer", "unsuspendCustomer"],
    ...["cancelScheduledChange", "promiseToPay", "changeCreditLimit", "exemptFromCollection"],
    ...["reversePayment", "recordRefund", "issueGoodwillCredit"],
  ],
  "pages/account": [
    ...["assignOffer", "closeAccount", "changeMainProduct", "addAlias", "changeAlias", "removeAlias"],
    "configureAccountVoice",
  ],
  "pages/calls": ["rateCalls", "correctCalls"],
  "pages/commitment": [
    ...["setDiscountEnd", "pauseCommitment", "changePause", "cancelPause", "resumeCommitment", "withdrawPause"],
    ...["approvePause", "declinePause", "orderTimeLimitedUpgrade", "extendTimeLimitedUpgrade"],
    ...["endTimeLimitedUpgrade", "cancelThenUpgrade", "upgradeCommitment", "cancelScheduledUpgrade", "renewFees"],
    ...["cancelRenewal", "transferCommitment", "terminateCommitment", "cancelTermination", "annulCommitment"],
  ],
  "pages/work-list": ["approvePause", "declinePause"],
  invoices: ["recordPayment", "issueCreditNote", "voidInvoice", "reissueInvoice", "writeOffInvoice"],
};

/** Mutations of people of a provider that no page gives, and why. */
const NO_PAGE: Readonly<Record<string, string>> = {
  requestPause: "It asks staff for a pause. Staff orders the pause itself, or answers a customer's request.",
  recordCall: "Edges record calls.",
};

/** Parts of the console that are not there: operators', finance's and settings pages, by what they will give. */
const NOT_THERE: Readonly<Record<string, readonly string[]>> = {
  "keys, edges and settings": [
    ...["grantKey", "revokeKey", "changeProviderSettings", "changeDocumentDetails"],
    ...["registerEdge", "reviseEdge", "rotateEdgeSecret", "retireEdge"],
    ...["defineMailTemplate", "resetMailTemplate", "sendTestMail", "verifyTargets"],
  ],
  operations: ["retryDelivery", "discardDelivery", "passOverDelivery", "quarantineEvent"],
  "proofs and exports": ["startInvoiceAudit", "startVerification", "startReplay", "startExport", "cancelJob"],
  "the installation": ["createProvider", "setTestClock"],
};

/** What is given without a preview by the command's own code, and why. */
const WITHOUT_PREVIEW: Readonly<Record<string, string>> = {
  advanceTestClock: "It is no command of a customer's: it lets test time pass.",
  importRates: "The query rateImport says line by line what the file would do.",
};

interface Sent {
  /** Names of mutations by part of the console. */
  readonly given: ReadonlyMap<string, ReadonlySet<string>>;
  readonly previewed: ReadonlySet<string>;
}

const sent = async (): Promise<Sent> => {
  const folder = "apps/console/src";
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  const given = new Map<string, Set<string>>();
  const previewed = new Set<string>();
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8");
    for (const [, operation = "", command = ""] of text.matchAll(
      /^\s*(?:(\w+)\(input: \$input\)|preview\(command: \{ (\w+): \$input \}\))/gm,
    )) {
      if (command !== "") previewed.add(command);
      if (operation === "") continue;
      const [part = "", page = ""] = name.split("/");
      const of = part === "pages" ? `${part}/${page}` : part;
      given.set(of, (given.get(of) ?? new Set()).add(operation));
    }
  }
  return { given, previewed };
};

const order = Object.keys(mutations);
const inOrder = (names: Iterable<string>): string[] =>
  [...new Set(names)].sort((a, b) => order.indexOf(a) - order.indexOf(b));

it("each page gives these mutations", async () => {
  const { given } = await sent();
  expect(Object.fromEntries([...given].map(([page, names]) => [page, inOrder(names)]))).toEqual(ON_PAGES);
});

it("every mutation is on a page, or there is a reason why not", () => {
  const named = [ON_PAGES, NOT_THERE].flatMap((pages) => Object.values(pages).flat());
  expect(inOrder([...named, ...Object.keys(NO_PAGE)])).toEqual(order);
});

it("nothing that a CSR is allowed waits for a page", () => {
  const onPages = new Set(Object.values(ON_PAGES).flat());
  expect(mutationsOf({ roles: ["csr"] }).filter((name) => !onPages.has(name))).toEqual(["requestPause"]);
});

it("whatever a page gives is previewed first, or there is a reason why not", async () => {
  const { given, previewed } = await sent();
  const all = inOrder([...given.values()].flatMap((names) => [...names]));
  expect(all.filter((name) => !previewed.has(name))).toEqual(Object.keys(WITHOUT_PREVIEW));
});
