/** A page of a list in the API. */
export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** The most that the API answers at once. */
export const PAGE = 200;

/** All items of a list, page by page. @param read answers the page after a cursor; null: there is no such list */
export const readPages = async <Node>(
  read: (after: string | null) => Promise<Connection<Node> | null | undefined>,
): Promise<Node[]> => {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const connection: Connection<Node> | null | undefined = await read(after);
    nodes.push(...(connection?.edges ?? []).map(({ node }) => node));
    if (!connection?.pageInfo.hasNextPage) return nodes;
    after = connection.pageInfo.endCursor;
  }
};
