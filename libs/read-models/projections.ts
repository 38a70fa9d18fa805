import { accountsProjection } from "./accounts/projection.js";
import { billingProjection } from "./billing/projection.js";
import { catalogProjection } from "./catalog/projection.js";
import { commandsProjection } from "./commands/projection.js";
import { commitmentsProjection } from "./commitments/projection.js";
import { customersProjection } from "./customers/projection.js";
import { identifiersProjection } from "./identifiers/projection.js";
import { invoicesProjection } from "./invoices/projection.js";
import { providersProjection } from "./providers/projection.js";
import { type Projection } from "./runner/projection.js";

/** Every read model of the application, in the order in which a batch is applied. */
export const projections: readonly Projection[] = [
  providersProjection,
  catalogProjection,
  customersProjection,
  accountsProjection,
  commitmentsProjection,
  invoicesProjection,
  commandsProjection,
  identifiersProjection,
  billingProjection,
];
