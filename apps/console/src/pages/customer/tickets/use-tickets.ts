import { useCallback, useEffect, useRef, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { type Failure, failureOf } from "../../../../../web/failure.js";
import { CUSTOMER_TICKETS, type SupportCost, type Ticket, type TicketsCustomer } from "./query.js";
import { type askedOf } from "./search.js";

/** What is asked for. */
export interface Asked extends ReturnType<typeof askedOf> {
  readonly id: string;
  /** The first day of the months whose cost is told, ISO. */
  readonly from: string;
}

/** The list, as far as it was asked for. Null rows: the customer is not linked. */
interface List {
  readonly id: string;
  readonly rows: readonly Ticket[] | null;
  readonly searched: boolean;
  readonly next: string | null;
  /** Why Zendesk's tickets are not there. */
  readonly failure: Failure | null;
}

interface Cost {
  readonly id: string;
  /** The attempt that asked for it. */
  readonly attempt: number;
  readonly cost: SupportCost | null;
  readonly failure: Failure | null;
}

type Customer = Omit<TicketsCustomer, "tickets" | "supportCost">;

interface Held {
  readonly customer: Customer | null;
  readonly list: List | null;
  readonly cost: Cost | null;
  /** Why there is no answer at all. */
  readonly failure: Failure | null;
}

export interface TicketsQuery {
  readonly state: "loading" | "failed" | "absent" | "shown";
  readonly customer: Customer | null;
  readonly failure: Failure | null;
  /** Null: it is asked for. */
  readonly list: List | null;
  readonly cost: Cost | null;
  readonly more: (() => void) | null;
  readonly reload: () => void;
}

const PAGE = 100;
const NOTHING: Held = { customer: null, list: null, cost: null, failure: null };

/**
 * A customer with its tickets, a hundred at a time. What they cost is asked for with the first of them, and not again
 * while filters change: Zendesk has to be asked for all tickets of these months.
 */
export const useTickets = (asked: Asked): TicketsQuery => {
  const client = useClient();
  const [attempt, setAttempt] = useState(0);
  const [held, setHeld] = useState<Held>(NOTHING);
  const [isAnswered, setAnswered] = useState(false);
  const listId = JSON.stringify([asked.id, asked.filter, asked.sort]);
  const costId = JSON.stringify([asked.id, asked.from]);
  const latest = useRef({ asked, held });
  useEffect(() => {
    latest.current = { asked, held };
  });
  const ask = useCallback(
    (after: string | null, withCost: boolean) =>
      client.query(CUSTOMER_TICKETS, { ...latest.current.asked, first: PAGE, after, withCost }).toPromise(),
    [client],
  );

  useEffect(() => {
    let isCurrent = true;
    const { id } = latest.current.asked;
    const known = latest.current.held.cost;
    const isCostKnown = known?.id === costId && known.attempt === attempt;
    void ask(null, !isCostKnown).then(({ data, error }) => {
      if (!isCurrent) return;
      setAnswered(true);
      if (!data?.customer) {
        const failure = error ? failureOf(error) : data ? null : LOST;
        // What is shown of it stays when reading it again fails.
        setHeld((now) => ({ ...(failure && now.customer?.id === id ? now : NOTHING), failure }));
        return;
      }
      const { tickets, supportCost = null, ...customer } = data.customer;
      const cost = { id: costId, attempt, cost: supportCost, failure: failureAt(error, "supportCost") };
      setHeld((now) => ({
        customer,
        list: listOf(listId, tickets, failureAt(error, "tickets")),
        cost: isCostKnown ? now.cost : cost,
        failure: null,
      }));
    });
    return () => {
      isCurrent = false;
    };
  }, [ask, listId, costId, attempt]);

  const { customer, failure } = held;
  const list = held.list?.id === listId ? held.list : null;
  const next = list?.next ?? null;
  const isMoreAsked = useRef<string | null>(null);
  const more = useCallback(() => {
    if (next === null || isMoreAsked.current === next) return;
    isMoreAsked.current = next;
    void ask(next, false).then(({ data, error }) => {
      isMoreAsked.current = null;
      setHeld((now) => {
        if (now.list?.id !== listId || now.list.next !== next) return now;
        const following = listOf(listId, data?.customer?.tickets, failureAt(error, "tickets") ?? lostOf(error));
        return { ...now, list: { ...following, rows: [...(now.list.rows ?? []), ...(following.rows ?? [])] } };
      });
    });
  }, [ask, listId, next]);

  const isThis = customer?.id === asked.id;
  return {
    state: isThis ? "shown" : failure ? "failed" : isAnswered && customer === null ? "absent" : "loading",
    customer: isThis ? customer : null,
    ...{ failure, list },
    cost: held.cost?.id === costId ? held.cost : null,
    more: next === null ? null : more,
    reload: useCallback(() => {
      setAttempt((tries) => tries + 1);
    }, []),
  };
};

const LOST: Failure = { why: "unreachable", request: null };
const lostOf = (error: CombinedError | undefined): Failure | null => (error ? failureOf(error) : null);

const listOf = (id: string, tickets: TicketsCustomer["tickets"] | undefined, failure: Failure | null): List => ({
  ...{ id, failure },
  rows: tickets?.edges.map(({ node }) => node) ?? null,
  searched: tickets?.searched ?? false,
  next: tickets?.pageInfo.hasNextPage === true ? tickets.pageInfo.endCursor : null,
});

/** Why a part of the customer is not in the answer. */
const failureAt = (error: CombinedError | undefined, part: "tickets" | "supportCost"): Failure | null => {
  const own = error?.graphQLErrors.filter(({ path }) => path?.[1] === part) ?? [];
  return own.length === 0 ? null : failureOf({ graphQLErrors: own } as unknown as CombinedError);
};
