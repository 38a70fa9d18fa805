import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  RouterProvider,
} from "@tanstack/react-router";
import { type ComponentType, useEffect, useMemo } from "react";
import { momentOf, readMoment, takeMomentAlong } from "./frame/as-of/moment.js";
import { OfMoment } from "./frame/as-of/of-moment.js";
import { ErrorPage } from "./frame/error-page.js";
import { Home } from "./frame/home.js";
import { NotFound } from "./frame/not-found.js";
import { only } from "./frame/search-params.js";
import { Shell } from "./frame/shell.js";
import { readAccountSearch } from "./pages/account/search.js";
import { readCallsSearch, readFailedCallsSearch, readOpenCallsSearch } from "./pages/calls/search.js";
import { readCatalogSearch, readOffersSearch, readOfferSearch } from "./pages/catalog/search.js";
import { readCustomerSearch } from "./pages/customer/search.js";
import { readCustomersSearch } from "./pages/customers/search.js";
import { readCommitmentSearch } from "./pages/commitment/search.js";
import { readInvoiceSearch } from "./pages/invoice/search.js";
import { readTicketsSearch } from "./pages/customer/tickets/search.js";
import { readNameSearch, readRatesSearch } from "./pages/tariffs/search.js";
import { readSearchSearch } from "./pages/search/search.js";
import { readWorkListSearch } from "./pages/work-list/search.js";
import { isAllowed, type Need, STAFF, useViewer, type Viewer } from "./session/viewer.js";
import { type FrameText } from "./texts/frame.js";

interface Context {
  readonly viewer: Viewer;
}

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ErrorPage,
});

interface Given<Search> {
  /** What the viewer must be allowed; the code of other pages is not loaded. */
  readonly need: Need;
  /** What the menu calls it; left out: it is not in the menu. */
  readonly menu?: FrameText;
  /** Reads the search parameters of the address: whatever they are, it answers ones that the page can show. */
  readonly search?: (given: Readonly<Record<string, unknown>>) => Search;
  /** Loads the component of the page. */
  readonly load: () => Promise<unknown>;
  /** Its query can be asked as of another moment, which is then in its address. */
  readonly hasPast?: boolean;
  /** Opened many times a day: its code is loaded before it is asked for. */
  readonly isEveryday?: boolean;
}

const page = <Path extends string, Search extends object = object>(path: Path, given: Given<Search>) =>
  createRoute({
    getParentRoute: () => root,
    path,
    staticData: {
      need: given.need,
      menu: given.menu,
      isEveryday: given.isEveryday ?? false,
      hasPast: given.hasPast ?? false,
    },
    validateSearch: (search: Record<string, unknown>): Search =>
      only(search, { ...(given.search?.(search) ?? ({} as Search)), ...(given.hasPast && readMoment(search)) }),
    search: { middlewares: given.hasPast ? [takeMomentAlong] : [] },
    // Another moment is another answer: nothing of the one before is shown meanwhile.
    remountDeps: ({ search }) => (given.hasPast ? momentOf(readMoment(search)) : undefined),
    beforeLoad: ({ context: { viewer } }) => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way of saying it
      if (!isAllowed(viewer, given.need)) throw notFound();
    },
    component: lazyRouteComponent(async () => {
      const Shown = (await given.load()) as ComponentType;
      const OfItsMoment = () => (
        <OfMoment>
          <Shown />
        </OfMoment>
      );
      return { default: given.hasPast ? OfItsMoment : Shown };
    }),
  });

/** Every page: its address, what its viewer must be allowed, its place in the menu, its search parameters, its code. */
const pages = [
  page("/search", {
    need: { query: "search" },
    menu: "search",
    search: readSearchSearch,
    load: async () => (await import("./pages/search/search-page.js")).SearchPage,
  }),
  page("/customers", {
    need: { query: "customers" },
    menu: "customers",
    search: readCustomersSearch,
    isEveryday: true,
    load: async () => (await import("./pages/customers/customers.js")).CustomersPage,
  }),
  page("/customers/$id", {
    need: { query: "customer" },
    search: readCustomerSearch,
    isEveryday: true,
    hasPast: true,
    load: async () => (await import("./pages/customer/customer.js")).CustomerPage,
  }),
  page("/customers/$id/tickets", {
    // As its tab in frame/customer-tabs.tsx.
    need: STAFF,
    search: readTicketsSearch,
    load: async () => (await import("./pages/customer/tickets/tickets.js")).TicketsPage,
  }),
  page("/customers/new", {
    need: { command: "createCustomer" },
    load: async () => (await import("./pages/new-customer/new-customer.js")).NewCustomerPage,
  }),
  page("/accounts/$id", {
    need: { query: "account" },
    search: readAccountSearch,
    isEveryday: true,
    hasPast: true,
    load: async () => (await import("./pages/account/account.js")).AccountPage,
  }),
  page("/commitments/$id", {
    need: { query: "commitment" },
    search: readCommitmentSearch,
    isEveryday: true,
    hasPast: true,
    load: async () => (await import("./pages/commitment/commitment.js")).CommitmentPage,
  }),
  page("/invoices/$id", {
    need: { query: "invoice" },
    search: readInvoiceSearch,
    hasPast: true,
    load: async () => (await import("./pages/invoice/invoice.js")).InvoicePage,
  }),
  page("/calls", {
    need: { query: "calls" },
    menu: "calls",
    search: readCallsSearch,
    load: async () => (await import("./pages/calls/calls.js")).CallsPage,
  }),
  page("/calls/open", {
    need: { query: "openCalls" },
    search: readOpenCallsSearch,
    load: async () => (await import("./pages/calls/open-calls.js")).OpenCallsPage,
  }),
  page("/calls/failed", {
    need: { query: "failedCalls" },
    search: readFailedCallsSearch,
    load: async () => (await import("./pages/calls/failed-calls.js")).FailedCallsPage,
  }),
  page("/tariffs", {
    need: { query: "tariffs" },
    menu: "tariffs",
    search: readNameSearch,
    load: async () => (await import("./pages/tariffs/tariffs.js")).TariffsPage,
  }),
  page("/tariffs/$id", {
    need: { query: "tariff" },
    search: readRatesSearch,
    load: async () => (await import("./pages/tariffs/tariff.js")).TariffPage,
  }),
  page("/policies", {
    need: { query: "servicePolicies" },
    search: readNameSearch,
    load: async () => (await import("./pages/tariffs/policies.js")).PoliciesPage,
  }),
  page("/catalog/offers", {
    need: { query: "offers" },
    menu: "catalog",
    search: readOffersSearch,
    load: async () => (await import("./pages/catalog/offers.js")).OffersPage,
  }),
  page("/catalog/offers/$id", {
    need: { query: "offer" },
    search: readOfferSearch,
    load: async () => (await import("./pages/catalog/offer.js")).OfferPage,
  }),
  page("/catalog/plans", {
    need: { query: "plans" },
    search: readCatalogSearch,
    load: async () => (await import("./pages/catalog/plans.js")).PlansPage,
  }),
  page("/catalog/plans/$id", {
    need: { query: "plan" },
    load: async () => (await import("./pages/catalog/plan.js")).PlanPage,
  }),
  page("/catalog/add-on-products", {
    need: { query: "addOnProducts" },
    search: readCatalogSearch,
    load: async () => (await import("./pages/catalog/add-on-products.js")).AddOnProductsPage,
  }),
  page("/catalog/add-on-products/$id", {
    need: { query: "addOnProduct" },
    load: async () => (await import("./pages/catalog/add-on-product.js")).AddOnProductPage,
  }),
  page("/catalog/main-products", {
    need: { query: "mainProducts" },
    search: readCatalogSearch,
    load: async () => (await import("./pages/catalog/main-products.js")).MainProductsPage,
  }),
  page("/catalog/main-products/$id", {
    need: { query: "mainProduct" },
    load: async () => (await import("./pages/catalog/main-product.js")).MainProductPage,
  }),
  page("/catalog/volume-discount-plans", {
    need: { query: "volumeDiscountPlans" },
    search: readCatalogSearch,
    load: async () => (await import("./pages/catalog/volume-discount-plans.js")).VolumeDiscountPlansPage,
  }),
  page("/catalog/volume-discount-plans/$id", {
    need: { query: "volumeDiscountPlan" },
    load: async () => (await import("./pages/catalog/volume-discount-plan.js")).VolumeDiscountPlanPage,
  }),
  page("/customer-classes", {
    need: { query: "customerClasses" },
    menu: "customerClasses",
    load: async () => (await import("./pages/customer-classes/customer-classes.js")).CustomerClassesPage,
  }),
] as const;

const WorkList = lazyRouteComponent(async () => ({
  default: (await import("./pages/work-list/work-list.js")).WorkListPage,
}));

/** The work list, for whom it is for; others go on to the first page that they may open. */
const First = () => (isAllowed(useViewer(), WORK_LIST_NEED) ? <WorkList /> : <Home />);

const WORK_LIST_NEED = { query: "workList" } as const;

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  staticData: { need: WORK_LIST_NEED, menu: "work" },
  validateSearch: (search: Record<string, unknown>) => only(search, readWorkListSearch(search)),
  // Before it is drawn: what React finds missing while drawing is shown 0.3 s late at the earliest.
  beforeLoad: async ({ context: { viewer } }) => {
    if (isAllowed(viewer, WORK_LIST_NEED)) await WorkList.preload?.();
  },
  component: First,
});

const tree = root.addChildren([home, ...pages]);

const router = createRouter({
  routeTree: tree,
  context: { viewer: undefined as unknown as Viewer },
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    readonly need?: Need;
    readonly menu?: FrameText | undefined;
    readonly isEveryday?: boolean;
    readonly hasPast?: boolean;
  }
}

/** The routes, for the menu and for tests. */
export const routes: readonly AnyRoute[] = [home, ...pages];

/** So many milliseconds are left to the first page, before what may follow is loaded. */
const AHEAD = 300;

/** The code of everyday pages, so that a link waits for data only. */
const loadAhead = (viewer: Viewer): void => {
  for (const route of pages) {
    const { isEveryday, need } = route.options.staticData ?? {};
    if (isEveryday && need && isAllowed(viewer, need)) void router.loadRouteChunk(route);
  }
  if (isAllowed(viewer, WORK_LIST_NEED)) void WorkList.preload?.();
};

/** The page of the address, in the frame. */
export const Pages = () => {
  const viewer = useViewer();
  const context = useMemo(() => ({ viewer }), [viewer]);
  useEffect(() => {
    const timer = setTimeout(() => {
      loadAhead(viewer);
    }, AHEAD);
    return () => {
      clearTimeout(timer);
    };
  }, [viewer]);
  return <RouterProvider router={router} context={context} />;
};
