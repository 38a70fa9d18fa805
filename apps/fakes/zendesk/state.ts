import { type Comment, type Organization, type OrganizationField, type Ticket, type User } from "./records.js";

/** What the fake holds, and its clock. Records are replaced, never changed. */
export class State {
  readonly organizations = new Map<number, Organization>();
  readonly users = new Map<number, User>();
  readonly tickets = new Map<number, Ticket>();
  readonly comments: Comment[] = [];
  readonly organizationFields: OrganizationField[] = [];
  /** First and last solution by ticket, in milliseconds. */
  readonly solutions = new Map<number, { readonly first: number; readonly last: number | undefined }>();
  /** What search knows of each ticket: its versions with the moments from which they are true. */
  readonly #versions = new Map<number, { readonly at: number; readonly ticket: Ticket }[]>();
  #lastId = 1_000;
  #lastTicket = 0;
  #fixed: number | undefined;
  /** How long a change of a ticket stays unknown to search. */
  searchLagMs = 0;

  /** @param url the address of the fake, without a slash at its end */
  constructor(readonly url: string) {}

  nextId(): number {
    return ++this.#lastId;
  }

  nextTicketNumber(): number {
    return ++this.#lastTicket;
  }

  /** Milliseconds: the machine's clock, or where `setNow` put it. */
  now(): number {
    return this.#fixed ?? Date.now();
  }

  setNow(iso: string | null): void {
    this.#fixed = iso === null ? undefined : Date.parse(iso);
  }

  /** All of it happens at one moment, so that it can be done again at that moment. */
  atOnce<Result>(work: () => Result): Result {
    const before = this.#fixed;
    this.#fixed = this.now();
    try {
      return work();
    } finally {
      this.#fixed = before;
    }
  }

  time(): string {
    return isoTime(this.now());
  }

  saveTicket(ticket: Ticket): Ticket {
    this.tickets.set(ticket.id, ticket);
    this.#versions.set(ticket.id, [...(this.#versions.get(ticket.id) ?? []), { at: this.now(), ticket }]);
    return ticket;
  }

  /** Tickets as search knows them: what changed within the lag is not seen yet. */
  indexedTickets(): Ticket[] {
    const upTo = this.now() - this.searchLagMs;
    return [...this.#versions.values()].flatMap((versions) => {
      const known = this.searchLagMs === 0 ? versions.at(-1) : versions.findLast(({ at }) => at <= upTo);
      return known ? [known.ticket] : [];
    });
  }
}

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
