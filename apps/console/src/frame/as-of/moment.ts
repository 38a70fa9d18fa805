import { dayOf } from "../../../../web/shown/date-format.js";
import { short, textIn } from "../search-params.js";

/** What an address says of the moment as of which its page is shown, as it is written there. */
export interface MomentSearch {
  /** The day that it holds for: an ISO date, of the customer's zone. */
  readonly asOf?: string | undefined;
  /** The point in time of which it is what was known: RFC 3339. */
  readonly knownAt?: string | undefined;
}

/** Reads it of an address: also what is no moment stays there, so that it is seen. */
export const readMoment = (search: object): MomentSearch => {
  const { asOf, knownAt } = search as { readonly [Name in keyof MomentSearch]?: unknown };
  return short({ asOf: textIn(asOf), knownAt: textIn(knownAt) });
};

/** As of when a page is shown, as the API takes it: `AsOfInput`. */
export interface Moment {
  readonly day: string | null;
  readonly knownAt: string | null;
}

/** What an address says that is no moment. */
export interface NoMoment {
  readonly wrong: "asOf" | "knownAt";
  readonly text: string;
}

/** The moment of an address; null: now. */
export const momentOf = ({ asOf, knownAt }: MomentSearch): Moment | NoMoment | null => {
  if (asOf !== undefined && !isDay(asOf)) return { wrong: "asOf", text: asOf };
  const instant = knownAt === undefined ? null : instantOf(knownAt);
  if (knownAt !== undefined && instant === null) return { wrong: "knownAt", text: knownAt };
  return asOf === undefined && instant === null ? null : { day: asOf ?? null, knownAt: instant };
};

const ISO = { order: ["year", "month", "day"], between: "-" } as const;
const isDay = (text: string): boolean => dayOf(text, ISO) === text;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const instantOf = (text: string): string | null => {
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

/** Pages that have a past, as `hasPast` in the route table says: their links take the moment along. */
const HAS_PAST = /^\/(?:customers\/(?!new$)|accounts\/|commitments\/|invoices\/)[^/]+$/;

/**
 * A path as of a moment, or as it is now: `/accounts/1?asOf=2020-10-31`. Of a page without a past it stays as it is.
 * @param path with its search parameters
 */
export const pathAsOf = (path: string, { asOf, knownAt }: MomentSearch): string => {
  const [page = "", query = ""] = path.split("?");
  if (!HAS_PAST.test(page)) return path;
  const search = new URLSearchParams(query);
  for (const [name, value] of Object.entries({ asOf, knownAt })) {
    if (value === undefined) search.delete(name);
    else search.set(name, value);
  }
  return search.size === 0 ? page : `${page}?${search.toString()}`;
};

interface Linking<Search> {
  /** Of the page that the link is on. */
  readonly search: Search;
  readonly next: (search: Search) => Search;
}

/** Links of the router to a page with a past take the moment along, unless they have one themselves, or say none. */
export const takeMomentAlong = <Search extends object>({ search, next }: Linking<Search>): Search => ({
  ...readMoment(search),
  ...next(search),
});
