/** How billing periods may be cut, the most usual first. */
export const BILLING_PERIODS = [
  ...(["MONTHLY", "MONTHLY_ANNIVERSARY", "SEMI_MONTHLY", "QUARTERLY", "YEARLY"] as const),
  ...(["WEEKLY", "THIRTY_DAYS", "DAILY"] as const),
] as const;

export type BillingPeriod = (typeof BILLING_PERIODS)[number];

/** Time zones that are suggested; others of IANA may be typed, too. */
export const ZONES: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone")];
