import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mutationsOf } from "#application/access/rights.js";

/* Nothing that a CSR may do is left to programs: each of his mutations is given on a page, or a reason says why not. */

/** What pages have in common is used by one of them. */
const PAGES = ["apps/console/src/pages", "apps/console/src/invoices"];

/** Mutations that no page gives to a CSR, and why. */
const NOT_HIS: Readonly<Record<string, string>> = {
  requestPause: "It asks staff for a pause. A CSR orders the pause itself, or answers a customer's request.",
};

/** The mutations that the pages send. */
const given = async (): Promise<ReadonlySet<string>> => {
  const files = await Promise.all(
    PAGES.map(async (folder) => (await readdir(folder, { recursive: true })).map((name) => join(folder, name))),
  );
  const texts = await Promise.all(
    files.flat().flatMap((name) => (/\.tsx?$/.test(name) ? [readFile(name, "utf8")] : [])),
  );
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/^\s*(\w+)\(input: \$input\)/gm)].map(([, name = ""]) => name)),
  );
};

it("every mutation that a CSR is allowed is on a page, or there is a reason why not", async () => {
  const onPages = await given();
  const missing = mutationsOf({ roles: ["csr"] }).filter((name) => !onPages.has(name));
  expect(missing).toEqual(Object.keys(NOT_HIS));
});

it("what else is done to customers and their documents is on a page", async () => {
  const onPages = await given();
  const OF_FINANCE = [
    ...["changeCreditLimit", "exemptFromCollection", "recordRefund", "reversePayment", "issueGoodwillCredit"],
    ...["writeOffInvoice", "voidInvoice", "issueCreditNote", "reissueInvoice"],
  ];
  expect(OF_FINANCE.filter((name) => !onPages.has(name))).toEqual([]);
});
