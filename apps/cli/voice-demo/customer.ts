import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Client, NoAnswer } from "../client.js";
import { type Place } from "./parties.js";

export const NUMBER = "12065551200";
/** When a call is made, by the provider's clock, which stands still meanwhile. */
export const CALLED_AT = ["2020-11-10T12:00:00Z", "2020-11-10T12:10:00Z"] as const;
const MONTH_OVER_AT = "2020-12-01T12:00:00Z";

/**
 * A big customer: calls to its toll-free number go to its redirect server, and from there to its PBXs.
 * @param pbxs addresses that the redirect server may send calls to
 */
export const makeCustomer = async (client: Client, redirectServer: Place, pbxs: readonly string[]): Promise<void> => {
  let keys = 0;
  const make = (name: string, input: object): Promise<string> =>
    client.mutate(name, input, `voice-demo-${(keys += 1)}`);
  await make("setTestClock", { at: CALLED_AT[0] });
  const incomingTariffId = await make("defineTariff", { name: "Toll-free", currency: "USD" });
  await make("changeRates", {
    tariffId: incomingTariffId,
    rates: [
      {
        ...{ prefix: "1", effectiveFrom: "2020-01-01T00:00:00Z", connectFee: "0.01" },
        ...{ priceFirst: "0.06", priceNext: "0.06", firstInterval: 30, nextInterval: 6 },
      },
    ],
  });
  const servicePolicyId = await make("defineServicePolicy", {
    ...{ name: "Own PBXs only", redirectAction: "REJECT", trustedNetworks: pbxs },
  });
  const mainProductId = await make("defineMainProduct", { name: "Toll-free number", voice: { incomingTariffId } });
  const customerId = await make("createCustomer", { contact: { name: "Big company" }, currency: "USD" });
  const accountId = await make("openAccount", { customerId, identifier: NUMBER, mainProductId });
  const sipContact = { host: redirectServer.address, port: redirectServer.port };
  await make("configureAccountVoice", { accountId, servicePolicyId, sipContact });
};

/** Registers an edge for callers of this address. @returns its id, and the file with its secret */
export const registerEdge = async (
  client: Client,
  caller: string,
  folder: string,
): Promise<{ readonly id: string; readonly secretFile: string }> => {
  const { registerEdge: edge } = await client.query<{ registerEdge: { id: string; secret: string } }>(
    "mutation ($input: RegisterEdgeInput!) { registerEdge(input: $input) { id secret } }",
    { input: { name: "Demo", addresses: [caller], idempotencyKey: "voice-demo-edge" } },
  );
  const secretFile = join(folder, "secret");
  await writeFile(secretFile, edge.secret, { mode: 0o600 });
  return { id: edge.id, secretFile };
};

export interface Xdr {
  readonly answered: string;
  readonly leg: string;
  readonly cli: string | null;
  readonly cld: string;
  readonly redirectedTo: string | null;
  readonly seconds: number | null;
  readonly chargedSeconds: number | null;
  readonly amount: string | null;
}

export const xdrs = async (client: Client): Promise<readonly Xdr[]> => {
  const { calls } = await client.query<{ calls: { edges: { node: Xdr }[] } }>(
    `{ calls(sort: { by: ANSWERED }) { edges { node {
      answered leg cli cld redirectedTo seconds chargedSeconds amount
    } } } }`,
  );
  return calls.edges.map(({ node }) => node);
};

export interface Invoice {
  readonly number: string;
  readonly issuedOn: string;
  readonly total: string;
  readonly currency: string;
  readonly lines: {
    readonly edges: readonly {
      readonly node: {
        readonly kind: string;
        readonly description: string;
        readonly from: string;
        readonly until: string;
        readonly net: string;
        readonly usage: { readonly calls: number; readonly seconds: number; readonly chargedSeconds: number } | null;
      };
    }[];
  };
}

export const moveClock = async (client: Client, to: string): Promise<void> => {
  await client.mutate("advanceTestClock", { to }, `voice-demo-${to}`);
};

/** Lets the month pass, and answers its invoice. @throws NoAnswer where there is none */
export const invoiceOfTheMonth = async (client: Client): Promise<Invoice> => {
  await moveClock(client, MONTH_OVER_AT);
  const { invoices } = await client.query<{ invoices: { edges: { node: Invoice }[] } }>(
    `{ invoices(first: 1) { edges { node { number issuedOn total currency lines { edges { node {
      kind description from until net usage { calls seconds chargedSeconds }
    } } } } } } }`,
  );
  const [first] = invoices.edges;
  if (first === undefined) throw new NoAnswer("The month has passed, and there is no invoice.");
  return first.node;
};
