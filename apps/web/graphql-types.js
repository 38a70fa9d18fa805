// Makes the types of GraphQL that the pages are checked against, from apps/api/schema.graphql: generated, which is not
// committed. Does nothing while the schema is the one they were made of; several of these may run at once.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = at("generated");
const types = `${folder}/graphql-env.d.ts`;
const madeOf = `${folder}/made-of.graphql`;
// Before the types are made: should it change meanwhile, they are made again the next time.
const schema = readFileSync(at("../api/schema.graphql"));

const areCurrent = () => existsSync(types) && existsSync(madeOf) && readFileSync(madeOf).equals(schema);

if (!areCurrent()) {
  mkdirSync(folder, { recursive: true });
  // Others may read these files now: they are replaced whole.
  const fresh = `${folder}/${process.pid}.d.ts`;
  const tada = createRequire(import.meta.url)
    .resolve("gql.tada/package.json")
    .replace("package.json", "bin/cli.js");
  try {
    execFileSync(process.execPath, [tada, "generate-output", "-c", at("tsconfig.json"), "-o", fresh], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    renameSync(fresh, types);
    writeFileSync(`${fresh}.graphql`, schema);
    renameSync(`${fresh}.graphql`, madeOf);
  } finally {
    rmSync(fresh, { force: true });
  }
}
