import { type CustomerStatus } from "#domain/customers/customer.js";
import { type ScheduledChangeKind } from "#domain/customers/events.js";
import { type CustomerSortField as CustomerSortBy } from "#read-models/customers/queries.js";
import { enumOf } from "../graphql/enums.js";

export const CustomerStatusEnum = enumOf<CustomerStatus>("CustomerStatus", "The status of a customer.", {
  ACTIVE: "It is served and billed.",
  SUSPENDED: "Its service is blocked: no recurring fee is charged.",
  CLOSED: "It is closed; its last charges are invoiced.",
});

export const ScheduledChangeKindEnum = enumOf<ScheduledChangeKind>(
  "ScheduledChangeKind",
  "What can be ordered for a coming day of a customer.",
  {
    SUSPENSION: "Its service will be blocked.",
    UNSUSPENSION: "Its service will be back.",
    RATE: "A subscription discount rate will be set, or removed.",
  },
);

export const CustomerSortField = enumOf<CustomerSortBy>("CustomerSortField", "What customers are sorted by.", {
  CREATED: "The order in which they were created.",
  NAME: "Their name.",
  EMAIL: "Their e-mail address; those without one come first.",
  UPDATED: "When they last changed.",
  STATUS: "Their status: by its name.",
  BALANCE: "Their `balanceDue`, whatever the currency.",
});
