import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { configuredTargets } from "./configured-targets.js";

const OTHER = "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tenure-targets-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("has an Odoo for the default provider by the environment, for others by the file, and none without settings", () => {
  const file = join(folder, "integrations.yaml");
  writeFileSync(join(folder, "odoo.key"), "key-of-the-other\n");
  writeFileSync(
    file,
    `${OTHER}:
  ODOO_API_URL: https://odoo.example.com
  ODOO_API_ACCESS_KEY: { file: odoo.key }
  ODOO_MODE: json2
  ODOO_DATABASE: company
`,
  );
  const own = { ODOO_API_URL: "http://127.0.0.1/company/signal", ODOO_API_ACCESS_KEY: "key-of-the-first" };
  const targets = configuredTargets({ ...own, TENURE_INTEGRATIONS_FILE: file });
  expect(targets.map(({ name }) => name)).toEqual(["ODOO"]);
  const shown = [DEFAULT_PROVIDER_ID, OTHER].map((provider) => [
    targets[0]?.isOn(provider),
    targets[0]?.configuration(provider).map(({ key, value }) => `${key}=${value}`),
  ]);
  expect(shown).toEqual([
    [true, ["ODOO_API_URL=http://127.0.0.1/company/signal", "ODOO_API_ACCESS_KEY=********", "ODOO_MODE=signal"]],
    [
      true,
      [
        ...["ODOO_API_URL=https://odoo.example.com", "ODOO_API_ACCESS_KEY=********", "ODOO_MODE=json2"],
        ...["ODOO_DATABASE=company", "ODOO_MODEL=tenure.signal", "ODOO_METHOD=accept"],
      ],
    ],
  ]);
  expect(configuredTargets({})).toEqual([]);
  expect(() => configuredTargets({ ODOO_API_ACCESS_KEY: "key" })).toThrow("ODOO_API_URL must be set");
});
