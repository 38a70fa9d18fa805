/** Arrows point one way: apps -> processors -> application -> read-models -> event-store -> domain (docs/architecture.md). */
const only = (name, from, allowed) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: "\\.spec\\.ts$" },
  to: { path: "^(apps|libs|migrations|test|bench)/", pathNot: [from, ...allowed] },
});

/** The slices of libs/domain in their order: each imports itself, earlier ones and the files beside the slices. */
const slices = [
  "keys",
  "providers",
  "catalog",
  "customers",
  "people",
  "tickets",
  "accounts",
  "commitments",
  "lifecycle",
  "entitlements",
  "billing",
  "invoicing",
  "receivables",
  "collection",
  "messages",
];
const sliceOrder = slices.map((slice, index) => ({
  name: `domain-order-${slice}`,
  comment: `libs/domain/${slice} imports earlier slices of the domain only (docs/architecture.md)`,
  severity: "error",
  from: { path: `^libs/domain/${slice}/`, pathNot: "\\.spec\\.ts$" },
  to: { path: [...slices.slice(index + 1), "spec-support"].map((later) => `^libs/domain/${later}/`) },
}));

/**
 * Folders from the ground up: each may import those before it, and never one behind it. Files beside the folders put
 * everything together, and may import all of them; no folder imports them.
 */
const ORDERS = {
  "libs/read-models": [
    "rows",
    "runner",
    "search",
    "keys",
    "providers",
    "issuers",
    "catalog",
    "customers",
    "people",
    "accounts",
    "commitments",
    "invoices",
    "commands",
    "identifiers",
    "billing",
    "facts",
    "journal",
    "replay",
  ],
  "libs/application": [
    "access",
    "command",
    "providers",
    "keys",
    "catalog",
    "customers",
    "people",
    "tickets",
    "accounts",
    "commitments",
    "receivables",
    "documents",
    "messages",
    "processes",
    "audit",
  ],
  "libs/processors": ["runner", "leftovers", "collection", "deliveries", "mail", "odoo", "zendesk"],
  "apps/api": [
    "core",
    "graphql",
    "keys",
    "providers",
    "catalog",
    "customers",
    "zendesk",
    "people",
    "accounts",
    "invoices",
    "commitments",
    "receivables",
    "collection",
    "entitlements",
    "events",
    "deliveries",
    "tickets",
    "mails",
    "queries",
    "commands",
    "resolvers",
    "http",
  ],
};
const folderOrder = Object.entries(ORDERS).flatMap(([root, folders]) =>
  folders.map((folder, index) => ({
    name: `${root}/${folder}-imports-only-what-is-before-it`,
    severity: "error",
    from: { path: `^${root}/${folder}/`, pathNot: "(\\.spec\\.ts$|/spec-support/)" },
    to: { path: `^${root}/`, pathNot: folders.slice(0, index + 1).map((known) => `^${root}/${known}/`) },
  })),
);

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "domain-is-pure",
      comment: "libs/domain imports big.js and date-fns, nothing else",
      severity: "error",
      from: { path: "^libs/domain/", pathNot: "(\\.spec\\.ts$|/spec-support/)" },
      to: { pathNot: ["^libs/domain/", "node_modules/(big\\.js|@types/big\\.js|date-fns|@date-fns)/"] },
    },
    ...sliceOrder,
    {
      name: "domain-order-files",
      comment: "the files beside the slices of libs/domain import no slice",
      severity: "error",
      from: { path: "^libs/domain/[^/]+\\.ts$", pathNot: "\\.spec\\.ts$" },
      to: { path: "^libs/domain/[^/]+/" },
    },
    only("event-store-knows-domain-only", "^libs/event-store/", ["^libs/domain/"]),
    only("read-models-know-event-store-and-domain", "^libs/read-models/", [
      "^libs/(event-store|domain)/",
      "^migrations/",
    ]),
    only("application-knows-what-is-below", "^libs/application/", [
      "^libs/(read-models|documents|mail|event-store|domain)/",
    ]),
    only("documents-know-domain-only", "^libs/documents/", ["^libs/domain/"]),
    only("mail-knows-domain-only", "^libs/mail/", ["^libs/domain/"]),
    {
      name: "application-knows-no-framework",
      comment: "Nest, GraphQL, HTTP and SQL are its callers' and its ports' business",
      severity: "error",
      from: { path: "^libs/application/", pathNot: "\\.spec\\.ts$" },
      to: {
        path: "node_modules/(@nestjs|graphql|mercurius|fastify|class-validator|class-transformer|typeorm|pg)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    ...folderOrder,
    only("processors-know-application-and-below", "^libs/processors/", [
      "^libs/(application|read-models|documents|mail|configuration|event-store|domain)/",
    ]),
    only("embedded-knows-nobody", "^libs/embedded/", []),
    only("configuration-knows-nobody", "^libs/configuration/", []),
    only("observability-knows-nobody", "^libs/observability/", []),
    {
      name: "event-store-stands-alone",
      comment: "apps/eventstore is a package of its own: sources, specs and benchmarks import nothing of the product",
      severity: "error",
      from: { path: "^apps/eventstore/" },
      to: { path: "^(apps|libs|migrations|test|bench)/", pathNot: "^apps/eventstore/" },
    },
    {
      name: "event-store-is-a-process",
      comment: "the product starts the event store and talks to it through its client; it imports none of it",
      severity: "error",
      from: { path: "^(apps|libs|migrations)/", pathNot: "^apps/eventstore/" },
      to: { path: "(^apps/eventstore/|node_modules/(@tenure/eventstore|lmdb|@grpc/grpc-js|google-protobuf)/)" },
    },
    {
      name: "zendesk-app-stands-alone",
      comment: "the page inside Zendesk imports nothing of ours: it knows the API by its schema",
      severity: "error",
      from: { path: "^apps/zendesk-app/src/", pathNot: "\\.spec\\.ts$" },
      to: { path: "^(apps|libs|migrations|test|bench)/", pathNot: "^apps/zendesk-app/src/" },
    },
    only("apps-do-not-know-each-other", "^apps/([^/]+)/", ["^apps/$1/", "^libs/", "^migrations/"]),
    {
      name: "one-adapter",
      comment: "EventStoreDB is reached in one file",
      severity: "error",
      from: { path: "^(apps|libs)/", pathNot: ["^libs/event-store/", "^apps/eventstore/", "\\.spec\\.ts$"] },
      to: { path: "node_modules/@eventstore/" },
    },
    {
      name: "no-spec-in-product",
      severity: "error",
      from: { path: "^(apps|libs)/", pathNot: "(\\.spec\\.ts$|^apps/eventstore/(test|bench)/)" },
      to: { path: "(\\.spec\\.ts$|^test/|^apps/eventstore/(test|bench)/)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    exclude: { path: "^(apps/eventstore/)?dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "require", "node", "default"],
    },
  },
};
