import { Parties1764000000000 } from "./1764000000000-parties.js";
import { Invoices1764000000500 } from "./1764000000500-invoices.js";
import { ProviderSecrets1764000000700 } from "./1764000000700-provider-secrets.js";
import { Billing1764000001000 } from "./1764000001000-billing.js";
import { Agenda1764000002000 } from "./1764000002000-agenda.js";
import { BillingLines1764000003000 } from "./1764000003000-billing-lines.js";
import { Workers1764000010000 } from "./1764000010000-workers.js";
import { Stalls1764000020000 } from "./1764000020000-stalls.js";
import { Search1764000030000 } from "./1764000030000-search.js";
import { CreatedAt1764000050000 } from "./1764000050000-created-at.js";
import { CorrectedCalls1764000380000 } from "./1764000380000-corrected-calls.js";
import { EventsInJournal1764000400000 } from "./1764000400000-events-in-journal.js";
import { BilledCalls1764000420000 } from "./1764000420000-billed-calls.js";
import { RunningCalls1764000421000 } from "./1764000421000-running-calls.js";
import { CallsUnderWay1764000460000 } from "./1764000460000-calls-under-way.js";
import { HiddenCallers1764000470000 } from "./1764000470000-hidden-callers.js";
import { TermsOfMoments1764000040000 } from "./1764000040000-terms-of-moments.js";
import { UnitAmounts1764000070000 } from "./1764000070000-unit-amounts.js";
import { Holders1764000075000 } from "./1764000075000-holders.js";
import { Corrections1764000060000 } from "./1764000060000-corrections.js";
import { BillingChanges1764000055000 } from "./1764000055000-billing-changes.js";
import { EventPlaces1764000080000 } from "./1764000080000-event-places.js";
import { BilledLines1764000085000 } from "./1764000085000-billed-lines.js";
import { CustomerSignals1764000090000 } from "./1764000090000-customer-signals.js";
import { CreditNotes1764000095000 } from "./1764000095000-credit-notes.js";
import { Money1764000110000 } from "./1764000110000-money.js";
import { Collection1764000120000 } from "./1764000120000-collection.js";
import { Deliveries1764000130000 } from "./1764000130000-deliveries.js";
import { Documents1764000150000 } from "./1764000150000-documents.js";
import { DatePatterns1764000150100 } from "./1764000150100-date-patterns.js";
import { ApiKeys1764000180000 } from "./1764000180000-api-keys.js";
import { OrderOfDocuments1764000160000 } from "./1764000160000-order-of-documents.js";
import { FeesGone1764000170000 } from "./1764000170000-fees-gone.js";
import { Sessions1764000185000 } from "./1764000185000-sessions.js";
import { People1764000190000 } from "./1764000190000-people.js";
import { AccountsOfPeople1764000191000 } from "./1764000191000-accounts-of-people.js";
import { SealedSessions1764000192000 } from "./1764000192000-sealed-sessions.js";
import { OpenAt1764000200000 } from "./1764000200000-open-at.js";
import { Zendesk1764000210000 } from "./1764000210000-zendesk.js";
import { Journal1764000220000 } from "./1764000220000-journal.js";
import { History1764000240000 } from "./1764000240000-history.js";
import { Jobs1764000250000 } from "./1764000250000-jobs.js";
import { EventsOfMovements1764000270000 } from "./1764000270000-events-of-movements.js";
import { SearchAll1764000280000 } from "./1764000280000-search-all.js";
import { CustomerBalances1764000281000 } from "./1764000281000-customer-balances.js";
import { WorkList1764000282000 } from "./1764000282000-work-list.js";
import { TariffRates1764000300000 } from "./1764000300000-tariff-rates.js";
import { MovedCustomers1764000320000 } from "./1764000320000-moved-customers.js";
import { Usage1764000340000 } from "./1764000340000-usage.js";
import { HoursOfCalls1764000370000 } from "./1764000370000-hours-of-calls.js";
import { AliasTerms1764000306000 } from "./1764000306000-alias-terms.js";
import { Calls1764000310000 } from "./1764000310000-calls.js";

/** All migrations in their order. Imported, not found by a pattern, so that exactly the built ones run. */
export const migrations = [
  Parties1764000000000,
  Invoices1764000000500,
  ProviderSecrets1764000000700,
  Billing1764000001000,
  Agenda1764000002000,
  BillingLines1764000003000,
  Workers1764000010000,
  Stalls1764000020000,
  Search1764000030000,
  TermsOfMoments1764000040000,
  CreatedAt1764000050000,
  BillingChanges1764000055000,
  Corrections1764000060000,
  UnitAmounts1764000070000,
  Holders1764000075000,
  EventPlaces1764000080000,
  BilledLines1764000085000,
  CustomerSignals1764000090000,
  CreditNotes1764000095000,
  Money1764000110000,
  Collection1764000120000,
  Deliveries1764000130000,
  Documents1764000150000,
  DatePatterns1764000150100,
  OrderOfDocuments1764000160000,
  FeesGone1764000170000,
  ApiKeys1764000180000,
  Sessions1764000185000,
  People1764000190000,
  AccountsOfPeople1764000191000,
  SealedSessions1764000192000,
  OpenAt1764000200000,
  Zendesk1764000210000,
  Journal1764000220000,
  History1764000240000,
  Jobs1764000250000,
  EventsOfMovements1764000270000,
  SearchAll1764000280000,
  CustomerBalances1764000281000,
  WorkList1764000282000,
  TariffRates1764000300000,
  AliasTerms1764000306000,
  Calls1764000310000,
  MovedCustomers1764000320000,
  Usage1764000340000,
  HoursOfCalls1764000370000,
  CorrectedCalls1764000380000,
  EventsInJournal1764000400000,
  BilledCalls1764000420000,
  RunningCalls1764000421000,
  CallsUnderWay1764000460000,
  HiddenCallers1764000470000,
];
