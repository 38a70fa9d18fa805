import { type LocalDate } from "#domain/calendar.js";
import { type GivenDiscountEnd } from "#domain/commitments/choose-discount-end.js";
import { reject } from "#domain/rejection.js";

/** A discount end date as inputs give it: a kind with what that needs. */
export interface DiscountEnd<Kind extends string> {
  readonly kind: Kind;
  /** The first day without discount; with MANUAL, and only then. */
  readonly date?: LocalDate | null;
  /** The commitment whose date is copied; with SYNCHRONISED, and only then. */
  readonly commitmentId?: string | null;
}

/**
 * @param Other the kinds that need neither a date nor a commitment
 * @throws Rejection VALIDATION_FAILED unless the kind has what it needs, and only that
 */
export const discountEndOf = <Other extends string>(
  input: DiscountEnd<Other | GivenDiscountEnd["kind"]>,
): { readonly kind: Other } | GivenDiscountEnd => {
  const { kind } = input;
  const isOther = (name: string): name is Other => name !== "MANUAL" && name !== "SYNCHRONISED";
  if (!isOther(kind)) return givenDiscountEnd({ ...input, kind });
  if (input.date == null && input.commitmentId == null) return { kind };
  throw invalid(`discountEnd takes neither a date nor a commitmentId with ${kind}.`);
};

/** @throws Rejection VALIDATION_FAILED */
export const givenDiscountEnd = ({
  kind,
  date,
  commitmentId,
}: DiscountEnd<GivenDiscountEnd["kind"]>): GivenDiscountEnd => {
  if (kind === "MANUAL" && date != null && commitmentId == null) return { kind, date };
  if (kind === "SYNCHRONISED" && commitmentId != null && date == null) return { kind, commitmentId };
  throw invalid("discountEnd takes a date with MANUAL or a commitmentId with SYNCHRONISED, and nothing else.");
};

const invalid = (message: string) => reject("VALIDATION_FAILED", message, { field: "discountEnd" });
