import { type VariablesOf } from "gql.tada";
import { type BillingPeriod } from "../../frame/billing-choices.js";
import { type PREVIEW } from "./query.js";

export type Input = VariablesOf<typeof PREVIEW>["input"];

/** What stands in the form. */
export interface Form {
  /** Null: empty, or no amount. */
  readonly creditLimit: string | null;
  readonly name: string;
  readonly currency: string;
  readonly classId: string;
  readonly billingPeriod: BillingPeriod;
  readonly anniversaryDay: number | null;
  readonly timeZone: string;
  readonly email: string;
  readonly phone: string;
  readonly companyDomain: string;
  readonly taxId: string;
}

/** The credit limit is 0.00 unless somebody decides otherwise. */
const EMPTY: Form = {
  ...{ creditLimit: "0.00", name: "", currency: "", classId: "", billingPeriod: "MONTHLY", anniversaryDay: null },
  ...{ timeZone: "UTC", email: "", phone: "", companyDomain: "", taxId: "" },
};

/** A provider's customers mostly pay in one currency and live in one zone: those of its newest one are filled in. */
export const formLike = (newest: Pick<Form, "currency" | "timeZone"> | undefined): Form => ({
  ...EMPTY,
  ...(newest && { currency: newest.currency, timeZone: newest.timeZone }),
});

/** The next customer is likely of the same kind; who it is, is not kept. */
export const another = ({ currency, classId, billingPeriod, timeZone }: Form): Form => ({
  ...EMPTY,
  ...{ currency: currency.trim().toUpperCase(), classId, billingPeriod, timeZone },
});

/** What the command is asked for; null: the form is not complete. */
export const inputOf = (form: Form): Input | null => {
  const { creditLimit, name, currency, classId, billingPeriod, anniversaryDay, timeZone } = form;
  const { email, phone, companyDomain, taxId } = form;
  if (creditLimit === null || name.trim() === "" || currency.trim() === "") return null;
  return {
    creditLimit,
    currency: currency.trim().toUpperCase(),
    contact: {
      name: name.trim(),
      ...filled({ email, phone, companyDomain, taxId }),
    },
    billingPeriod,
    ...filled({ customerClassId: classId, timeZone }),
    ...(billingPeriod === "MONTHLY_ANNIVERSARY" && anniversaryDay !== null && { anniversaryDay }),
  };
};

/** Without what is blank. */
const filled = <Texts extends Readonly<Record<string, string>>>(texts: Texts): Partial<Texts> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => (text.trim() === "" ? [] : [[key, text.trim()]])),
  ) as Partial<Texts>;
