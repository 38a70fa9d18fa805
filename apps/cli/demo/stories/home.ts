/** How customers at home are billed. */
export const HOME = {
  currency: "USD",
  billingPeriod: "MONTHLY",
  timeZone: "America/New_York",
  customerClassId: "$Residential",
};
