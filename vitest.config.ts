import { fileURLToPath } from "node:url";
import swc from "unplugin-swc";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** The `#lib/…` imports of package.json point at `dist`; tests run the sources. */
export const alias = [
  {
    find: /^#(domain|event-store|application|processors|documents|history|mail|configuration|observability|embedded|read-models)\/(.*)\.js$/,
    replacement: `${root}libs/$1/$2.ts`,
  },
  { find: /^#migrations\/(.*)\.js$/, replacement: `${root}migrations/$1.ts` },
];

/**
 * On Node 20 Vitest's module hooks give an imported CommonJS module another instance than a required one. The client's
 * generated code compares classes by identity and requires its own files, so specs have to share these instances.
 */
const REQUIRED = "\0required:";
const generatedCode = {
  name: "generated-code-is-required",
  enforce: "pre" as const,
  resolveId: (id: string) => (id.startsWith("@eventstore/db-client/generated/") ? `${REQUIRED}${id}` : undefined),
  load: (id: string) =>
    id.startsWith(REQUIRED)
      ? `import { createRequire } from "node:module";
         export default createRequire(${JSON.stringify(root)})(${JSON.stringify(id.slice(REQUIRED.length))});`
      : undefined,
};

/** Decorators as TypeScript compiles them, with the types of what they decorate. */
export const transform = swc.vite({
  jsc: {
    target: "es2022",
    parser: { syntax: "typescript", decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
});

const plugins = [generatedCode, transform];

/**
 * Against somebody's server only those conformance cases make sense that do not start, break or kill it, and one file
 * after the other: some look at the whole log.
 */
const isNamedServer = Boolean(process.env["ESDB_URL"]);
const exclude = [...configDefaults.exclude, ...(isNamedServer ? ["apps/eventstore/test/conformance/embedded/**"] : [])];

interface ProjectConfig {
  readonly testTimeout: number;
  readonly fileParallelism?: boolean;
  readonly isolate?: boolean;
  readonly globalSetup?: string[];
}

/** Servers' data of a run lies in one folder, which goes with the run, and with it what a killed run leaves running. */
const runFolder = `${root}test/support/run-folder.js`;
const sharedPostgres = `${root}test/support/shared-postgres.ts`;

/** One after the other: those whose files run side by side, then those whose files do not. */
const ORDER = ["unit", "int", "e2e", "browser", "bench"];

const project = (name: string, include: string[], own: ProjectConfig) => ({
  resolve: { alias },
  plugins,
  test: {
    name,
    include,
    exclude,
    environment: "node" as const,
    // The product's modules are loaded once per worker, not once per file: most of a spec's time was imports.
    isolate: false,
    sequence: { groupOrder: ORDER.indexOf(name) },
    hookTimeout: own.testTimeout,
    // Limits only end what hangs: disks and cores may be ten times slower elsewhere.
    expect: { poll: { timeout: 120_000 } },
    ...own,
  },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", ["{apps,libs,test}/**/*.unit.spec.ts"], { testTimeout: 60_000 }),
      project("int", ["{apps,libs,test}/**/*.int.spec.ts"], {
        testTimeout: 300_000,
        fileParallelism: !isNamedServer,
        globalSetup: [runFolder, sharedPostgres],
      }),
      // Not part of `npm test`, whose script names the other projects: timings are no tests.
      project("bench", ["bench/**/*.bench.ts", "apps/eventstore/bench/**/*.bench.ts"], {
        testTimeout: 600_000,
        fileParallelism: false,
        isolate: true,
        globalSetup: [runFolder, sharedPostgres],
      }),
      project("e2e", ["{apps,libs,test}/**/*.e2e.spec.ts"], {
        testTimeout: 900_000,
        fileParallelism: false,
        globalSetup: [runFolder],
      }),
      project("browser", ["{apps,libs,test}/**/*.browser.spec.ts"], {
        testTimeout: 300_000,
        fileParallelism: false,
        globalSetup: [runFolder],
      }),
    ],
  },
});
