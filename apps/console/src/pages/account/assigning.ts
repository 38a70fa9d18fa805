export type DiscountEndChoice = "DEFAULT" | "SYNCHRONISED" | "MANUAL";

/** The form that adds a commitment; empty texts and null: nothing is chosen. */
export interface Assigning {
  readonly offerId: string;
  readonly effectiveOn: string | null;
  readonly kind: DiscountEndChoice;
  /** SYNCHRONISED: whose date is copied. */
  readonly commitmentId: string;
  /** MANUAL */
  readonly date: string | null;
  readonly reason: string;
}

export const NOTHING_CHOSEN: Assigning = {
  offerId: "",
  effectiveOn: null,
  kind: "DEFAULT",
  commitmentId: "",
  date: null,
  reason: "",
};

/** The form for one more commitment: another offer, alike. */
export const another = (form: Assigning): Assigning => ({ ...form, offerId: "" });

/** What the command is asked for; null: something that it needs is missing. */
export const assignInput = (accountId: string, form: Assigning) => {
  const { offerId, effectiveOn, reason } = form;
  const discountEnd = discountEndOf(form);
  if (offerId === "" || discountEnd === null) return null;
  return {
    ...{ accountId, offerId, discountEnd },
    ...(effectiveOn !== null && { effectiveOn }),
    ...(reason.trim() !== "" && { reason }),
  };
};

const discountEndOf = ({ kind, commitmentId, date, reason }: Assigning) => {
  switch (kind) {
    case "DEFAULT":
      return { kind };
    case "SYNCHRONISED":
      return commitmentId === "" ? null : { kind, commitmentId };
    case "MANUAL":
      // Without a reason it would be refused.
      return date === null || reason.trim() === "" ? null : { kind, date };
  }
};
