import { badParameter, errorOf, Refusal } from "./answers.js";

const LARGEST_PAGE = 100;
/** So many hits can be reached by search at most. */
export const SEARCH_LIMIT = 1_000;

/** Numbers of a page: `page` and `per_page`. */
export const offsetPage = (
  url: URL,
  key: string,
  rows: readonly unknown[],
  limit = Number.POSITIVE_INFINITY,
): Record<string, unknown> => {
  const perPage = Math.min(wholeNumber(url, "per_page", LARGEST_PAGE), LARGEST_PAGE);
  const page = wholeNumber(url, "page", 1);
  if ((page - 1) * perPage >= limit) {
    const words = "You requested a page beyond the 1,000 results that search can give.";
    throw new Refusal(errorOf("ERROR", 422, "invalid", words));
  }
  const reachable = rows.slice(0, limit);
  const at = (number: number) => {
    const other = new URL(url);
    other.searchParams.set("page", String(number));
    return other.href;
  };
  return {
    [key]: reachable.slice((page - 1) * perPage, page * perPage),
    count: rows.length,
    next_page: page * perPage < reachable.length ? at(page + 1) : null,
    previous_page: page > 1 ? at(page - 1) : null,
  };
};

/**
 * A page by cursor: `page[size]`, `page[after]`, `page[before]`; answered with `meta` and `links`.
 * @param rows in the order that was asked for
 * @param idOf what a cursor stands for
 */
export const cursorPage = <Row>(
  url: URL,
  key: string,
  rows: readonly Row[],
  idOf: (row: Row) => number,
): Record<string, unknown> => {
  const size = wholeNumber(url, "page[size]", LARGEST_PAGE);
  if (size > LARGEST_PAGE) throw badParameter("InvalidPaginationParameter", "page[size] may be 100 at most.");
  const place = (name: string) => {
    const cursor = url.searchParams.get(name);
    if (cursor === null) return undefined;
    const found = rows.findIndex((row) => encode(idOf(row)) === cursor);
    if (found < 0) throw badParameter("InvalidPaginationParameter", `${name} is not a cursor of this list.`);
    return found;
  };
  const after = place("page[after]");
  const before = place("page[before]");
  const from = before === undefined ? (after ?? -1) + 1 : Math.max(0, before - size);
  const until = before ?? from + size;
  const shown = rows.slice(from, until);
  const [first, last] = [shown.at(0), shown.at(-1)];
  const link = (name: string, row: Row | undefined) => {
    if (row === undefined) return null;
    const other = new URL(url);
    other.searchParams.delete("page[after]");
    other.searchParams.delete("page[before]");
    other.searchParams.set(name, encode(idOf(row)));
    return other.href;
  };
  return {
    [key]: shown,
    meta: {
      has_more: before === undefined ? until < rows.length : from > 0,
      after_cursor: last === undefined ? null : encode(idOf(last)),
      before_cursor: first === undefined ? null : encode(idOf(first)),
    },
    links: { next: link("page[after]", last), prev: link("page[before]", first) },
  };
};

export const isByCursor = (url: URL): boolean => [...url.searchParams.keys()].some((key) => key.startsWith("page["));

const encode = (id: number): string => Buffer.from(`cursor:${id}`).toString("base64url");

const wholeNumber = (url: URL, name: string, otherwise: number): number => {
  const text = url.searchParams.get(name);
  if (text === null) return otherwise;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw badParameter("InvalidPaginationParameter", `${name} is not a number.`);
  return Number(text);
};
