import { type TicketAction } from "../../actions.js";
import { nameOf, text } from "../values.js";
import { step, type StepSchemas } from "./step.js";

export const TICKET_STEPS: StepSchemas<TicketAction> = {
  createTicket: step(
    "createTicket",
    { createTicket: nameOf("customer"), subject: text, body: text },
    ({ createTicket, subject, body }) => ({
      action: { kind: "createTicket", customer: createTicket, subject, body },
      whose: { customer: createTicket },
    }),
  ),
};
