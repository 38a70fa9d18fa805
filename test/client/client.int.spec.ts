import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "../../apps/api/spec-support/bench.js";
import { OPERATOR_TOKEN } from "../../apps/api/spec-support/said-callers.js";

/** A program of somebody else's: operations, a client, and what a code generator makes of the published schema. */
const PROGRAM = fileURLToPath(new URL("program/", import.meta.url));
const PROVIDED_AT = "2020-07-15T12:00:00Z";

interface Access {
  readonly url: string;
  readonly provider: string;
  readonly token: string;
}

interface Program {
  signUp(access: Access): Promise<Record<string, unknown>>;
  refusal(access: Access): Promise<string>;
}

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

/** Runs a program of a package in the folder of the client; what it says is in the error that it ends with. */
const tool = (file: string, ...args: string[]) => run(process.execPath, [file, ...args], { cwd: PROGRAM });

const compiled = async (): Promise<Program> => {
  await rm(join(PROGRAM, "generated"), { recursive: true, force: true });
  const generator = join(dirname(resolve("@graphql-codegen/cli/package.json")), "cjs/bin.js");
  await tool(generator, "--config", "codegen.json");
  await tool(resolve("typescript/bin/tsc"), "--project", "tsconfig.json");
  return (await import(pathToFileURL(join(PROGRAM, "generated/compiled/sign-up.js")).href)) as Program;
};

let bench: Bench;
let program: Program;
beforeAll(async () => {
  [bench, program] = await Promise.all([startBench(), compiled()]);
});
afterAll(() => bench.stop());

/** To a provider of its own. */
const access = async (): Promise<Access> => {
  const { providerId: provider = "" } = await bench.provider(PROVIDED_AT);
  return { url: bench.url, provider, token: OPERATOR_TOKEN };
};

const ID = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;

describe("a client with types generated from the schema, compiled strictly", () => {
  it("signs a customer up, and reads what it will be charged", async () => {
    expect(await program.signUp(await access())).toEqual({
      catalog: {
        definePlan: {
          id: ID,
          plan: {
            name: "Turbo 1 GB",
            currency: "USD",
            recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
            minimumPeriods: 24,
            penalty: "SUM_OF_DISCOUNTS",
          },
        },
        defineMainProduct: { id: ID },
      },
      offer: {
        defineOffer: {
          id: ID,
          offer: {
            name: "Two years of Turbo",
            status: "ON_SALE",
            discountPeriods: 24,
            recurringFees: [{ discount: "5.00", plan: { name: "Turbo 1 GB" } }],
          },
        },
      },
      customer: {
        createCustomer: {
          id: ID,
          customer: { contact: { name: "John Doe" }, status: "ACTIVE", billingPeriod: "MONTHLY" },
        },
      },
      account: {
        openAccount: {
          id: ID,
          account: { identifier: "12012555215", status: "OPEN", mainProduct: { name: "Smart call" } },
        },
      },
      commitment: {
        assignOffer: {
          id: ID,
          repeated: false,
          commitment: {
            status: "ACTIVE",
            start: "2020-07-15",
            discountEndDate: "2022-07-15",
            terms: { currency: "USD", recurring: [{ planId: ID, discount: "5.00" }] },
          },
        },
      },
      running: {
        unbilled: {
          currency: "USD",
          total: "8.23",
          period: { from: "2020-07-01", until: "2020-07-31" },
          lines: [
            {
              kind: "RECURRING",
              description: "Turbo 1 GB",
              from: "2020-07-15",
              until: "2020-07-31",
              fee: "10.97",
              discount: "2.74",
              discountOrigin: "COMMITMENT",
              net: "8.23",
            },
          ],
        },
      },
    });
  });

  it("knows the codes of refusals", async () => {
    expect(await program.refusal(await access())).toBe("CUSTOMER_NOT_FOUND: There is no such customer.");
  });
});
