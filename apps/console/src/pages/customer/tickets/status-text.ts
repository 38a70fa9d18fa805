import { type Ticket } from "./query.js";

type Status = NonNullable<Ticket["status"]>;

/** The text of a ticket's status: one word of it is a customer's status, too, and another one in Italian. */
export const statusText = (status: Status): Exclude<Status, "CLOSED"> | "closed" =>
  status === "CLOSED" ? "closed" : status;
