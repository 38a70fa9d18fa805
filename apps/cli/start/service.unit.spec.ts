import { expect, it } from "vitest";
import { nodeOptions } from "./service.js";

it("gives services room for what lives shortly, unless the operator says how much", () => {
  expect(nodeOptions({})).toEqual(["--max-semi-space-size=32"]);
  expect(nodeOptions({ NODE_OPTIONS: "--enable-source-maps" })).toEqual(["--max-semi-space-size=32"]);
  expect(nodeOptions({ NODE_OPTIONS: "--max_semi_space_size=64" })).toEqual([]);
});
