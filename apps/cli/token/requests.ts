import { randomUUID } from "node:crypto";
import { type Client, NoAnswer } from "../client.js";
import { type Action } from "./options.js";

export interface Key {
  readonly id: string;
  readonly label: string;
  readonly roles: readonly string[];
  readonly status: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly grantedBy: string;
}

export interface Granted {
  readonly id: string;
  readonly secret: string;
}

const FIELDS = "id label roles status createdAt expiresAt grantedBy";
const PAGE = 100;

/** Sent once: repeated, it would not show the secret. */
export const grant = async (
  client: Client,
  { label, roles, expiresAt, reason }: Extract<Action, { readonly name: "create" }>,
): Promise<Granted> => {
  const { grantKey } = await client.query<{ grantKey: { id: string; secret: string | null } }>(
    "mutation ($input: GrantKeyInput!) { grantKey(input: $input) { id secret } }",
    { input: { idempotencyKey: randomUUID(), label, roles, expiresAt, reason } },
  );
  const { id, secret } = grantKey;
  if (secret === null) throw new NoAnswer("The server did not show the secret.");
  return { id, secret };
};

export const list = async (client: Client): Promise<Key[]> => {
  const found: Key[] = [];
  let after: string | null = null;
  do {
    const { keys }: { keys: Page } = await client.query<{ keys: Page }>(
      `query ($after: String) { keys(first: ${PAGE}, after: $after) {
         pageInfo { hasNextPage endCursor } edges { node { ${FIELDS} } } } }`,
      { after },
    );
    found.push(...keys.edges.map(({ node }) => node));
    after = keys.pageInfo.hasNextPage ? keys.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
};

interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: Key }[];
}

export const revoke = async (client: Client, keyId: string, reason: string): Promise<void> => {
  await client.query("mutation ($input: RevokeKeyInput!) { revokeKey(input: $input) { id } }", {
    input: { idempotencyKey: randomUUID(), keyId, reason },
  });
};
