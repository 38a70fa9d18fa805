import { type Client } from "../client.js";
import { type Act, type Filter } from "./options.js";

/** A delivery as the server shows it. */
export interface Delivery {
  readonly id: string;
  readonly target: string;
  readonly kind: string;
  readonly on: string;
  readonly customerId: string;
  readonly subjectId: string | null;
  readonly eventId: string;
  readonly status: "PENDING" | "DELIVERED" | "PARKED" | "DISCARDED";
  readonly passedOver: boolean;
  readonly tries: number;
  readonly lastError: string | null;
  readonly notBefore: string | null;
  readonly recordedAt: string;
  readonly settledAt: string | null;
  readonly discardReason: string | null;
  readonly discardedBy: string | null;
}

const FIELDS = `id target kind on customerId subjectId eventId status passedOver tries lastError notBefore recordedAt
  settledAt discardReason discardedBy`;

/** The server's limit of a page. */
const PAGE = 200;

interface Page {
  readonly edges: readonly { readonly node: Delivery }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly totalCount: number;
}

/** The first deliveries that match, those of the latest events first, and how many there are. @throws Refused, NoAnswer */
export const listDeliveries = async (
  client: Client,
  filter: Filter,
  limit: number,
): Promise<{ readonly deliveries: readonly Delivery[]; readonly total: number }> => {
  const deliveries: Delivery[] = [];
  for (let after: string | null = null; ;) {
    const first = Math.min(PAGE, limit - deliveries.length);
    const { deliveries: page }: { deliveries: Page } = await client.query(
      `query ($first: Int!, $after: String, $filter: DeliveryFilter) {
        deliveries(first: $first, after: $after, filter: $filter) {
          edges { node { ${FIELDS} } } pageInfo { endCursor hasNextPage } totalCount
        }
      }`,
      { first, after, filter },
    );
    deliveries.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage || deliveries.length >= limit) return { deliveries, total: page.totalCount };
    after = page.pageInfo.endCursor;
  }
};

const mutations: Readonly<Record<Act, readonly [name: string, input: string]>> = {
  retry: ["retryDelivery", "RetryDeliveryInput"],
  discard: ["discardDelivery", "DiscardDeliveryInput"],
  resume: ["passOverDelivery", "DeliveryInput"],
};

/** Acts on one delivery; returns it as it is then. @throws Refused, NoAnswer */
export const actOn = async (
  client: Client,
  act: Act,
  input: { readonly deliveryId: string; readonly reason?: string; readonly anew?: true },
): Promise<Delivery> => {
  const [name, type] = mutations[act];
  const { delivery } = await client.query<{ delivery: Delivery }>(
    `mutation ($input: ${type}!) { delivery: ${name}(input: $input) { ${FIELDS} } }`,
    { input },
  );
  return delivery;
};

export interface Verified {
  readonly target: string;
  /** Whether events make deliveries to it. */
  readonly on: boolean;
  readonly ok: boolean;
  readonly message: string;
}

/** @throws Refused, NoAnswer */
export const verifyTargets = async (client: Client): Promise<readonly Verified[]> => {
  const { targets } = await client.query<{ targets: { name: string; on: boolean }[] }>("{ targets { name on } }");
  const { verifyTargets: found } = await client.query<{ verifyTargets: Omit<Verified, "on">[] }>(
    "mutation { verifyTargets { target ok message } }",
  );
  const on = new Map(targets.map((target) => [target.name, target.on]));
  return found.map((verified) => ({ ...verified, on: on.get(verified.target) ?? false }));
};
