/** What can change of something that has a history, by the API's names. Names never change. */
export const fields = [
  ...["name", "companyDomain", "email", "phone", "address", "taxId", "currency", "billingPeriod", "timeZone"],
  ...["customerClass", "subscriptionDiscountRate", "creditLimit", "status", "createdOn", "closedOn", "zendesk"],
  ...["zendeskDomain", "identifier", "mainProduct", "openedOn", "alias"],
  ...["offer", "account", "customer", "start", "discountEndDate", "discountEndKind", "terminatedOn", "penaltyWaived"],
  ...["annulled", "pause", "pauseRequest", "timeLimitedUpgrade", "scheduledUpgrade", "waitingRenewal", "recurringFee"],
  ...["oneTimeFee", "penalty", "penaltyAmount", "transferFee", "minimumPeriods", "prorateFirst", "prorateLast"],
  ...["fee", "service", "quota", "volumeDiscountPlan", "threshold", "addOnProduct", "description", "discountPeriods"],
  ...["graceDays", "rounding", "language", "dateFormat", "selfPauseDaysPerYear", "selfPauseLongestDays"],
  ...["selfPauseNoticeDays", "suspendAfterDays", "terminateAfterDays", "remindAfterDays", "warnBeforeSuspensionDays"],
  ...["warnBeforeEndDays", "invoiceNumberPrefix", "supportHourlyRate", "backDatingDays", "coolingOffDays"],
  ...["legalName", "registration", "website", "bankAccount", "logo", "subject", "text", "html", "label", "role"],
  ...["expiresAt", "openIdSubject", "redirectAction", "trustedNetwork", "matchBy", "duration"],
  ...["servicePolicy", "sipContact", "maxCalls", "maxSeconds", "incomingTariff", "outgoingTariff", "voiceLanguage"],
  ...["realm", "callsFrom", "gateway", "announcer"],
] as const;
export type Field = (typeof fields)[number];
