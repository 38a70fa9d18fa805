import { AccountAliasFields, AccountFields } from "./account-fields.js";
import { AccountQueries } from "./account-queries.js";
import { CallProgressQueries, FailedCallFields, OpenCallFields } from "./call-progress-queries.js";
import { CallFields, CallQueries } from "./call-queries.js";
import { AddOnProductFields, MainProductFields, OfferRecurringFeeFields } from "./catalog-fields.js";
import { AccountVoiceField, AccountVoiceFields, VoiceServiceFields } from "./voice-fields.js";
import { RateImportQueries, TariffFields, TariffQueries } from "./tariff-queries.js";
import { CatalogQueries } from "./catalog-queries.js";
import { CodeQueries } from "./code-queries.js";
import {
  CommitmentFields,
  CommitmentHolderFields,
  RecurringTermFields,
  TimeLimitedUpgradeFields,
} from "./commitment-fields.js";
import { LeavingCostsField } from "./leaving-costs-field.js";
import { CommitmentQueries } from "./commitment-queries.js";
import { CustomerFields } from "./customer-fields.js";
import { CustomerQueries } from "./customer-queries.js";
import { AccountEntitlementsField, EntitlementFields, EntitlementsFields } from "./entitlement-fields.js";
import {
  ClosedPeriodFields,
  CreditNoteFields,
  InvoiceFields,
  CorrectedLineFields,
  LineFields,
  UnbilledCommitmentFields,
  UnbilledFields,
} from "./invoice-fields.js";
import { JobMutations, JobQueries } from "./jobs.js";
import { CustomerDeliveriesField, DeliveryFields, DeliveryMutations, DeliveryQueries } from "./deliveries.js";
import { EventQueries } from "./event-queries.js";
import {
  AccountExplanationFields,
  CommitmentExplanationFields,
  CustomerExplanationFields,
  ExplanationFields,
  InvoiceExplanationFields,
  LineExplanationField,
} from "./explanation-fields.js";
import { historyFields, HistoryQueries } from "./history.js";
import { ExportQueries } from "./export-queries.js";
import { InvoiceQueries } from "./invoice-queries.js";
import { CustomerMoneyFields } from "./customer-money-fields.js";
import {
  AllocationFields,
  CreditNoteAllocationsField,
  InvoiceAllocationsField,
  MovementFields,
  PaymentFields,
  RefundFields,
} from "./receivables-fields.js";
import { ReceivablesQueries } from "./receivables-queries.js";
import { OfferCostsField } from "./offer-costs-field.js";
import { Mutations } from "../commands/mutations.js";
import { PreviewQueries } from "../commands/preview-query.js";
import { PreviewedEventFields } from "./previewed-event-fields.js";
import { PreviewedPeriodsFields } from "./previewed-periods-fields.js";
import {
  AccountTimelineField,
  CommitmentBarFields,
  CommitmentDayFields,
  CommitmentTimelineFields,
  CustomerTimelineField,
  PreviewedTimelineField,
  TimelineEventsField,
  TimelineUpgradeFields,
} from "./timeline-fields.js";
import { EdgeQueries } from "./edge-queries.js";
import { KeyQueries } from "./key-queries.js";
import { PeopleField } from "./people-field.js";
import { MailQueries } from "./mail-queries.js";
import { MailTemplateFields } from "./mail-fields.js";
import { NodeQueries } from "./node-queries.js";
import { ClockFields, ProviderFields } from "./provider-fields.js";
import { ProviderQueries } from "./provider-queries.js";
import { SearchHitFields, SearchQueries } from "./search-queries.js";
import { ViewerFields, ViewerQueries } from "./viewer-queries.js";
import { OpenPauseRequestFields, ParkedCloseFields, WorkQueries } from "./work-queries.js";
import { TicketFields } from "./ticket-fields.js";
import { CustomerZendeskField, ZendeskOrganizationFields, ZendeskQueries } from "./zendesk.js";

/** All resolvers of the schema. */
export const resolvers = [
  Mutations,
  CodeQueries,
  ProviderQueries,
  ProviderFields,
  ViewerQueries,
  ViewerFields,
  NodeQueries,
  CatalogQueries,
  AccountVoiceField,
  AccountVoiceFields,
  VoiceServiceFields,
  TariffFields,
  TariffQueries,
  RateImportQueries,
  AddOnProductFields,
  MainProductFields,
  OfferRecurringFeeFields,
  OfferCostsField,
  WorkQueries,
  ParkedCloseFields,
  OpenPauseRequestFields,
  SearchQueries,
  SearchHitFields,
  CustomerQueries,
  CustomerFields,
  AccountQueries,
  AccountFields,
  AccountAliasFields,
  CallQueries,
  CallProgressQueries,
  CallFields,
  OpenCallFields,
  FailedCallFields,
  CommitmentQueries,
  CommitmentFields,
  CommitmentHolderFields,
  RecurringTermFields,
  TimeLimitedUpgradeFields,
  LeavingCostsField,
  AccountEntitlementsField,
  EntitlementsFields,
  EntitlementFields,
  EventQueries,
  JobQueries,
  JobMutations,
  DeliveryQueries,
  DeliveryMutations,
  DeliveryFields,
  CustomerDeliveriesField,
  HistoryQueries,
  ...historyFields,
  InvoiceQueries,
  InvoiceFields,
  CreditNoteFields,
  CorrectedLineFields,
  LineFields,
  LineExplanationField,
  InvoiceExplanationFields,
  AccountExplanationFields,
  CommitmentExplanationFields,
  CustomerExplanationFields,
  ExplanationFields,
  ClosedPeriodFields,
  UnbilledFields,
  UnbilledCommitmentFields,
  ReceivablesQueries,
  PaymentFields,
  RefundFields,
  InvoiceAllocationsField,
  CreditNoteAllocationsField,
  AllocationFields,
  CustomerMoneyFields,
  MovementFields,
  ExportQueries,
  KeyQueries,
  EdgeQueries,
  PeopleField,
  TicketFields,
  MailQueries,
  MailTemplateFields,
  PreviewQueries,
  PreviewedEventFields,
  PreviewedPeriodsFields,
  PreviewedTimelineField,
  CommitmentTimelineFields,
  CommitmentDayFields,
  TimelineEventsField,
  TimelineUpgradeFields,
  CustomerTimelineField,
  AccountTimelineField,
  CommitmentBarFields,
  ClockFields,
  ZendeskQueries,
  ZendeskOrganizationFields,
  CustomerZendeskField,
];
