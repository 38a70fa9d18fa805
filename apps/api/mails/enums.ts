import { type MailKind } from "#domain/messages/events.js";
import { enumOf } from "../graphql/enums.js";

export const MailKindEnum = enumOf<MailKind>("MailKind", "What customers are written about.", {
  INVOICE_GENERATED: "An invoice was issued; it is attached.",
  INVOICE_OVERDUE: "An invoice is overdue.",
  REMINDER: "A reminder of what is overdue.",
  ABOUT_TO_BE_SUSPENDED: "The service will be suspended for what is overdue.",
  SUSPENDED: "The service is suspended, for non-payment or by hand.",
  COMMITMENT_ENDING_SOON: "A commitment's discount ends soon.",
  COMMITMENT_TERMINATED: "A commitment has ended.",
  DISCOUNT_ENDED: "A commitment's discount has ended.",
  PAYMENT_RECEIVED: "A payment was received.",
  SIGN_IN_LINK: "A link lets a person in.",
});

export const MailTextOriginEnum = enumOf<"CLASS" | "PROVIDER" | "SHIPPED">(
  "MailTextOrigin",
  "Where the text of a mail comes from.",
  {
    CLASS: "The provider's template for the customer class.",
    PROVIDER: "The provider's template for customers of every class without one of its own.",
    SHIPPED: "The product.",
  },
);
