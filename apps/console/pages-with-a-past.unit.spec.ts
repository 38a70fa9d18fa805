import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { pathAsOf } from "./src/frame/as-of/moment.js";

/* Links take the moment along to the pages that the route table says have a past, and to no other. */

it("are those that links lead to as of a moment", async () => {
  const router = await readFile("apps/console/src/router.tsx", "utf8");
  const pages = [...router.matchAll(/^ {2}page\("([^"]+)", \{([^]*?)^ {2}\}\)/gm)];
  expect(pages.length).toBeGreaterThan(20);
  const told = pages.filter(([, , given = ""]) => given.includes("hasPast: true")).map(([, path]) => path);
  const taken = pages.map(([, path = ""]) => path).filter((path) => pathAsOf(path, { asOf: "2020-10-31" }) !== path);
  expect(taken).toEqual(told);
  expect(told).toEqual(["/customers/$id", "/accounts/$id", "/commitments/$id", "/invoices/$id"]);
});
