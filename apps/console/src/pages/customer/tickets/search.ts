import { filled } from "../../../command/filled.js";
import { dayIn, oneOf, short, textIn } from "../../../frame/search-params.js";

export const PRIORITIES = ["LOW", "NORMAL", "HIGH", "URGENT"] as const;
export const STATUSES = ["NEW", "OPEN", "PENDING", "HOLD", "SOLVED", "CLOSED"] as const;
/** Those that somebody still has to do something about. */
const UNSOLVED = ["NEW", "OPEN", "PENDING", "HOLD"] as const;
export const SORTS = ["CREATED", "UPDATED", "PRIORITY", "STATUS"] as const;
export const MONTHS = [3, 6, 12, 24] as const;

/** Which tickets are listed, and in which order: what a user can keep as his default. */
export interface TicketsView {
  readonly number?: string | undefined;
  readonly subject?: string | undefined;
  readonly priority?: (typeof PRIORITIES)[number] | undefined;
  readonly status?: "UNSOLVED" | (typeof STATUSES)[number] | undefined;
  readonly createdFrom?: string | undefined;
  readonly createdUntil?: string | undefined;
  readonly updatedFrom?: string | undefined;
  readonly updatedUntil?: string | undefined;
  /** Left out: when they were opened. */
  readonly sort?: (typeof SORTS)[number] | undefined;
  /** Left out: the latest, the highest first. */
  readonly ascending?: boolean | undefined;
}

/** What the tickets of a customer have in their address. */
export interface TicketsSearch extends TicketsView {
  /** All, the newest first, although the user's default is another view. */
  readonly all?: boolean | undefined;
  /** So many months of cost; left out: six. */
  readonly months?: Exclude<(typeof MONTHS)[number], 6> | undefined;
}

export const readTicketsView = (given: Readonly<Record<string, unknown>>): TicketsView =>
  short({
    number: textIn(given["number"])?.slice(0, 20),
    subject: textIn(given["subject"])?.slice(0, 200),
    priority: oneOf(given["priority"], PRIORITIES),
    status: oneOf(given["status"], ["UNSOLVED", ...STATUSES] as const),
    createdFrom: dayIn(given["createdFrom"]),
    createdUntil: dayIn(given["createdUntil"]),
    updatedFrom: dayIn(given["updatedFrom"]),
    updatedUntil: dayIn(given["updatedUntil"]),
    sort: oneOf(given["sort"], ["UPDATED", "PRIORITY", "STATUS"] as const),
    ascending: given["ascending"] === true ? true : undefined,
  });

export const readTicketsSearch = (given: Readonly<Record<string, unknown>>): TicketsSearch => {
  const view = readTicketsView(given);
  const months = ([3, 12, 24] as const).find((each) => each === given["months"]);
  return short({ ...view, all: given["all"] === true && isPlain(view) ? true : undefined, months });
};

/** All tickets, the newest first. */
export const isPlain = (view: TicketsView): boolean => Object.keys(short(readTicketsView({ ...view }))).length === 0;

export const isFiltered = ({ sort: _, ascending: __, ...filters }: TicketsView): boolean => !isPlain(filters);

/** The view that an address shows. @param kept the user's default */
export const viewOf = (search: TicketsSearch, kept: TicketsView): TicketsView => {
  const view = readTicketsView({ ...search });
  return isPlain(view) && search.all !== true ? kept : view;
};

/** The address that shows a view. @param kept the user's default, which needs nothing in the address */
export const searchOf = (view: TicketsView, kept: TicketsView, months: TicketsSearch["months"]): TicketsSearch => {
  if (isSame(view, kept)) return short({ months });
  return short({ ...view, all: isPlain(view) ? true : undefined, months });
};

export const isSame = (a: TicketsView, b: TicketsView): boolean => textOf(a) === textOf(b);

const textOf = (view: TicketsView): string => JSON.stringify(Object.entries(readTicketsView({ ...view })).sort());

/** A view as the API is asked for it. */
export const askedOf = ({ sort = "CREATED", ascending = false, status, priority, ...filter }: TicketsView) => {
  const { number = null, subject = null } = filter;
  const { createdFrom = null, createdUntil = null, updatedFrom = null, updatedUntil = null } = filter;
  return {
    filter: {
      ...filled({ number, subject, createdFrom, createdUntil, updatedFrom, updatedUntil }),
      ...(priority && { priority: [priority] }),
      ...(status && { status: status === "UNSOLVED" ? [...UNSOLVED] : [status] }),
    },
    sort: { by: sort, direction: ascending ? ("ASC" as const) : ("DESC" as const) },
  };
};

/** The first day of so many months, of which the last one is that of a day. @param day ISO date */
export const firstOfMonths = (day: string, months: number): string => {
  const [year = 0, month = 0] = day.split("-").map(Number);
  const at = year * 12 + month - months;
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`;
};
