import { type TicketsQuery } from "./use-tickets.js";

/** Where a command of this page is given. */
export interface Site {
  readonly customer: NonNullable<TicketsQuery["customer"]>;
  /** Reads the page again. */
  readonly reload: () => void;
}
