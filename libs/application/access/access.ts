import { type Role, roles } from "./roles.js";

/*
 * Who may do and see what: the one table (docs/access.md is made from it). It names every operation, type and field of
 * the schema; what it does not name is refused to everybody. Of a principal with several roles each right counts.
 *
 * An operator has an administrator's rights in the provider that it names. Money that is given or taken back, and what
 * makes or ends debts, is for finance; what customers ask for on the phone is for CSRs; the catalog, texts and settings
 * are for administrators.
 */

const EVERYBODY: readonly Role[] = roles;
const OPERATOR: readonly Role[] = ["operator"];
const ADMIN: readonly Role[] = ["operator", "admin"];
/** Who answers customers. */
const DESK: readonly Role[] = [...ADMIN, "csr"];
/** Who answers for money. */
const MONEY: readonly Role[] = [...ADMIN, "finance"];
const DESK_MONEY: readonly Role[] = [...DESK, "finance"];
const STAFF: readonly Role[] = [...DESK_MONEY, "support"];
const WITH_PARTNER: readonly Role[] = [...STAFF, "partner"];
/** With the customer itself. */
const WITH_SELF: readonly Role[] = [...STAFF, "self-care"];
const WITH_SELF_PARTNER: readonly Role[] = [...WITH_SELF, "partner"];
const WITH_SELF_APP: readonly Role[] = [...WITH_SELF, "zendesk-app"];
const WITH_APP: readonly Role[] = [...STAFF, "zendesk-app"];
/** The app inside Zendesk has a way of its own to what it shows. */
const ALL_BUT_APP: readonly Role[] = EVERYBODY.filter((role) => role !== "zendesk-app");

/** Every mutation: the commands, and what people do with deliveries and jobs. A preview asks for the right of its command. */
export const mutations = {
  createProvider: OPERATOR,
  setTestClock: OPERATOR,
  advanceTestClock: OPERATOR,
  quarantineEvent: OPERATOR,

  // What a key may do beyond that is decided by the command: nobody grants more than he may do.
  grantKey: ADMIN,
  revokeKey: ADMIN,
  changeProviderSettings: ADMIN,
  changeDocumentDetails: ADMIN,
  definePlan: ADMIN,
  revisePlan: ADMIN,
  defineAddOnProduct: ADMIN,
  defineVolumeDiscountPlan: ADMIN,
  defineMainProduct: ADMIN,
  reviseMainProduct: ADMIN,
  defineCustomerClass: ADMIN,
  reviseCustomerClass: ADMIN,
  defineOffer: ADMIN,
  reviseOffer: ADMIN,
  withdrawOffer: ADMIN,
  putOfferBackOnSale: ADMIN,
  deleteOffer: ADMIN,
  defineServicePolicy: ADMIN,
  reviseServicePolicy: ADMIN,
  registerEdge: ADMIN,
  reviseEdge: ADMIN,
  rotateEdgeSecret: ADMIN,
  retireEdge: ADMIN,
  defineTariff: ADMIN,
  reviseTariff: ADMIN,
  cloneTariff: ADMIN,
  changeRates: ADMIN,
  importRates: ADMIN,
  removeRates: ADMIN,
  defineMailTemplate: ADMIN,
  resetMailTemplate: ADMIN,
  sendTestMail: ADMIN,
  verifyTargets: ADMIN,
  retryDelivery: ADMIN,
  discardDelivery: ADMIN,
  passOverDelivery: ADMIN,

  createCustomer: [...DESK, "partner"],
  openAccount: [...DESK, "partner"],
  assignOffer: [...DESK, "partner"],
  changeCustomerContact: DESK,
  changeCustomerBilling: DESK,
  invitePerson: DESK,
  removePerson: DESK,
  setCustomerClass: DESK,
  setSubscriptionDiscountRate: DESK,
  closeCustomer: DESK,
  closeAccount: DESK,
  changeMainProduct: DESK,
  addAlias: DESK,
  changeAlias: DESK,
  removeAlias: DESK,
  recordCall: ADMIN,
  rateCalls: ADMIN,
  correctCalls: MONEY,
  configureAccountVoice: DESK,
  setDiscountEnd: DESK,
  pauseCommitment: DESK,
  changePause: DESK,
  cancelPause: DESK,
  resumeCommitment: DESK,
  requestPause: [...DESK, "self-care"],
  withdrawPause: [...DESK, "self-care"],
  createTicket: [...DESK, "self-care"],
  approvePause: DESK,
  declinePause: DESK,
  orderTimeLimitedUpgrade: DESK,
  extendTimeLimitedUpgrade: DESK,
  endTimeLimitedUpgrade: DESK,
  cancelThenUpgrade: DESK,
  upgradeCommitment: DESK,
  cancelScheduledUpgrade: DESK,
  renewFees: DESK,
  cancelRenewal: DESK,
  transferCommitment: DESK,
  terminateCommitment: DESK,
  cancelTermination: DESK,
  annulCommitment: DESK,

  // From the app inside Zendesk, whatever it is that replaces a link is refused.
  linkZendeskOrganization: [...ADMIN, "zendesk-app"],
  unlinkZendeskOrganization: [...ADMIN, "zendesk-app"],

  suspendCustomer: DESK_MONEY,
  unsuspendCustomer: DESK_MONEY,
  cancelScheduledChange: DESK_MONEY,
  recordPayment: DESK_MONEY,
  promiseToPay: DESK_MONEY,

  startInvoiceAudit: MONEY,
  startVerification: MONEY,
  startReplay: MONEY,
  startExport: MONEY,
  cancelJob: MONEY,
  changeCreditLimit: MONEY,
  exemptFromCollection: MONEY,
  reversePayment: MONEY,
  recordRefund: MONEY,
  issueCreditNote: MONEY,
  issueGoodwillCredit: MONEY,
  voidInvoice: MONEY,
  reissueInvoice: MONEY,
  writeOffInvoice: MONEY,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type MutationName = keyof typeof mutations;

/** Every query. What has an id is found by `node` only by whom the query of its kind is allowed. */
export const queries = {
  viewer: EVERYBODY,
  errorCodes: EVERYBODY,
  node: ALL_BUT_APP,
  nodes: ALL_BUT_APP,
  preview: [...DESK_MONEY, "partner", "self-care"],

  providers: OPERATOR,
  stalls: OPERATOR,
  keys: ADMIN,
  edge: STAFF,
  edges: STAFF,
  provider: WITH_SELF_PARTNER,
  targets: STAFF,
  delivery: STAFF,
  deliveries: STAFF,
  mailTemplate: STAFF,
  mailTemplates: STAFF,
  mailTexts: STAFF,
  mailVariables: STAFF,
  previewMail: STAFF,
  event: WITH_PARTNER,
  job: MONEY,
  jobs: MONEY,
  history: MONEY,

  plan: WITH_PARTNER,
  plans: WITH_PARTNER,
  addOnProduct: WITH_PARTNER,
  addOnProducts: WITH_PARTNER,
  volumeDiscountPlan: WITH_PARTNER,
  volumeDiscountPlans: WITH_PARTNER,
  mainProduct: WITH_PARTNER,
  mainProducts: WITH_PARTNER,
  customerClass: WITH_PARTNER,
  customerClasses: WITH_PARTNER,
  servicePolicy: WITH_PARTNER,
  servicePolicies: WITH_PARTNER,
  tariff: WITH_PARTNER,
  tariffs: WITH_PARTNER,
  rates: WITH_PARTNER,
  rateImport: ADMIN,
  testRate: WITH_PARTNER,
  offer: WITH_PARTNER,
  offers: WITH_PARTNER,

  search: WITH_SELF,
  customer: EVERYBODY,
  customers: WITH_APP,
  zendeskCustomer: WITH_APP,
  account: EVERYBODY,
  zendeskOrganizations: ADMIN,
  zendeskWidgetKey: WITH_SELF,
  accounts: WITH_SELF,
  accountAliases: WITH_SELF_APP,
  call: WITH_SELF,
  calls: WITH_SELF,
  openCalls: WITH_SELF,
  failedCalls: WITH_SELF,
  callSums: WITH_SELF,
  callDays: WITH_SELF,
  usageLines: WITH_SELF,
  commitment: WITH_SELF_PARTNER,
  commitments: WITH_SELF,
  invoice: WITH_SELF,
  invoices: WITH_SELF,
  invoiceSums: WITH_SELF,
  creditNote: WITH_SELF,
  creditNotes: WITH_SELF,
  payment: WITH_SELF,
  payments: WITH_SELF,
  refund: WITH_SELF,
  refunds: WITH_SELF,
  unbilled: WITH_SELF,
  closedPeriods: STAFF,
  workList: STAFF,
  parkedCloses: STAFF,
  pauseRequests: STAFF,
  readModels: STAFF,
  agedReceivables: STAFF,
  billed: MONEY,
  penaltiesOutstanding: MONEY,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type QueryName = keyof typeof queries;

/** Files at `/documents/<provider>/<kind>/`. */
export const documents = {
  invoices: WITH_SELF,
  "credit-notes": WITH_SELF,
  statements: WITH_SELF,
  calls: WITH_SELF,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type DocumentKind = keyof typeof documents;

/**
 * How many days before today a role may change days of closed billing periods, at most: where the provider's
 * `backDatingDays` are fewer, those count. 0: only days of the running period and coming ones.
 */
export const backDating: Readonly<Record<Role, number | "the provider's">> = {
  operator: "the provider's",
  admin: "the provider's",
  csr: 31,
  finance: "the provider's",
  support: 0,
  partner: 0,
  "self-care": 0,
  "zendesk-app": 0,
};

/** Who sees the part `personal` of events' data. Others get the data without it. */
export const personalDataOfEvents: readonly Role[] = STAFF;

/** What a role may ask of a field, where it is less than the schema allows. */
export interface Narrowed {
  /** Arguments that it may give. */
  readonly args: readonly string[];
  /** Fields of the argument `filter` that it may give; one of them it must. */
  readonly filter?: readonly string[];
  /** Items at most, as `first` must say. */
  readonly most?: number;
}

/** By role and field. The app inside Zendesk finds customers, and lists none. */
export const narrowed: Readonly<Partial<Record<Role, Readonly<Record<string, Narrowed>>>>> = {
  partner: { "Query.account": { args: ["id"] } },
  "zendesk-app": {
    "Query.customers": { args: ["filter", "first"], filter: ["name"], most: 10 },
    "Query.accountAliases": { args: ["filter", "first"], filter: ["alias"], most: 10 },
    "Customer.commitments": { args: ["first"], most: 50 },
    "Customer.invoices": { args: ["first"], most: 5 },
  },
};

/** Names of fields, separated by blanks, with the roles that see them. */
type Seen = readonly [roles: readonly Role[], fields: string];

/** Fields of every type whose name ends like this, beside those that {@link types} names. */
export const endings: Readonly<Record<string, readonly Seen[]>> = {
  Connection: [
    [EVERYBODY, "edges pageInfo"],
    [WITH_SELF_PARTNER, "totalCount"],
  ],
  Edge: [[EVERYBODY, "cursor node"]],
  Payload: [[WITH_SELF_PARTNER, "id position visible repeated"]],
};

/** Every type that is answered, with its fields. The roots are {@link queries} and {@link mutations}. */
export const types: Readonly<Record<string, readonly Seen[]>> = {
  Node: [[EVERYBODY, "id"]],
  PageInfo: [[EVERYBODY, "startCursor endCursor hasPreviousPage hasNextPage"]],
  ErrorCodeMeaning: [[EVERYBODY, "code meaning"]],
  Viewer: [[EVERYBODY, "actor name roles provider customer commands queries"]],

  Provider: [
    [EVERYBODY, "id name"],
    [WITH_SELF_PARTNER, "clock isDefault"],
    [WITH_SELF, "documentDetails"],
    [STAFF, "backDatingDays coolingOffDays invoiceNumberPrefix supportHourlyRate createdAt updatedAt"],
  ],
  HourlyRate: [[STAFF, "amount currency"]],
  Clock: [[WITH_SELF_PARTNER, "now today testClock advancingTo"]],
  DocumentDetails: [[WITH_SELF, "legalName address email phone website taxId registration bankAccounts logo"]],
  BankAccount: [[WITH_SELF, "holder bank iban bic accountNumber routingNumber currency"]],
  Logo: [[WITH_SELF, "data type"]],
  PostalAddress: [[WITH_SELF, "street addition postalCode city region country"]],
  Stall: [[OPERATOR, "readModel event position since reason"]],
  StalledEvent: [[OPERATOR, "id type stream revision"]],
  WorkList: [
    [
      STAFF,
      "parkedCloses parkedDeliveries overdueInvoices endingSoon endingFrom endingUntil movedPeriods pauseRequests",
    ],
  ],
  WorkCount: [[STAFF, "count isCapped"]],
  ParkedClose: [[STAFF, "customer customerId reason since attempts"]],
  OpenPauseRequest: [[STAFF, "commitment commitmentId customer customerId from until requestedOn"]],
  ReadModel: [
    [STAFF, "name version status lag"],
    // Can tell of any provider.
    [OPERATOR, "error"],
  ],
  Target: [
    [STAFF, "name on stub pending parked delivered discarded downSince downBecause"],
    [ADMIN, "configuration"],
  ],
  TargetSetting: [[ADMIN, "key value"]],
  TargetVerification: [[ADMIN, "target ok message"]],
  Delivery: [
    [STAFF, "id target kind customer customerId subjectId eventId on status tries passedOver recordedAt settledAt"],
    [STAFF, "notBefore lastError discardReason discardedBy"],
  ],
  Job: [
    [MONEY, "id kind state input askedBy askedAt startedAt finishedAt cancelled phase done total report error files"],
  ],
  JobFile: [[MONEY, "name url bytes sha256"]],
  JobPayload: [[MONEY, "job repeated"]],
  ApiKey: [
    [ADMIN, "id label roles status expiresAt grantedBy reason revokedAt revokedBy revokedBecause createdAt updatedAt"],
  ],
  ApiKeyPayload: [[ADMIN, "key"]],
  GrantKeyPayload: [[ADMIN, "key secret"]],
  SipEdge: [
    [STAFF, "id name realm addresses gateway announcer language status previousSecretUntil createdAt updatedAt"],
  ],
  Announcer: [[STAFF, "host port"]],
  SipEdgePayload: [[ADMIN, "edge"]],
  EdgeSecretPayload: [[ADMIN, "edge secret"]],
  MailTemplate: [[STAFF, "id kind language customerClass subject text html dates createdAt updatedAt"]],
  MailText: [[STAFF, "kind language origin subject text html dates"]],
  MailVariable: [[STAFF, "name description items"]],
  MailPreview: [[STAFF, "to subject text html attachments isSample"]],
  TestMailPayload: [[ADMIN, "sent message"]],
  HistoryEntry: [
    [
      STAFF,
      "id kind type subject summary summaryParts changes reason recordedAt effectiveOn actor actorName role origin event delivery",
    ],
  ],
  HistorySubject: [[STAFF, "kind id name"]],
  HistoryChange: [[STAFF, "field label from fromParts to toParts"]],
  SentencePart: [[[...DESK_MONEY, "partner"], "text day until instant amount currency"]],
  Event: [[WITH_PARTNER, "id type stream revision position recordedAt actor role effectiveOn data"]],

  Plan: [
    [WITH_PARTNER, "id name currency recurringFees minimumPeriods penalty penaltyAmount prorateFirst prorateLast"],
    [WITH_PARTNER, "createdAt updatedAt"],
    [STAFF, "history"],
  ],
  PeriodFee: [[WITH_SELF_PARTNER, "period amount"]],
  AddOnProduct: [
    [WITH_SELF_PARTNER, "id name service quota volumeDiscountPlan"],
    [WITH_PARTNER, "voice createdAt updatedAt"],
    [STAFF, "history"],
  ],
  ServicePolicy: [
    [WITH_PARTNER, "id name description service redirectAction trustedNetworks createdAt updatedAt"],
    [STAFF, "history"],
  ],
  Tariff: [
    [WITH_PARTNER, "id name description currency matchBy duration clonedFrom createdAt updatedAt"],
    [STAFF, "history"],
  ],
  VoiceService: [[WITH_PARTNER, "servicePolicy sipContact maxCalls maxSeconds incomingTariff outgoingTariff language"]],
  SipContact: [[WITH_PARTNER, "host port transport"]],
  AccountVoice: [[STAFF, "on state service origins mainProduct addOnProduct"]],
  VoiceOrigins: [[STAFF, "servicePolicy sipContact maxCalls maxSeconds incomingTariff outgoingTariff language"]],
  Rate: [
    [WITH_PARTNER, "prefix description country effectiveFrom effectiveUntil priceFirst priceNext connectFee"],
    [WITH_PARTNER, "firstInterval nextInterval discontinued forbidden hidden payback"],
  ],
  RateTerms: [
    [ADMIN, "prefix description country effectiveFrom priceFirst priceNext connectFee"],
    [ADMIN, "firstInterval nextInterval discontinued forbidden hidden payback"],
  ],
  RateImport: [[ADMIN, "mistakes changes"]],
  RateMistake: [[ADMIN, "line column code message facts"]],
  RateChange: [[ADMIN, "line kind before after"]],
  RateTest: [[WITH_PARTNER, "state reason rate passedOver seconds chargedSeconds amount currency steps"]],
  RateStep: [[WITH_PARTNER, "what value unit"]],
  VolumeDiscountPlan: [
    [WITH_SELF_PARTNER, "id name service quota unit thresholds"],
    [WITH_PARTNER, "createdAt updatedAt"],
    [STAFF, "history"],
  ],
  Threshold: [[WITH_SELF_PARTNER, "from percent"]],
  MainProduct: [
    [WITH_SELF_PARTNER, "id name addOnProducts"],
    [WITH_PARTNER, "voice createdAt updatedAt"],
    [STAFF, "history"],
  ],
  CustomerClass: [
    [WITH_SELF_PARTNER, "id"],
    [WITH_PARTNER, "name"],
    [WITH_SELF, "language dateFormat graceDays selfPauseDaysPerYear selfPauseLongestDays selfPauseNoticeDays"],
    [STAFF, "rounding remindAfterDays warnBeforeSuspensionDays suspendAfterDays terminateAfterDays warnBeforeEndDays"],
    [STAFF, "createdAt updatedAt history"],
  ],
  DateFormat: [[WITH_SELF, "name date time"]],
  Offer: [
    [
      WITH_PARTNER,
      "id name currency description status revision discountPeriods transferFee recurringFees oneTimeFees",
    ],
    [WITH_PARTNER, "costs createdAt updatedAt"],
    [STAFF, "history"],
  ],
  OfferRecurringFee: [[WITH_PARTNER, "plan addOnProduct discount discountedFees"]],
  OneTimeFee: [[WITH_SELF_PARTNER, "description service fee discount discountedFee"]],
  OfferCosts: [
    [WITH_PARTNER, "billingPeriod start price discountedPrice priceAfterDiscount oneTime discountEnd total leaving"],
  ],
  OfferLeavingCost: [[WITH_PARTNER, "months on early penalty"]],

  Search: [[WITH_SELF, "groups"]],
  SearchGroup: [[WITH_SELF, "kind hits hasMore"]],
  SearchHit: [[WITH_SELF, "kind id matched text from until title customerId customer account"]],
  Customer: [
    [EVERYBODY, "id status"],
    [WITH_SELF_APP, "contact currency balance commitments invoices"],
    [WITH_SELF_PARTNER, "customerClass billingPeriod anniversaryDay timeZone nextBilling today createdOn closedOn"],
    [WITH_SELF_PARTNER, "accounts createdAt updatedAt"],
    [WITH_SELF, "balanceDue creditLimit subscriptionDiscountRate suspendedSince scheduledChanges collection"],
    [WITH_SELF, "timeline unbilled creditNotes payments refunds statement statementUrl tickets"],
    [STAFF, "supportCost deliveries people history statusExplanation balanceExplanation balanceDueExplanation"],
    [WITH_APP, "zendesk"],
  ],
  CustomerZendesk: [
    [WITH_APP, "status organizationId organizationName organizationUrl"],
    [STAFF, "isEnabled linkedOn linkedBy claimedAgent nameTakenBy nameTakenByUrl untouchedUser"],
  ],
  ZendeskUntouchedUser: [[STAFF, "userId userUrl because"]],
  ZendeskOrganization: [[ADMIN, "organizationId name url externalId customer"]],
  // Not for the person: who else acts for the customer is between it and the desk.
  Person: [[STAFF, "id customerId name email openIdSubject removedBecause createdAt updatedAt"]],
  PersonPayload: [[DESK, "person"]],
  Contact: [
    [WITH_SELF_APP, "name"],
    [WITH_SELF, "companyDomain email phone address taxId"],
  ],
  NextBilling: [[WITH_SELF_PARTNER, "billingPeriod anniversaryDay timeZone inForceFrom"]],
  ScheduledChange: [[WITH_SELF, "what rate orderedOn effectiveOn"]],
  Collection: [
    [WITH_SELF, "amountOverdue oldestUnpaidInvoiceId nextSteps promisedBy suspendedForNonPaymentSince"],
    [STAFF, "exempt"],
  ],
  CollectionStep: [[WITH_SELF, "kind on afterDays invoiceId"]],
  CustomerPayload: [
    [EVERYBODY, "id position visible repeated"],
    [EVERYBODY, "customer"],
  ],
  CreatedTicketPayload: [[WITH_SELF, "customer"]],
  TicketConnection: [[WITH_SELF, "edges pageInfo searched"]],
  Ticket: [
    [WITH_SELF, "number subject priority type status createdAt updatedAt recipient"],
    // A page of Zendesk for its agents.
    [STAFF, "url"],
  ],
  SupportCost: [[STAFF, "months timeSource isComplete hourlyRate currency total"]],
  SupportMonth: [[STAFF, "month tickets byStatus seconds withoutTime cost"]],
  TicketCount: [[STAFF, "status tickets"]],

  Account: [
    [EVERYBODY, "id status customer"],
    [STAFF, "history statusExplanation voice"],
    [WITH_SELF_APP, "identifier aliases"],
    [WITH_SELF, "timeline"],
    [WITH_SELF_PARTNER, "mainProduct openedOn closedOn commitments entitlements createdAt updatedAt"],
  ],
  AccountAlias: [
    [WITH_SELF_APP, "alias kind account accountId customer customerId"],
    [WITH_SELF, "realm role allowAuthentication"],
  ],
  Call: [
    [WITH_SELF, "id leg state account accountId customer customerId day answered ended redirectedTo"],
    // Of callers that hide, a customer gets no `cli`.
    [WITH_SELF, "cli callerHidden cld seconds chargedSeconds amount voided currency billed"],
    // By which rate is told to nobody outside: some are hidden from customers.
    [STAFF, "edge reason authorised tariff tariffId prefix rating amountAtFirst"],
  ],
  OpenCall: [
    [WITH_SELF, "id account accountId customer customerId cld answered redirectedTo maxSeconds overdue"],
    // Edges that were started long ago do not say which callers hide.
    [STAFF, "edge edgeId authorised cli callerHidden"],
  ],
  FailedCall: [
    [WITH_SELF, "id account accountId customer customerId cld came failed sipCode reason redirectedTo"],
    // Edges that were started long ago do not say which callers hide.
    [STAFF, "edge edgeId cli callerHidden"],
  ],
  BilledCall: [[WITH_SELF, "period amount line"]],
  CallSum: [[WITH_SELF, "currency calls seconds chargedSeconds amount billedAmount"]],
  CallDay: [[WITH_SELF, "day currency calls seconds chargedSeconds amount billedAmount"]],
  CallPayload: [[MONEY, "call"]],
  Entitlements: [[WITH_SELF_PARTNER, "on mainProduct addOns"]],
  Entitlement: [
    [WITH_SELF_PARTNER, "rowId state commitment addOnProduct service quota volumeDiscountPlan upgradedUntil"],
  ],

  Commitment: [
    [EVERYBODY, "id status start discountEndDate terms account terminatedOn"],
    [WITH_SELF_PARTNER, "customer agreements discountEndKind discountEndOpen discountRunning annulled terminatedEarly"],
    [WITH_SELF_PARTNER, "pauses pauseRequests pauseScheduled terminationScheduled timeLimitedUpgrades upgradeRunning"],
    [WITH_SELF_PARTNER, "scheduledUpgrade upgradeScheduled waitingRenewal renewalWaiting createdAt updatedAt"],
    [WITH_PARTNER, "offer"],
    [WITH_SELF, "lines discountsGiven discountLedger leavingCosts leavingCost timeline on penaltyWaived"],
    // Names other customers: those that had it before or have it now.
    [STAFF, "holders history discountEndExplanation statusExplanation"],
  ],
  CommitmentHolder: [[STAFF, "account customer from until transferFee"]],
  Agreement: [[WITH_SELF_PARTNER, "terms from until"]],
  Terms: [
    [EVERYBODY, "name"],
    [WITH_SELF_PARTNER, "currency offerRevision discountPeriods transferFee penalty recurring oneTime"],
  ],
  RecurringTerm: [
    [
      WITH_SELF_PARTNER,
      "rowId planId addOnProductId addOnProduct description fees discount minimumPeriods prorateFirst prorateLast",
    ],
  ],
  FeesRenewal: [[WITH_SELF_PARTNER, "from orderedOn terms"]],
  ScheduledUpgrade: [[WITH_SELF_PARTNER, "from orderedOn terms discountEnd"]],
  TimeLimitedUpgrade: [[WITH_SELF_PARTNER, "rowId addOnProduct from until running thenUpgradeTo"]],
  Pause: [[WITH_SELF_PARTNER, "from until status selfCare"]],
  PauseRequest: [[WITH_SELF_PARTNER, "from until status requestedOn reason"]],
  LeavingCost: [[WITH_SELF, "on early lines total"]],
  CommitmentDay: [
    [WITH_SELF, "day status suspended currency fee discount net discountOrigin discountEndDate leavingCost"],
  ],
  CommitmentTimeline: [
    [WITH_SELF, "today from until currency periods suspensions rates pauses agreements prices upgrades shifts"],
    [WITH_SELF, "discountFrom discountEnd discountEndOpen given penalty termination"],
    [STAFF, "events"],
  ],
  CommitmentsTimeline: [[WITH_SELF, "today from until commitments suspensions rates"]],
  CommitmentBar: [[WITH_SELF, "commitment account name status from lastDay discountEnd pauses"]],
  TimelinePeriod: [[WITH_SELF, "from until state invoices lines net"]],
  TimelineDocument: [[WITH_SELF, "id number kind"]],
  TimelineSuspension: [
    [WITH_SELF, "from until"],
    [STAFF, "eventIds"],
  ],
  TimelineRate: [
    [WITH_SELF, "from until rate"],
    [STAFF, "eventIds"],
  ],
  TimelinePause: [
    [WITH_SELF, "from until status selfCare"],
    [STAFF, "eventIds"],
  ],
  TimelineAgreement: [
    [WITH_SELF, "from until by name fee discount net"],
    [STAFF, "eventIds"],
  ],
  TimelinePrice: [[WITH_SELF, "from until fee discount net discountOrigin"]],
  TimelineUpgrade: [
    [WITH_SELF, "from until rowId addOnProduct running thenUpgradeTo"],
    [STAFF, "eventIds"],
  ],
  DiscountEndShift: [
    [WITH_SELF, "cause from to days causeFrom causeUntil"],
    [STAFF, "withCommitmentId eventIds"],
  ],
  DiscountGiven: [[WITH_SELF, "on amount total issued"]],
  TimelinePenalty: [[WITH_SELF, "on amount total waived"]],
  TimelineTermination: [
    [WITH_SELF, "on scheduled early"],
    [STAFF, "eventIds"],
  ],
  DiscountLedger: [[WITH_SELF, "currency issued notIssued total rows"]],
  DiscountLedgerRow: [[WITH_SELF, "rowId description issued notIssued total"]],
  PenaltyPreview: [[WITH_SELF, "currency lines total"]],

  Preview: [
    [[...DESK_MONEY, "partner"], "events"],
    [[...DESK_MONEY, "partner", "self-care"], "commitment"],
    [[...DESK_MONEY, "self-care"], "runningPeriod comingPeriods penalty"],
    [DESK_MONEY, "giversRunningPeriod giversComingPeriods"],
  ],
  PreviewedEvent: [[[...DESK_MONEY, "partner"], "stream type kind effectiveOn data sentence parts"]],
  PreviewedCommitment: [
    [[...DESK_MONEY, "partner", "self-care"], "id statusBefore statusAfter discountEndBefore discountEndAfter"],
    [[...DESK_MONEY, "self-care"], "timelineAfter"],
  ],
  PreviewedPeriod: [
    [[...DESK_MONEY, "self-care"], "period invoiceOn currency totalBefore linesBefore totalAfter linesAfter"],
  ],
  PreviewedComingPeriods: [[[...DESK_MONEY, "self-care"], "periods laterToo"]],

  Period: [[WITH_SELF, "from until"]],
  Invoice: [
    [WITH_SELF_APP, "id number issuedOn dueOn currency total openAmount state"],
    [
      WITH_SELF,
      "customer recipient period lines lineCount totalsByKind allocations creditNotes writtenOff documentUrl",
    ],
    [WITH_SELF, "contentHash createdAt"],
    [STAFF, "history stateExplanation"],
  ],
  InvoiceSum: [[WITH_SELF, "currency state invoices total open"]],
  CreditNote: [
    [WITH_SELF, "id number issuedOn purpose customer recipient invoice period currency total unusedAmount allocations"],
    [WITH_SELF, "lines lineCount totalsByKind documentUrl contentHash createdAt"],
    // In the words of those who issued it: not printed on the document either.
    [STAFF, "reason history"],
  ],
  Recipient: [[WITH_SELF, "name companyDomain email phone address taxId"]],
  KindTotal: [[WITH_SELF, "kind total"]],
  Line: [
    [WITH_SELF, "kind commitment commitmentId account accountId rowId description from until days periodDays currency"],
    [WITH_SELF, "fee discount discountOrigin net unitFee unitDiscount corrects usage invoice creditNote position"],
    [STAFF, "causes explanation"],
  ],
  // Says who did what, and rests on other customers' lines where a commitment was transferred.
  Explanation: [[STAFF, "value currency steps events entries sentences proof"]],
  ExplanationStep: [
    [STAFF, "index parent isReason what operation unit value from until description rounding"],
    [STAFF, "documentId line eventIds"],
  ],
  ExplanationProof: [[STAFF, "isEqual recomputedNet"]],
  LineUsage: [[WITH_SELF, "calls seconds chargedSeconds late"]],
  LineCorrection: [[WITH_SELF, "period kind lines"]],
  CorrectedLine: [[WITH_SELF, "invoice invoiceId line"]],
  Unbilled: [[WITH_SELF, "customer period today currency total lines commitments"]],
  UnbilledCommitment: [[WITH_SELF, "commitment discountAccrued penaltyIfLeftToday"]],
  ClosedPeriod: [[STAFF, "customer period closedAt invoice moved lateEvents"]],
  LateEvent: [[STAFF, "stream revision type effectiveOn"]],
  IssuedCreditNotePayload: [[MONEY, "customer creditNoteId"]],
  ReissuedInvoicePayload: [[MONEY, "customer invoiceId"]],

  Payment: [
    [WITH_SELF, "id customer invoice amount currency method reference recordedOn valueOn reversedOn unusedAmount"],
    [WITH_SELF, "allocations createdAt"],
    // In the words of staff, for staff.
    [STAFF, "note reversalReason"],
  ],
  Refund: [
    [WITH_SELF, "id customer amount currency method reference recordedOn allocations createdAt"],
    [STAFF, "reason"],
  ],
  Allocation: [[WITH_SELF, "amount usedFor invoice creditNote payment refund"]],
  Statement: [[WITH_SELF, "from until currency opening movements closing"]],
  Movement: [[WITH_SELF, "on kind amount balance reference invoice creditNote payment refund"]],
  AgedReceivables: [[STAFF, "asOf amounts"]],
  AgedAmounts: [[STAFF, "currency current days1To30 days31To60 days61To90 over90 open balance due"]],
  Billed: [[MONEY, "position sums"]],
  BilledSum: [[MONEY, "currency month serviceMonth kind document offerId offerName customerId lines fee discount net"]],
  PenaltiesOutstanding: [[MONEY, "position sums"]],
  OutstandingPenaltySum: [[MONEY, "currency commitments early penalty"]],
  RecordedPaymentPayload: [[DESK_MONEY, "customer paymentId"]],
  RecordedRefundPayload: [[MONEY, "customer refundId"]],

  AccountPayload: [[WITH_SELF_PARTNER, "account"]],
  CommitmentPayload: [[WITH_SELF_PARTNER, "commitment"]],
  TerminateCommitmentPayload: [[DESK, "commitment penaltyPreview"]],
  ProviderPayload: [[ADMIN, "provider"]],
  PlanPayload: [[ADMIN, "plan"]],
  AddOnProductPayload: [[ADMIN, "addOnProduct"]],
  VolumeDiscountPlanPayload: [[ADMIN, "volumeDiscountPlan"]],
  MainProductPayload: [[ADMIN, "mainProduct"]],
  CustomerClassPayload: [[ADMIN, "customerClass"]],
  OfferPayload: [[ADMIN, "offer"]],
  ServicePolicyPayload: [[ADMIN, "servicePolicy"]],
  TariffPayload: [[ADMIN, "tariff"]],
  MailTemplatePayload: [[ADMIN, "mailTemplate"]],
};
