import { type TadaDocumentNode } from "gql.tada";
import { useRouter } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Client, useClient } from "urql";
import { type TablePlace } from "../../../web/components/virtual-table.js";
import { type Failure, failureOf } from "../../../web/failure.js";
import { useConnectionBack } from "./online.js";

/** What a connection of the API answers. */
export interface Connection<Row> {
  readonly edges: readonly { readonly node: Row }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type Answer<Data, Row> = Connection<Row> & { readonly data: Data };

interface Page<Row> {
  readonly after: string | null;
  readonly rows: readonly Row[];
}

interface Held<Row> {
  /** What was asked for: rows of another question are never shown as this one's. */
  readonly id: string;
  readonly pages: readonly Page<Row>[];
  readonly total: number;
  readonly next: string | null;
  readonly failure: Failure | null;
  /** What was answered beside the first rows. */
  readonly beside: unknown;
}

/** A list as it was left, and where its reader was. */
interface Left {
  readonly held: Held<unknown>;
  place: TablePlace | null;
}

/** Lists by the entry of the browser's history that showed them: Back finds rows, focus and place again. */
const left = new WeakMap<Client, Map<string, Left>>();
const MOST_LEFT = 20;

const leftOf = (client: Client): Map<string, Left> => {
  const known = left.get(client) ?? new Map<string, Left>();
  left.set(client, known);
  return known;
};

export interface ListQuery<Row, Data = unknown> {
  /** What was answered with the first rows; null until then. */
  readonly beside: Data | null;
  readonly rows: readonly Row[];
  readonly total: number;
  readonly state: "loading" | "shown" | "failed";
  readonly failure: Failure | null;
  /** Asks for the rows that follow; null: there are none, or they are asked for already. */
  readonly more: (() => void) | null;
  readonly reload: () => void;
  /** Where the reader was, when he comes back. */
  readonly place: TablePlace | null;
  readonly onPlace: (place: TablePlace) => void;
}

interface Asked<Data, Variables, Row> {
  /** Takes `$first` and `$after` besides its own variables. */
  readonly document: TadaDocumentNode<Data, Variables & { first: number; after?: string | null; isFirst?: boolean }>;
  readonly variables: Variables;
  readonly connection: (data: Data) => Connection<Row>;
  /** The document takes `$isFirst`: what it answers beside the list is asked for with the first rows only. */
  readonly hasBeside?: boolean;
}

const PAGE = 100;

/** A list of the API, a hundred rows at a time. Coming back by Back shows it as it was left, and reads again what is in view. */
export const useListQuery = <Data, Variables extends object, Row>(
  asked: Asked<Data, Variables, Row>,
): ListQuery<Row, Data> => {
  const client = useClient();
  const router = useRouter();
  const id = JSON.stringify(asked.variables);
  const entry = (): string => router.latestLocation.state.__TSR_key ?? "";
  const [before] = useState(() => leftOf(client).get(entry()));
  const cameBack = before?.held.id === id ? (before as Left & { readonly held: Held<Row> }) : null;
  const [held, setHeld] = useState<Held<Row> | null>(cameBack?.held ?? null);
  const [attempt, setAttempt] = useState(0);
  const key = useRef("");
  const place = useRef<TablePlace | null>(cameBack?.place ?? null);
  const isMoreAsked = useRef(false);
  const latest = useRef(asked);
  useEffect(() => {
    latest.current = asked;
  });

  const ask = useCallback(
    async (after: string | null): Promise<Answer<Data, Row> | Failure> => {
      const { document, variables, connection, hasBeside = false } = latest.current;
      const page = { first: PAGE, after, ...(hasBeside && { isFirst: after === null }) };
      const answer = await client.query(document, { ...variables, ...page }).toPromise();
      if (answer.data != null) return { ...connection(answer.data), data: answer.data };
      return answer.error ? failureOf(answer.error) : { why: "unreachable", request: null };
    },
    [client],
  );

  const isRestored = useRef(cameBack !== null);
  useEffect(() => {
    let isCurrent = true;
    key.current = entry();
    const begin = async () => {
      const answer = await ask(null);
      if (!isCurrent) return;
      isMoreAsked.current = false;
      if ("why" in answer) setHeld((now) => ({ ...(now?.id === id ? now : emptyOf<Row>(id)), failure: answer }));
      else
        setHeld({
          ...emptyOf<Row>(id),
          ...read(answer),
          pages: [{ after: null, rows: rowsOf(answer) }],
          beside: answer.data,
        });
    };
    /** What is in view may have changed while he was away. */
    const refresh = async (page: number, after: string | null) => {
      const answer = await ask(after);
      if (!isCurrent || "why" in answer) return;
      const fresh = { after, rows: rowsOf(answer) };
      setHeld((now) => now && { ...now, pages: now.pages.map((each, at) => (at === page ? fresh : each)) });
    };
    if (isRestored.current && cameBack) {
      isRestored.current = false;
      const row = place.current?.row ?? 0;
      const page = Math.min(Math.floor(row / PAGE), cameBack.held.pages.length - 1);
      const shown = cameBack.held.pages[page];
      if (shown) void refresh(page, shown.after);
    } else {
      if (held?.id !== id) place.current = null;
      void begin();
    }
    return () => {
      isCurrent = false;
    };
  }, [ask, id, attempt]);

  useEffect(() => {
    if (held?.id !== id || key.current === "") return;
    const known = leftOf(client);
    known.delete(key.current);
    known.set(key.current, { held, place: place.current });
    for (const [oldest] of known) {
      if (known.size <= MOST_LEFT) break;
      known.delete(oldest);
    }
  }, [client, held, id]);

  const current = held?.id === id ? held : null;
  const next = current?.next ?? null;
  const more = useCallback(() => {
    if (next === null || isMoreAsked.current) return;
    isMoreAsked.current = true;
    void ask(next).then((answer) => {
      isMoreAsked.current = false;
      setHeld((now) => {
        if (now?.id !== id || now.next !== next) return now;
        if ("why" in answer) return { ...now, failure: answer };
        return { ...now, ...read(answer), pages: [...now.pages, { after: next, rows: rowsOf(answer) }] };
      });
    });
  }, [ask, id, next]);

  const reload = useCallback(() => {
    setAttempt((tries) => tries + 1);
  }, []);
  useConnectionBack(() => {
    if (current?.failure) reload();
  });
  return {
    beside: (current?.beside ?? null) as Data | null,
    rows: useMemo(() => current?.pages.flatMap((page) => page.rows) ?? [], [current]),
    total: current?.total ?? 0,
    state: current && current.pages.length > 0 ? "shown" : current?.failure ? "failed" : "loading",
    failure: current?.failure ?? null,
    more: next === null || current?.failure ? null : more,
    reload,
    place: place.current,
    onPlace: useCallback(
      (at) => {
        place.current = at;
        const known = leftOf(client).get(key.current);
        if (known) known.place = at;
      },
      [client],
    ),
  };
};

const emptyOf = <Row>(id: string): Held<Row> => ({ id, pages: [], total: 0, next: null, failure: null, beside: null });

const rowsOf = <Row>({ edges }: Connection<Row>): readonly Row[] => edges.map(({ node }) => node);

const read = ({ totalCount, pageInfo }: Connection<unknown>) => ({
  total: totalCount,
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  failure: null,
});
