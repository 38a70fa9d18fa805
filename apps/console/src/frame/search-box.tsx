import { type ResultOf } from "gql.tada";
import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, type Ref, useEffect, useId, useState } from "react";
import { useClient } from "urql";
import { graphql } from "../../../web/graphql.js";
import { classes } from "../../../web/style/classes.js";
import { type FrameText, useFrameSay } from "../texts/frame.js";
import { Marked } from "./marked.js";
import style from "./search-box.module.css";

const SEARCH = graphql(`
  query SearchBox($text: String!) {
    search(text: $text, first: 5) {
      groups {
        kind
        hits {
          kind
          id
          matched
          text
          from
          until
          title
        }
      }
    }
  }
`);

export type Hit = ResultOf<typeof SEARCH>["search"]["groups"][number]["hits"][number];

const KINDS: Readonly<Record<Hit["kind"], FrameText>> = {
  CUSTOMER: "hitCustomer",
  ACCOUNT: "hitAccount",
  COMMITMENT: "hitCommitment",
  INVOICE: "hitInvoice",
  CREDIT_NOTE: "hitCreditNote",
};

/** The page that a hit opens. */
export const pathOfHit = ({ kind, id }: Pick<Hit, "kind" | "id">): string => {
  switch (kind) {
    case "CUSTOMER":
      return `/customers/${id}`;
    case "ACCOUNT":
      return `/accounts/${id}`;
    case "COMMITMENT":
      return `/commitments/${id}`;
    case "INVOICE":
    case "CREDIT_NOTE":
      return `/invoices/${id}`;
  }
};

/** How long nothing is typed before it is searched, in milliseconds. */
const REST = 200;
/** So many characters are searched for at least. */
const LEAST = 2;

interface Found {
  readonly text: string;
  readonly hits: readonly Hit[];
}

/** One box for everything: the server searches, and each hit says what matched. Down and Up choose, Enter opens. */
export const SearchBox = ({ ref }: { readonly ref: Ref<HTMLInputElement> }) => {
  const say = useFrameSay();
  const client = useClient();
  const { history } = useRouter();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const text = typed.trim();
  useEffect(() => {
    if (text.length < LEAST) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void client
        .query(SEARCH, { text })
        .toPromise()
        .then(({ data }) => {
          if (!isCurrent) return;
          setFound(data ? { text, hits: data.search.groups.flatMap(({ hits }) => hits) } : null);
          setChosen(-1);
        });
    }, REST);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, text]);
  const hits = found?.hits ?? [];
  const isShown = isOpen && found !== null && text !== "";
  const type = (next: string): void => {
    setTyped(next);
    if (next.trim().length < LEAST) setFound(null);
  };
  const leave = (): void => {
    setOpen(false);
    type("");
  };
  const open = (hit: Hit): void => {
    leave();
    history.push(pathOfHit(hit));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      // The first one closes the hits, and no drawer.
      if (isShown) event.preventDefault();
      leave();
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      const hit = hits[chosen] ?? (found?.text === text && hits.length === 1 ? hits[0] : undefined);
      if (hit) open(hit);
      else if (text !== "") {
        leave();
        history.push(`/search?${new URLSearchParams({ text }).toString()}`);
      }
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || hits.length === 0) return;
    event.preventDefault();
    setChosen((before) => (before + step + hits.length) % hits.length);
  };
  return (
    <div className={style.box}>
      <input
        ref={ref}
        type="search"
        role="combobox"
        className={style.input}
        aria-label={say("search")}
        aria-expanded={isShown}
        aria-controls={isShown ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isShown && chosen >= 0 ? `${id}-${chosen}` : undefined}
        placeholder={say("searchHint")}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          type(event.target.value);
          setOpen(true);
        }}
        onFocus={() => {
          setOpen(true);
        }}
        onBlur={() => {
          setOpen(false);
        }}
        onKeyDown={onKeyDown}
      />
      {isShown && (
        <div className={style.found}>
          {hits.length === 0 ? (
            <p role="status" className={style.none}>
              {say("noHits")}
            </p>
          ) : (
            <ul id={id} role="listbox" aria-label={say("hits")}>
              {hits.map((hit, at) => (
                <li
                  key={`${hit.kind} ${hit.id} ${hit.matched} ${hit.text}`}
                  id={`${id}-${at}`}
                  role="option"
                  aria-selected={at === chosen}
                  className={classes(style.hit, at === chosen && style.chosen)}
                  onMouseDown={(event) => {
                    // The focus stays, so that the hits do not go before the press has ended.
                    event.preventDefault();
                  }}
                  onClick={() => {
                    open(hit);
                  }}
                >
                  <span className={style.kind}>{say(KINDS[hit.kind])}</span>
                  {hit.text === hit.title ? (
                    <span>
                      <Marked {...hit} />
                    </span>
                  ) : (
                    <>
                      <span>{hit.title}</span>
                      <span className={style.matched}>
                        <Marked {...hit} />
                      </span>
                    </>
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
};
