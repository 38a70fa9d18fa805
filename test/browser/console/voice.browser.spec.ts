import { type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { failedLine, startLine } from "../../../libs/application/spec-support/journal-lines.js";
import { expectNoComplaints, operationsOf, world, type WorldProvider } from "./world.js";
import { type Visit } from "../chromium.js";

/* Pages 19, 22 and the part of page 7 that is about calls. */

const NOW = "2020-08-01T12:00:00.000Z";

let origin: string;
let edges: string;
let provider: WorldProvider;
let visitor: Visit;
let page: Page;
let ids: { readonly accountId: string; readonly customerId: string; readonly tariffId: string };

beforeAll(async () => {
  const made = await world();
  ({ origin, edges } = made);
  provider = await made.provider("Voice of the North", NOW);
  const { desk } = provider;
  const run = (name: string, input: object): Promise<{ readonly id: string }> => desk.mutate(name, input);
  const { id: tariffId } = await run("defineTariff", { name: "Toll-free", currency: "USD" });
  await run("defineTariff", { name: "In euros", currency: "EUR" });
  const rate = (prefix: string, effectiveFrom: string, price: string, flags: object = {}) => ({
    ...{ prefix, effectiveFrom, priceFirst: price, priceNext: price, ...flags },
  });
  const rates = [
    rate("1", "2020-01-01T00:00:00Z", "0.06"),
    rate("1", "2020-07-01T00:00:00Z", "0.05"),
    rate("1", "2020-09-01T00:00:00Z", "0.04"),
    rate("1900", "2020-01-01T00:00:00Z", "0", { forbidden: true }),
  ];
  await run("changeRates", { tariffId, rates });
  const { id: mainProductId } = await run("defineMainProduct", { name: "Line", voice: { maxCalls: 2 } });
  const { id: customerId } = await run("createCustomer", { currency: "USD", contact: { name: "ABC" } });
  const { id: accountId } = await run("openAccount", { customerId, identifier: "18005550100", mainProductId });
  ids = { accountId, customerId, tariffId };
  visitor = await provider.as("ADMIN");
  ({ page } = visitor);
});

const settled = async (): Promise<void> => {
  await page.locator("#page h1").waitFor();
  await expect.poll(() => page.locator('#page [aria-busy="true"]').count()).toBe(0);
};
const cells = async (label: string): Promise<string[]> => {
  const texts = await page.getByRole("group", { name: label }).locator("tbody tr").allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, " ").trim());
};
const choose = (label: string, option: string) =>
  page.getByLabel(label, { exact: true }).selectOption({ label: option });

describe("the page of a tariff", () => {
  it("has three lists for the three ways in which rates are effective, by one query each", async () => {
    const seen = await operationsOf(page, async () => {
      await page.goto(`${origin}/tariffs/${ids.tariffId}`);
      await settled();
    });
    expect(seen.filter((name) => name === "Tariff")).toHaveLength(1);
    const prices = async () =>
      (await cells("Rates of Toll-free")).map((row) => [/^\S+/.exec(row), /\$0\.\d+/.exec(row)].join(" "));
    expect(await prices()).toEqual(["1 $0.05", "1900 $0.00"]);
    await choose("Effective", "Effective at and before");
    await expect.poll(prices).toEqual(["1 $0.06", "1 $0.05", "1900 $0.00"]);
    await choose("Effective", "Effective at and after");
    await expect.poll(prices).toEqual(["1 $0.05", "1 $0.04", "1900 $0.00"]);
    await choose("Forbidden", "No");
    await expect.poll(prices).toEqual(["1 $0.05", "1 $0.04"]);
    expect(page.url()).toContain("mode=AT_AND_AFTER");
  });

  it("keeps all but the rates, and the focus, where a day is refused", async () => {
    const day = page.getByLabel("Day", { exact: true });
    await day.fill("31/12/2250");
    await page.keyboard.press("Tab");
    await page.getByText("Code: VALIDATION_FAILED").waitFor();
    expect(await page.locator("#page h1").textContent()).toBe("Toll-free");
    expect(await page.evaluate("document.activeElement.name")).toBe("prefix");
    expect(await page.getByRole("button", { name: "Retry" }).count()).toBe(0);
    await day.fill("");
    await expect.poll(() => cells("Rates of Toll-free").then((rows) => rows.length)).toBe(2);
  });

  it("says at the field of a rate what is wrong with it", async () => {
    await page.getByRole("button", { name: "Add a rate" }).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByLabel("Price a minute, first interval").fill("0.05");
    await drawer.getByLabel("Prefix").fill("39a");
    await expect.poll(() => drawer.getByLabel("Prefix").getAttribute("aria-invalid")).toBe("true");
    await page.keyboard.press("Escape");
  });

  it("tests a rate, with its steps", async () => {
    await page.getByLabel("Number", { exact: true }).fill("12065551202");
    await page.getByLabel("Length in seconds").fill("90");
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect
      .poll(() => page.locator("section", { hasText: "Test a rate" }).innerText())
      .toContain("$0.07500 for 90 charged seconds, by the prefix 1");
    expect((await cells("Result")).at(0)).toBe("Length of the call 90 s");
  });

  it("imports a file once its mistakes are gone, after it showed what changes", async () => {
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const drawer = page.getByRole("dialog");
    const give = async (csv: string): Promise<void> => {
      const file = { name: "rates.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
      await drawer.getByLabel("CSV file").setInputFiles(file);
      await drawer.getByRole("button", { name: "Show what would change" }).click();
    };
    await give("prefix,priceFirst,priceNext,effectiveFrom\n44,0.1,0.1,2020-09-01T00:00:00Z\n4x,,0.1,\n");
    await drawer.getByText("1 mistake: nothing can be imported.", { exact: true }).first().waitFor();
    expect(await cells("1 mistake")).toEqual(["3 priceFirst The cell is empty."]);
    expect(await drawer.getByRole("button", { name: "Import", exact: true }).count()).toBe(0);
    await give(
      "prefix,priceFirst,priceNext,effectiveFrom\n44,0.1,0.1,2020-09-01T00:00:00Z\n1,0.04,0.04,2020-09-01T00:00:00Z\n",
    );
    await drawer.getByText("1 added, 0 changed, 0 discontinued, 1 unchanged.").first().waitFor();
    // 1900 would end; 1 and 44 are in the file.
    await drawer.getByLabel("End prefixes that the file does not have").check();
    await drawer.getByRole("button", { name: "Show what would change" }).click();
    await drawer.getByText("1 added, 0 changed, 1 discontinued, 1 unchanged.").first().waitFor();
    await drawer.getByLabel("End prefixes that the file does not have").uncheck();
    await drawer.getByRole("button", { name: "Show what would change" }).click();
    await drawer.getByText("1 added, 0 changed, 0 discontinued, 1 unchanged.").first().waitFor();
    await drawer.getByRole("button", { name: "Import", exact: true }).click();
    await drawer.waitFor({ state: "detached" });
    await expect.poll(() => cells("Rates of Toll-free").then((rows) => rows.length)).toBe(3);
  });
});

it("a service policy is defined with its trusted networks", async () => {
  await page.goto(`${origin}/policies`);
  await page.getByRole("button", { name: "Define a service policy" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Name", { exact: false }).fill("Redirect server");
  await drawer.getByLabel("Trusted networks").fill("127.0.0.31, PBX.example");
  await drawer.getByRole("button", { name: "Define", exact: true }).click();
  await drawer.waitFor({ state: "detached" });
  await expect
    .poll(() => cells("Service policies"))
    .toEqual([expect.stringContaining("Redirect server Not enabled 127.0.0.31, pbx.example")]);
});

it("calls of an account are configured on its page, with what it has from its product", async () => {
  await page.goto(`${origin}/accounts/${ids.accountId}`);
  await settled();
  await page.getByRole("button", { name: "Configure calls" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Host").fill("127.0.0.21");
  await drawer.getByLabel("Transport").selectOption({ label: "TLS" });
  await drawer.getByLabel("Service policy").selectOption({ label: "Redirect server" });
  const tariff = drawer.getByLabel("Tariff of calls received");
  await tariff.selectOption({ label: "Toll-free" });
  // Tariffs of another currency than the customer's are not offered.
  expect(await tariff.locator("option").allInnerTexts()).toEqual(["From the product", "Toll-free"]);
  await drawer.getByRole("button", { name: "Configure", exact: true }).click();
  await drawer.waitFor({ state: "detached" });
  await expect
    .poll(() => cells("Calls"))
    .toEqual([
      "SIP contact 127.0.0.21:5061 TLS This account",
      "Service policy Redirect server This account",
      "Tariff of calls received Toll-free This account",
      "Tariff of calls made None Default",
      "Calls at the same time 2 Line",
      "Longest call, seconds 14400 s Default",
      "Language of announcements English Default",
    ]);
});

const amounts = (amount: string) =>
  page.getByRole("table", { name: "Calls", exact: true }).getByRole("cell", { name: amount });

it("calls are listed with what they cost, or why not, and by customer", async () => {
  const { desk } = provider;
  const call = { accountId: ids.accountId, leg: "IN", answered: "2020-08-01T11:00:00Z", seconds: "90" };
  await desk.mutate("recordCall", {
    ...{ ...call, callId: "c1", cli: "12065551201", callerHidden: true, cld: "18005550100" },
  });
  await desk.mutate("recordCall", { ...call, callId: "c2", leg: "OUT", cld: "12065550000" });
  await page.goto(`${origin}/customers/${ids.customerId}`);
  const tabs = page.getByRole("navigation", { name: "Parts of this customer" });
  await tabs.getByRole("link", { name: "Calls", exact: true }).click();
  await settled();
  await page.getByText("Only calls of ABC.").waitFor();
  const rows = page.getByRole("row");
  await expect.poll(() => rows.count()).toBe(3);
  expect(await amounts("$0.07500").count()).toBe(1);
  // Who hides is marked; of the other call nobody knows who called.
  expect(await rows.getByText("12065551201 Hidden", { exact: true }).count()).toBe(1);
  expect(await rows.getByText("Anonymous", { exact: true }).count()).toBe(1);
  await choose("State", "Unrated");
  await expect.poll(() => rows.count()).toBe(2);
  expect(await rows.last().innerText()).toContain("No rate");
});

describe("calls that no money hangs on", () => {
  /** By the clock of the edge; the provider's stands at noon meanwhile. */
  // By the clock of the machine: a call that went on for hours would be missing its end.
  const SENT = new Date().toISOString();
  const before = (seconds: number): string => new Date(Date.parse(SENT) - seconds * 1_000).toISOString();
  const link = (list: string, name: string) =>
    page.getByRole("navigation", { name: list }).getByRole("link", { name, exact: true });
  const rowsOf = async (name: string): Promise<string[]> => {
    const texts = await page.getByRole("table", { name }).getByRole("row").allInnerTexts();
    return texts.slice(1).map((text) => text.replaceAll(/\s+/g, " ").trim());
  };

  it("are told to be none, as long as edges tell of none", async () => {
    await page.goto(`${origin}/accounts/${ids.accountId}`);
    await link("Parts of this account", "Calls").click();
    await link("Lists of calls", "Going on").click();
    await page.getByText("No call matches.").waitFor();
    await page.getByRole("button", { name: "Show all calls" }).click();
    await page.getByText("No call is going on.").waitFor();
    await link("Lists of calls", "Failed").click();
    await page.getByText("No call failed.").waitFor();
  });

  it("are listed while they go on, and when they failed with the reason, also of one account", async () => {
    const edge = await provider.desk.mutate<{ id: string; secret: string }>(
      "registerEdge",
      { name: "North", addresses: ["127.0.0.1"] },
      "id secret",
    );
    const authorization = `Basic ${Buffer.from(`${edge.id}:${edge.secret}`).toString("base64")}`;
    const send = async (path: string, body: object): Promise<{ readonly ref?: string; readonly started?: number }> => {
      const answer = await fetch(`${edges}/edge/v1/${path}`, {
        ...{ method: "POST", headers: { authorization }, body: JSON.stringify(body) },
      });
      return (await answer.json()) as { readonly ref?: string };
    };
    const asked = { callId: "g1", fromTag: "t", cli: "12065551201", cld: "18005550100", sourceIp: "127.0.0.1" };
    const { ref = "" } = await send("route", asked);
    const goingOn = { callId: "g1", answered: before(30), legs: { IN: ref }, cld: "18005550100", redirectedTo: "pbx" };
    const failed = { callId: "f1", came: before(90), sipCode: 486, reason: "MAX_CALLS", cld: "18005550100" };
    const unknown = {
      callId: "f2",
      came: before(80),
      sipCode: 404,
      reason: "UNKNOWN_NUMBER",
      cld: "19995550100",
      hidden: true,
    };
    const told = {
      ...{ sentAt: SENT, started: [startLine(goingOn)], ended: [] },
      failed: [failedLine({ ...failed, account: ids.accountId }), failedLine(unknown)],
    };
    expect(await send("progress", told)).toEqual({ started: 1, ended: 0, failed: 2 });

    await page.getByRole("button", { name: "Read again" }).click();
    await expect
      .poll(() => rowsOf("Failed calls"))
      .toEqual([
        "1 Aug 2020 11:58 UTC 12015550100 Hidden 19995550100 North No account has the number 404",
        "1 Aug 2020 11:58 UTC 12015550100 18005550100 18005550100 ABC North Too many calls at the same time 486",
      ]);
    await choose("Failed because", "No account has the number");
    await expect.poll(() => rowsOf("Failed calls")).toHaveLength(1);
    expect(page.url()).toBe(`${origin}/calls/failed?reason=UNKNOWN_NUMBER`);

    const seen = await operationsOf(page, async () => {
      await link("Lists of calls", "Going on").click();
      await expect
        .poll(() => rowsOf("Calls going on"))
        .toEqual(["1 Aug 2020 11:59 UTC 12015550100 18005550100 → pbx 18005550100 ABC North 14400 s"]);
    });
    expect(seen).toEqual(["OpenCalls"]);
    await page.goto(`${origin}/customers/${ids.customerId}`);
    await link("Parts of this customer", "Calls").click();
    await link("Lists of calls", "Failed").click();
    await page.getByText("Only calls of ABC.").waitFor();
    expect(await link("Parts of this customer", "Calls").getAttribute("aria-current")).toBe("page");
    await expect.poll(() => rowsOf("Failed calls")).toHaveLength(1);
    await link("Lists of calls", "Recorded").click();
    await page.waitForURL(`${origin}/calls?customer=${ids.customerId}`);
    await choose("State", "Unrated");
    await expect.poll(() => page.getByRole("row").count()).toBe(2);
  });
});

describe("what is done about calls", () => {
  const chosen = (name: string) => page.getByRole("checkbox", { name: new RegExp(name) });
  const drawer = () => page.getByRole("dialog");

  it("gives an amount to one that has none, unless there is no rate", async () => {
    await chosen("to 12065550000").check();
    await page.getByRole("button", { name: "Give amounts" }).click();
    await drawer()
      .getByText(/^There is no rate for the call to 12065550000 of .* UTC\.$/)
      .waitFor();
    await drawer().getByLabel("Tariff").selectOption({ label: "Toll-free" });
    await drawer().getByRole("button", { name: "Give amounts" }).click();
    await drawer().waitFor({ state: "detached" });
    await page.getByText("No call matches.").waitFor();
    await choose("State", "Any");
    await expect.poll(() => amounts("$0.07500").count()).toBe(2);
    expect(await page.getByText("2 calls, 180 charged seconds: US$0.15000").count()).toBe(1);
  });

  it("tells why one costs what it costs, and voids it with a reason", async () => {
    await page.getByRole("button", { name: /^Explain: call of .* to 18005550100, Received$/ }).click();
    await expect
      .poll(() => drawer().getByRole("listitem").allInnerTexts())
      .toEqual([
        "The called number, 18005550100, is rated by Toll-free: the longest prefix that has a rate is 1.",
        "This rate held from 1 Jul 2020 00:00 UTC until 1 Sep 2020 00:00 UTC, so at the answer on 1 Aug 2020 11:00 UTC.",
        "The call was 90 s long, to the nearest second.",
        "The first interval of 1 s is charged whole: at US$0.05 a minute, US$0.00083333….",
        "Beyond it, by steps of 1 s that begin, 89 s are charged: at US$0.05 a minute, US$0.07416666….",
        "Together US$0.075, rounded half up to three decimals beyond the currency's: US$0.07500.",
        "No invoice has it yet.",
      ]);
    await page.keyboard.press("Escape");
    await chosen("to 12065550000").check();
    await page.getByRole("button", { name: "Correct calls" }).click();
    await drawer().getByLabel("Reason").fill("A test of the line");
    await drawer().getByRole("button", { name: "Void", exact: true }).click();
    await drawer().waitFor({ state: "detached" });
    await expect.poll(() => page.getByRole("row").getByText("Void").count()).toBe(1);
  });

  it("opens the calls of an invoice's line, which add up to it, and gives them as a file", async () => {
    const { desk } = provider;
    await desk.mutate("recordCall", {
      ...{ accountId: ids.accountId, leg: "IN", answered: "2020-08-01T11:30:00Z", seconds: "30" },
      ...{ callId: "c3", cli: "+390212345", cld: "18005550100" },
    });
    await desk.mutate("advanceTestClock", { to: "2020-09-01T12:00:00.000Z" });
    const { invoices } = await desk.request<{ invoices: { edges: { node: { id: string; number: string } }[] } }>(
      "{ invoices(first: 1) { edges { node { id number } } } }",
    );
    const invoice = invoices.edges[0]?.node;
    await page.goto(`${origin}/calls?invoice=${invoice?.id ?? ""}`);
    await settled();
    await page.getByRole("heading", { name: `Calls of ${invoice?.number ?? ""}` }).waitFor();
    await page.getByRole("button", { name: "Show the calls of line 1" }).click();
    await page.getByText("2 calls come to US$0.10000; the line charges US$0.10, rounded once.").waitFor();
    await expect.poll(() => page.getByRole("link", { name: invoice?.number ?? "" }).count()).toBe(2);
    const href = (await page.getByRole("link", { name: "CSV" }).getAttribute("href")) ?? "";
    const file = await page.evaluate((path) => fetch(path).then((answer) => answer.text()), href);
    const lines = file.trim().split("\r\n");
    expect(lines.map((line) => line.split(",").slice(2, 5).join(","))).toEqual([
      "leg,from,to",
      "IN,12065551201,18005550100",
      "IN,'+390212345,18005550100",
    ]);
    expectNoComplaints(visitor);
  });
});
