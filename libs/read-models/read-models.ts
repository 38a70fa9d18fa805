import { type EntitySchema } from "typeorm";
import { accountAliases } from "./accounts/alias-table.js";
import { accountsProjection } from "./accounts/projection.js";
import { accounts } from "./accounts/table.js";
import { billingProjection } from "./billing/projection.js";
import { callsProjection } from "./calls/projection.js";
import { calls } from "./calls/table.js";
import { catalogProjection } from "./catalog/projection.js";
import { catalogItems } from "./catalog/table.js";
import { commandsProjection } from "./commands/projection.js";
import { commitmentsProjection } from "./commitments/projection.js";
import { commitments } from "./commitments/table.js";
import { customersProjection } from "./customers/projection.js";
import { customers } from "./customers/table.js";
import { identifiersProjection } from "./identifiers/projection.js";
import { invoicesProjection } from "./invoices/projection.js";
import { creditNotes, invoiceLines, invoices, payments, refunds } from "./invoices/table.js";
import { journalOf, type JournalOptions } from "./journal/projection.js";
import { keysProjection } from "./keys/projection.js";
import { keys } from "./keys/table.js";
import { peopleProjection } from "./people/projection.js";
import { people } from "./people/table.js";
import { issuersProjection } from "./issuers/projection.js";
import { providersProjection } from "./providers/projection.js";
import { providers } from "./providers/table.js";
import { tariffsProjection } from "./tariffs/projection.js";
import { tariffRates } from "./tariffs/table.js";
import { type Projection } from "./runner/projection.js";
import { failedCalls } from "./voice/failed-calls.js";
import { openCalls } from "./voice/open-calls.js";

interface ReadModel {
  readonly projection: Projection;
  /** Of the tables that queries go through; none where they are read in other ways. */
  readonly entities: readonly EntitySchema[];
}

/** Every read model of the application, in the order in which a batch is applied. */
const readModelsOf = (journal: JournalOptions): readonly ReadModel[] => [
  { projection: providersProjection, entities: [providers] },
  { projection: keysProjection, entities: [keys] },
  { projection: peopleProjection, entities: [people] },
  { projection: issuersProjection, entities: [] },
  { projection: catalogProjection, entities: [catalogItems] },
  { projection: tariffsProjection, entities: [tariffRates] },
  { projection: customersProjection, entities: [customers] },
  { projection: accountsProjection, entities: [accounts, accountAliases] },
  { projection: callsProjection, entities: [calls] },
  { projection: commitmentsProjection, entities: [commitments] },
  { projection: invoicesProjection, entities: [invoices, creditNotes, invoiceLines, payments, refunds] },
  { projection: commandsProjection, entities: [] },
  { projection: identifiersProjection, entities: [] },
  { projection: journalOf(journal), entities: [] },
  { projection: billingProjection, entities: [] },
];

/** All projections, with the journal as it is configured. */
export const projectionsWith = (journal: JournalOptions): readonly Projection[] =>
  readModelsOf(journal).map(({ projection }) => projection);

/** All projections, with the data of every event in the journal. */
export const projections: readonly Projection[] = projectionsWith({ hashOnly: [] });
export const entities: readonly EntitySchema[] = [
  ...readModelsOf({ hashOnly: [] }).flatMap((readModel) => readModel.entities),
  // Primary tables that are listed.
  openCalls,
  failedCalls,
];
