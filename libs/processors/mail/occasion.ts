import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type MailKind } from "#domain/messages/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type DeliveryTo } from "../deliveries/target.js";

/** A link that lets a person in. */
export interface SignIn {
  readonly name: string;
  readonly link: string;
  readonly expiresAt: Instant;
}

/** What a mail is about. */
export interface Occasion {
  readonly kind: MailKind;
  readonly on: LocalDate;
  readonly recordedAt: Instant;
  /** The invoice, payment or commitment; null: the customer alone. */
  readonly subjectId: string | null;
  /** What only its event says; absent: of other kinds. */
  readonly discountEnd?: LocalDate;
  readonly suspensionOn?: LocalDate;
  readonly isForNonPayment?: boolean;
  readonly signIn?: SignIn;
}

/** What a delivery's mail is about. @param event the delivery's */
export const occasionOf = (
  { kind, on, subjectId, event: { recordedAt } }: Pick<DeliveryTo<"EMAIL">, "kind" | "on" | "subjectId" | "event">,
  event: RecordedEvent,
): Occasion => {
  const occasion = { kind, on, recordedAt, subjectId };
  switch (event.type) {
    case "CommitmentEndNears":
      return { ...occasion, discountEnd: event.data.discountEnd };
    case "DiscountEndTookEffect":
      return { ...occasion, discountEnd: on };
    case "SuspensionWarned":
      return { ...occasion, suspensionOn: event.data.suspensionOn };
    case "CustomerSuspended":
      return { ...occasion, isForNonPayment: event.data.origin === "NON_PAYMENT" };
    default:
      return occasion;
  }
};
