import { useCallback, useRef, useState } from "react";
import { useClient } from "urql";
import { type Failure, failureOf } from "../../../../web/failure.js";
import { useAsOf } from "../../frame/as-of/shown-moment.js";
import { type Issued, type Lines, MORE_LINES } from "./query.js";

export interface ShownLines {
  readonly edges: Lines["edges"];
  readonly total: number;
  /** Asks for the lines that follow; null: there are none, or that failed. */
  readonly more: (() => void) | null;
  readonly failure: Failure | null;
  readonly retry: () => void;
}

/** The lines of a document, two hundred at a time: an issued one never changes, so what is there stays. */
export const useLines = ({ id, lines }: Issued): ShownLines => {
  const client = useClient();
  const asOf = useAsOf();
  const [later, setLater] = useState<Pick<Lines, "edges" | "pageInfo">>({ edges: [], pageInfo: lines.pageInfo });
  const [failure, setFailure] = useState<Failure | null>(null);
  const isAsked = useRef(false);
  const { hasNextPage, endCursor } = later.pageInfo;
  const ask = useCallback(() => {
    if (isAsked.current || endCursor === null) return;
    isAsked.current = true;
    void client
      .query(MORE_LINES, { id, asOf, after: endCursor })
      .toPromise()
      .then(({ data, error }) => {
        isAsked.current = false;
        const found = (data?.invoice ?? data?.creditNote)?.lines;
        setFailure(found ? null : error ? failureOf(error) : { why: "unreachable", request: null });
        if (found) setLater(({ edges }) => ({ edges: [...edges, ...found.edges], pageInfo: found.pageInfo }));
      });
  }, [client, id, asOf, endCursor]);
  return {
    edges: later.edges.length === 0 ? lines.edges : [...lines.edges, ...later.edges],
    total: lines.totalCount,
    more: hasNextPage && failure === null ? ask : null,
    failure,
    retry: ask,
  };
};
