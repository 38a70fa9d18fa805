import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { minorUnitsText } from "./minor-units-text.js";

/*
 * The domain imports no package of currencies: it has a table that is written from one. After an update of the package
 * run this spec once with WRITE_MINOR_UNITS=1.
 */
const file = fileURLToPath(new URL("../../libs/domain/minor-units.ts", import.meta.url));

if (process.env["WRITE_MINOR_UNITS"] === "1") writeFileSync(file, minorUnitsText());

it("the domain's table of minor units is that of the package", () => {
  expect(readFileSync(file, "utf8")).toBe(minorUnitsText());
});
