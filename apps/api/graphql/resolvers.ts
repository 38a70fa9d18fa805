import { AccountFields } from "../accounts/fields.js";
import { AccountMutations } from "../accounts/mutations.js";
import { AccountQueries } from "../accounts/queries.js";
import { AddOnProductFields, MainProductFields, OfferRecurringFeeFields } from "../catalog/fields.js";
import { CatalogMutations } from "../catalog/mutations.js";
import { OfferMutations } from "../catalog/offer-mutations.js";
import { CatalogQueries } from "../catalog/queries.js";
import { CommitmentFields, TimeLimitedUpgradeFields } from "../commitments/fields.js";
import { LeavingCostsField } from "../commitments/leaving-costs-field.js";
import { CommitmentMutations } from "../commitments/mutations.js";
import { CommitmentQueries } from "../commitments/queries.js";
import { CustomerFields } from "../customers/fields.js";
import { CustomerMutations } from "../customers/mutations.js";
import { CustomerQueries } from "../customers/queries.js";
import { AccountEntitlementsField, EntitlementFields, EntitlementsFields } from "../entitlements/fields.js";
import {
  ClosedPeriodFields,
  InvoiceFields,
  LineFields,
  UnbilledCommitmentFields,
  UnbilledFields,
} from "../invoices/fields.js";
import { InvoiceQueries } from "../invoices/queries.js";
import { PreviewQueries } from "../preview/queries.js";
import { ProviderMutations } from "../providers/mutations.js";
import { ProviderQueries } from "../providers/queries.js";

/** Everything the schema is made of. */
export const resolvers = [
  ProviderQueries,
  ProviderMutations,
  CatalogQueries,
  CatalogMutations,
  OfferMutations,
  AddOnProductFields,
  MainProductFields,
  OfferRecurringFeeFields,
  CustomerQueries,
  CustomerMutations,
  CustomerFields,
  AccountQueries,
  AccountMutations,
  AccountFields,
  CommitmentQueries,
  CommitmentMutations,
  CommitmentFields,
  TimeLimitedUpgradeFields,
  LeavingCostsField,
  AccountEntitlementsField,
  EntitlementsFields,
  EntitlementFields,
  InvoiceQueries,
  InvoiceFields,
  LineFields,
  ClosedPeriodFields,
  UnbilledFields,
  UnbilledCommitmentFields,
  PreviewQueries,
];
