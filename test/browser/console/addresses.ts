/** What the pages of the spec of every route are about. */
export interface Ids {
  readonly customerId: string;
  readonly accountId: string;
  readonly commitmentId: string;
  readonly invoiceId: string;
  readonly offerId: string;
  readonly planId: string;
  readonly addOnProductId: string;
  readonly mainProductId: string;
  readonly volumeDiscountPlanId: string;
  readonly tariffId: string;
}

/** An address of every route of the console (apps/console/src/router.tsx): the spec fails where one is missing. */
export const addresses: Readonly<Record<string, (ids: Ids) => string>> = {
  "/": () => "/",
  "/search": () => "/search?text=john",
  "/customers": () => "/customers",
  "/customers/$id": ({ customerId }) => `/customers/${customerId}`,
  "/customers/$id/tickets": ({ customerId }) => `/customers/${customerId}/tickets`,
  "/accounts/$id": ({ accountId }) => `/accounts/${accountId}`,
  "/commitments/$id": ({ commitmentId }) => `/commitments/${commitmentId}`,
  "/invoices/$id": ({ invoiceId }) => `/invoices/${invoiceId}`,
  "/customers/new": () => "/customers/new",
  "/customer-classes": () => "/customer-classes",
  "/calls": () => "/calls",
  "/calls/open": () => "/calls/open",
  "/calls/failed": () => "/calls/failed",
  "/tariffs": () => "/tariffs",
  "/tariffs/$id": ({ tariffId }) => `/tariffs/${tariffId}?mode=AT_AND_AFTER`,
  "/policies": () => "/policies",
  "/catalog/offers": () => "/catalog/offers",
  "/catalog/offers/$id": ({ offerId }) => `/catalog/offers/${offerId}`,
  "/catalog/plans": () => "/catalog/plans",
  "/catalog/plans/$id": ({ planId }) => `/catalog/plans/${planId}`,
  "/catalog/add-on-products": () => "/catalog/add-on-products",
  "/catalog/add-on-products/$id": ({ addOnProductId }) => `/catalog/add-on-products/${addOnProductId}`,
  "/catalog/main-products": () => "/catalog/main-products",
  "/catalog/main-products/$id": ({ mainProductId }) => `/catalog/main-products/${mainProductId}`,
  "/catalog/volume-discount-plans": () => "/catalog/volume-discount-plans",
  "/catalog/volume-discount-plans/$id": ({ volumeDiscountPlanId }) =>
    `/catalog/volume-discount-plans/${volumeDiscountPlanId}`,
};
