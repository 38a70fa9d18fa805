import { type Locator, type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Visit } from "../chromium.js";
import { expectNoComplaints, SHOWN, untilDrawn, world, type WorldProvider } from "./world.js";

/*
 * Worked example E7, from the account's page to the invoices: once by mouse, once by keys alone. Then dates that are
 * dragged on the timeline and confirmed, each with the event that it leaves.
 */

let origin: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;
/** Accounts of E7, and commitments whose dates are dragged. */
let byMouse: string;
let byKeys: string;
const dragged = { upgrade: "", pause: "", end: "", cap: "" };

beforeAll(async () => {
  const made = await world();
  ({ origin } = made);
  provider = await made.provider("Eastern Telecom", "2020-05-01T12:00:00.000Z");
  const { desk } = provider;
  const idOf = async (name: string, input: object): Promise<string> => (await desk.mutate(name, input)).id;
  const product = async (name: string, monthly: string) => ({
    ...{ name, addOnProductId: await idOf("defineAddOnProduct", { name, service: "Internet" }) },
    planId: await idOf("definePlan", {
      ...{ name, currency: "USD", minimumPeriods: 24 },
      recurringFees: [{ period: "MONTHLY", amount: monthly }],
    }),
  });
  const [midi, turbo] = await Promise.all([product("Midi 400 MB", "10.00"), product("Turbo 1 GB", "15.00")]);
  const addOnProductIds = [midi.addOnProductId, turbo.addOnProductId];
  const mainProductId = await idOf("defineMainProduct", { name: "Smart call", addOnProductIds });
  const offer = ({ name, planId, addOnProductId }: typeof midi, discount: string, discountPeriods: number) =>
    idOf("defineOffer", {
      ...{ name, currency: "USD", discountPeriods },
      recurringFees: [{ planId, addOnProductId, discount }],
    });
  await Promise.all([offer(midi, "0.00", 24), offer(turbo, "0.00", 24)]);
  const short = await offer({ ...midi, name: "Midi for half a year" }, "4.00", 6);
  const account = async (name: string): Promise<string> => {
    const customerId = await idOf("createCustomer", { currency: "USD", contact: { name } });
    return idOf("openAccount", { customerId, identifier: name, mainProductId });
  };
  [byMouse, byKeys] = await Promise.all([account("John Doe"), account("Kay Keys")]);
  for (const date of ["upgrade", "pause", "end", "cap"] as const) {
    const accountId = await account(`Drag ${date}`);
    dragged[date] = await idOf("assignOffer", { accountId, offerId: short });
  }
  await desk.mutate("orderTimeLimitedUpgrade", {
    ...{ commitmentId: dragged.upgrade, addOnProductId: turbo.addOnProductId, until: "2020-07-31" },
  });
  await desk.mutate("pauseCommitment", { commitmentId: dragged.pause, from: "2020-07-01", until: "2020-08-31" });
  await desk.mutate("terminateCommitment", { commitmentId: dragged.cap, effectiveOn: "2020-07-31" });
  visitor = await provider.as("CSR");
  ({ page } = visitor);
  await page.setViewportSize({ width: 1280, height: 900 });
});

const drawer = (): Locator => page.getByRole("dialog");
/** Once what the form says is worked out. */
const ready = (name: string) =>
  expect.poll(() => drawer().getByRole("button", { name, exact: true }).isEnabled()).toBe(true);

/** By Tab alone, to what is called so. */
const tabTo = async (name: RegExp): Promise<void> => {
  const NAME = `(({ ariaLabel, labels, textContent }) => (ariaLabel ?? labels?.[0]?.textContent) || textContent)(document.activeElement)`;
  for (let at = 0; at < 80; at += 1) {
    await page.keyboard.press("Tab");
    if (name.test((await page.evaluate<string>(NAME)).trim())) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}.`);
};

/** Chooses what begins so by typing it: on a slow machine letters may come too far apart to be one word. */
const choose = async (begins: string): Promise<void> => {
  const CHOSEN = "document.activeElement.selectedOptions[0].textContent";
  do await page.keyboard.type(begins);
  while (!(await page.evaluate<string>(CHOSEN)).startsWith(begins));
};

interface Told {
  readonly type: string;
  readonly effectiveOn: string;
  readonly event: { readonly data: unknown };
}
/** The last event of a commitment. */
const latestOf = async (id: string): Promise<unknown[]> => {
  const { commitment } = await provider.desk.request<{ commitment: { history: { edges: { node: Told }[] } } }>(
    "query ($id: ID!) { commitment(id: $id) { history(first: 1) { edges { node { type effectiveOn event { data } } } } } }",
    { id },
  );
  return commitment.history.edges.map(({ node: { type, event } }) => [type, event.data]);
};
const commitmentOf = async (accountId: string): Promise<string> => {
  const { account } = await provider.desk.request<{
    account: { commitments: { edges: { node: { id: string } }[] } };
  }>("query ($id: ID!) { account(id: $id) { commitments { edges { node { id } } } } }", { id: accountId });
  return account.commitments.edges[0]?.node.id ?? "";
};
const anyText = expect.any(String) as string;

/** What E7's upgrade for a time leaves, by whatever way it was ordered. */
const ORDERED = [
  "TimeLimitedUpgradeOrdered",
  expect.objectContaining({
    until: "2020-07-31",
    effectiveOn: "2020-05-01",
    then: expect.objectContaining({
      from: "2020-08-01",
      terms: expect.objectContaining({ name: "Turbo 1 GB" }) as object,
    }) as object,
  }) as object,
];

describe("E7: three months of a better package for the same fee, then for good", () => {
  it("by mouse", async () => {
    await page.goto(`${origin}/accounts/${byMouse}`);
    await page.getByRole("button", { name: "Add a commitment" }).click();
    await drawer().getByLabel("Offer").selectOption("Midi 400 MB");
    await ready("Add");
    await drawer().getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("group", { name: "List of commitments" }).getByRole("link", { name: "Midi 400 MB" }).click();
    await page.getByRole("button", { name: "Upgrade for a time" }).click();
    await drawer().getByLabel("Better add-on product").selectOption("Turbo 1 GB");
    await drawer().getByLabel("Last day of the upgrade").fill("31/07/2020");
    await drawer().getByLabel("Then upgrade to").selectOption("Turbo 1 GB");
    await ready("Upgrade for a time");
    await drawer().getByRole("button", { name: "Upgrade for a time" }).click();
    await drawer().waitFor({ state: "detached" });
    await expect.poll(async () => latestOf(await commitmentOf(byMouse))).toEqual([ORDERED]);
  });

  it("by keys alone", async () => {
    await page.goto(`${origin}/accounts/${byKeys}`);
    await page.getByRole("button", { name: "Add a commitment" }).waitFor();
    await tabTo(/^Add a commitment$/);
    await page.keyboard.press("Enter");
    await drawer().locator("option", { hasText: "Midi 400 MB" }).waitFor({ state: "attached" });
    await choose("Midi 4");
    await ready("Add");
    await tabTo(/^Add$/);
    await page.keyboard.press("Enter");
    await drawer().waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Midi 400 MB" }).first().waitFor();
    await tabTo(/^Midi 400 MB/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Upgrade for a time" }).waitFor();
    await tabTo(/^Upgrade for a time$/);
    await page.keyboard.press("Enter");
    await drawer().getByLabel("Better add-on product").waitFor();
    await choose("Turbo");
    await page.keyboard.press("Tab");
    await page.keyboard.type("31/07/2020");
    await page.keyboard.press("Tab");
    await choose("Turbo");
    await ready("Upgrade for a time");
    await tabTo(/^Upgrade for a time$/);
    await page.keyboard.press("Enter");
    await drawer().waitFor({ state: "detached" });
    await expect.poll(async () => latestOf(await commitmentOf(byKeys))).toEqual([ORDERED]);
  });
});

describe("a date that is dragged on the timeline", () => {
  const drawing = (): Locator => page.locator("svg[role=group]").first();
  const boxOf = async (shown: Locator) => {
    const box = await shown.boundingBox();
    if (!box) throw new Error("It is not drawn.");
    return box;
  };
  /** Drags the date that a grip moves to where a period begins, or a little before it. */
  const drag = async (id: string, moves: string, period: string, off: number): Promise<void> => {
    await page.goto(`${origin}/commitments/${id}`);
    // What is drawn later would move it.
    await untilDrawn(page, SHOWN);
    const grip = await boxOf(drawing().locator(`[data-moves="${moves}"]`).last());
    const to = (await boxOf(drawing().getByRole("button", { name: period }).locator("rect").first())).x + off;
    const y = grip.y + grip.height / 2;
    await page.mouse.move(grip.x + grip.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(grip.x + grip.width / 2 + 10, y);
    await page.mouse.move(to, y, { steps: 4 });
    await page.mouse.up();
  };
  const confirm = async (): Promise<void> => {
    await expect.poll(() => drawer().locator("button[type=submit]").isEnabled()).toBe(true);
    await drawer().locator("button[type=submit]").click();
    await drawer().waitFor({ state: "detached" });
  };
  const AUGUST = "Coming period, 1 Aug 2020";
  const SEPTEMBER = "Coming period, 1 Sep 2020";

  it("is the last day of an upgrade for a time", async () => {
    await drag(dragged.upgrade, "upgrade", SEPTEMBER, -0.6);
    expect(await drawer().getByLabel("Last day of the upgrade").inputValue()).toBe("31/08/2020");
    await confirm();
    await expect
      .poll(() => latestOf(dragged.upgrade))
      .toEqual([
        [
          "TimeLimitedUpgradeExtended",
          { upgradeId: anyText, until: "2020-08-31", then: null, effectiveOn: "2020-05-01" },
        ],
      ]);
  });

  it("is the last day of a pause", async () => {
    await drag(dragged.pause, "pause", AUGUST, -0.6);
    expect(await drawer().getByLabel("Last paused day").inputValue()).toBe("31/07/2020");
    await confirm();
    await expect
      .poll(() => latestOf(dragged.pause))
      .toEqual([
        [
          "PauseChanged",
          {
            ...{ pauseId: anyText, orderedOn: "2020-05-01", from: "2020-07-01", until: "2020-07-31" },
            ...{ discountEndBefore: "2021-01-02", discountEndAfter: "2020-12-02" },
            effectiveOn: "2020-07-01",
          },
        ],
      ]);
  });

  it("is the first day without discount", async () => {
    await drag(dragged.end, "end", SEPTEMBER, 0.2);
    await drawer().getByLabel("Reason").fill("Asked for on the phone");
    await confirm();
    await expect
      .poll(() => latestOf(dragged.end))
      .toEqual([
        [
          "DiscountEndSet",
          {
            ...{ kind: "MANUAL", discountEnd: "2020-09-01", counted: [], synchronisedWith: null },
            ...{ discountEndBefore: "2020-11-01", discountEndAfter: "2020-09-01", effectiveOn: "2020-05-01" },
            personal: { reason: "Asked for on the phone" },
          },
        ],
      ]);
  });

  it("is the last charged day", async () => {
    await drag(dragged.cap, "cap", "Coming period, 1 Jul 2020", -0.6);
    expect(await drawer().getByLabel("Last charged day").inputValue()).toBe("30/06/2020");
    await confirm();
    await expect
      .poll(() => latestOf(dragged.cap))
      .toEqual([
        [
          "CommitmentTerminated",
          // Two months of 4.00.
          {
            effectiveOn: "2020-06-30",
            discountEnd: "2020-11-01",
            early: true,
            penaltyPreview: "8.00",
            reason: "ORDERED",
          },
        ],
      ]);
  });
});

describe("E7, once August is over", () => {
  it("has cost 10.00 a month through July, and 15.00 from August on", async () => {
    await provider.desk.mutate("advanceTestClock", { to: "2020-09-02T12:00:00.000Z" });
    for (const accountId of [byMouse, byKeys]) {
      await page.goto(`${origin}/commitments/${await commitmentOf(accountId)}`);
      await page.getByRole("heading", { level: 1, name: "Turbo 1 GB" }).waitFor();
      const closed = page.getByRole("button", { name: /^Closed period/ });
      const said = await Promise.all((await closed.all()).map((shape) => shape.getAttribute("aria-label")));
      expect(said.map((text) => /US\$\d+\.\d\d/.exec(text ?? "")?.[0])).toEqual([
        "US$10.00",
        "US$10.00",
        "US$10.00",
        "US$15.00",
      ]);
    }
  });

  it("leaves an invoice that finance can write off on the customer's page", async () => {
    const { page: finance } = await provider.as("FINANCE");
    const { account } = await provider.desk.request<{ account: { customer: { id: string } } }>(
      "query ($id: ID!) { account(id: $id) { customer { id } } }",
      { id: byKeys },
    );
    await finance.goto(`${origin}/customers/${account.customer.id}?tab=invoices`);
    const first = finance.getByRole("button", { name: /^Write off/ }).last();
    const [, number = ""] = /^Write off (.+)$/.exec((await first.getAttribute("aria-label")) ?? "") ?? [];
    await first.click();
    const dialog = finance.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("Moved abroad");
    await expect.poll(() => dialog.locator("button[type=submit]").isEnabled()).toBe(true);
    await dialog.locator("button[type=submit]").click();
    await finance.getByRole("row", { name: number }).getByText("Written off").waitFor();
    expect(await finance.getByRole("button", { name: `Write off ${number}` }).count()).toBe(0);
  });

  it("gave the browser nothing to complain of", () => {
    expectNoComplaints(visitor);
  });
});
