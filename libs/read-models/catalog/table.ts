import { type Instant } from "#domain/calendar.js";
import { type CustomerClass } from "#domain/catalog/customer-class.js";
import { type Offer } from "#domain/catalog/offer.js";
import { type AddOnProduct, type MainProduct, type VolumeDiscountPlan } from "#domain/catalog/products.js";
import { type ServicePolicy } from "#domain/catalog/service-policy.js";
import { type Subscription } from "#domain/catalog/subscription.js";
import { type MailTemplate } from "#domain/messages/mail-template.js";
import { type Edge } from "#domain/voice/edge.js";
import { type Tariff } from "#domain/voice/tariff.js";
import { bigint, entityOf, instant, jsonb, nullable, numeric, text, uuidKey } from "../rows/columns.js";

/** Kinds of catalog items, by the category of their streams: what a provider defines for all its customers. */
export interface CatalogStates {
  readonly subscription: Subscription;
  readonly addonproduct: AddOnProduct;
  readonly volumediscountplan: VolumeDiscountPlan;
  readonly mainproduct: MainProduct;
  readonly customerclass: CustomerClass;
  readonly offer: Offer;
  readonly servicepolicy: ServicePolicy;
  readonly tariff: Tariff;
  readonly mailtemplate: MailTemplate;
  readonly edge: Edge;
}
export type CatalogKind = keyof CatalogStates;

export interface CatalogRow<Kind extends CatalogKind = CatalogKind> {
  readonly providerId: string;
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** Status of an offer; `DELETED` of a template that was reset; null for others. */
  readonly status: Offer["status"] | null;
  /** Currency of a subscription, an offer or a tariff; null for other kinds. */
  readonly currency: string | null;
  readonly state: CatalogStates[Kind];
  /** Stream revision; the offer revision is in the state. */
  readonly revision: string;
  /** Commit position of its first event: sorts as created. */
  readonly createdCommit: string;
  /** When its first event was recorded, and its last one. */
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const catalogItems = entityOf<CatalogRow>("CatalogItem", "catalog_items", {
  providerId: uuidKey,
  kind: { ...text, primary: true },
  id: uuidKey,
  name: text,
  status: nullable(text),
  currency: nullable(text),
  state: jsonb,
  revision: bigint,
  createdCommit: numeric,
  createdAt: instant,
  updatedAt: instant,
});
