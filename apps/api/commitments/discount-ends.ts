import { type GivenDiscountEnd } from "#domain/commitments/choose-discount-end.js";
import { setDiscountEnd } from "#domain/commitments/set-discount-end.js";
import { reject } from "#domain/rejection.js";
import { type OrderOf } from "../commands/messages.js";
import { type Decision, decidingWith, type Sources } from "./decision.js";
import { namedFacts } from "./facts.js";

/** @throws Rejection VALIDATION_FAILED */
export const settingDiscountEnd = ({ input }: OrderOf<"setDiscountEnd">, sources: Sources): Decision => {
  const discountEnd = givenDiscountEnd(input.discountEnd);
  const syncWith = syncWithOf(discountEnd);
  return decidingWith(
    sources,
    ({ accountId }) => namedFacts(sources.backend, sources.providerId, { accountId, syncWith }),
    (state, facts, now) => setDiscountEnd({ discountEnd, now }, state, facts),
  );
};

/** A discount end date as inputs give it. */
interface DiscountEnd<Kind extends string> {
  readonly kind: Kind;
  readonly date?: string | null;
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
const givenDiscountEnd = ({ kind, date, commitmentId }: DiscountEnd<GivenDiscountEnd["kind"]>): GivenDiscountEnd => {
  if (kind === "MANUAL" && date != null && commitmentId == null) return { kind, date };
  if (kind === "SYNCHRONISED" && commitmentId != null && date == null) return { kind, commitmentId };
  throw invalid("discountEnd takes a date with MANUAL or a commitmentId with SYNCHRONISED, and nothing else.");
};

const invalid = (message: string) => reject("VALIDATION_FAILED", message, { field: "discountEnd" });

/** The commitment whose date is copied. */
export const syncWithOf = (discountEnd: { readonly kind: string; readonly commitmentId?: string }): string | null =>
  discountEnd.commitmentId ?? null;
