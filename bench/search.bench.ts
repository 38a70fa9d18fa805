import { wholeProvider } from "#read-models/rows/scope.js";
import { describe, it } from "vitest";

import { listAccountAliases } from "../libs/read-models/accounts/alias-queries.js";
import { textMatches } from "../libs/read-models/search/text-match.js";
import { openDatabases } from "../libs/read-models/spec-support/database.js";
import { PROVIDER } from "../libs/read-models/spec-support/journal.js";
import { fillAliases, scansOf } from "../libs/read-models/spec-support/plans.js";

/** `npm run bench`: the time of a search among account ids, and its scans. */
const ROWS = Number(process.env["BENCH_ALIASES"] ?? "1000000");
const TIMES = 20;

describe("searching account ids", () => {
  it(`among ${ROWS}`, { timeout: 600_000 }, async () => {
    const databases = await openDatabases();
    try {
      const dataSource = await databases.migrated();
      await fillAliases(dataSource, ROWS);
      for (const match of textMatches) {
        for (const value of ["55", "5512", "551234"]) {
          const search = async (counted: boolean) => {
            const page = await listAccountAliases(dataSource, wholeProvider(PROVIDER), {
              filter: { alias: { match, value } },
            });
            return counted ? page.totalCount() : page.rows.length;
          };
          const found = await search(true);
          const took: string[] = [];
          for (const counted of [false, true]) {
            const start = performance.now();
            for (let time = 0; time < TIMES; time += 1) await search(counted);
            took.push(`${((performance.now() - start) / TIMES).toFixed(1)} ms`);
          }
          const scans = (await scansOf(dataSource, () => search(true))).map((scan) => scan.join(", "));
          console.log(
            `${match} ${value}: ${found} found; page ${took.join(", with count ")}; scans: ${scans.join(" | ")}`,
          );
        }
      }
    } finally {
      await databases.stop();
    }
  });
});
