import { type MailEvent } from "../outcome.js";
import { type Day } from "./calendar.js";
import { type Customer } from "./world.js";

/** A customer without e-mail address gets none. */
export function mail({ hasEmail, mails }: Customer, event: MailEvent, day: Day): void {
  if (hasEmail) mails.push({ event, day });
}
