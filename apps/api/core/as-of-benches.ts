import { Injectable, type OnModuleDestroy } from "@nestjs/common";
import { Bench, BENCH_SEARCH_PATH } from "#read-models/as-of/bench.js";
import { Benches } from "#read-models/as-of/benches.js";
import { createDataSource } from "#read-models/data-source.js";
import { urlOf } from "#read-models/runner/database-url.js";
import { Backend } from "./backend.js";

/** Fields of one operation that ask for another moment at most: each is computed from events, on a bench of its own. */
export const MOST_AS_OF = 4;
const CONNECT_WITHIN_MS = 4_000;
/** Statements of projections write up to some thousand rows. */
const ANSWER_WITHIN_MS = 30_000;
const WAIT_MS = 10_000;
const LENT_FOR_MS = 120_000;

/** The benches of this process, on which rows of other moments are built. */
@Injectable()
export class AsOfBenches extends Benches implements OnModuleDestroy {
  constructor(backend: Backend) {
    const open = () =>
      Bench.open(
        createDataSource(urlOf(backend.dataSource), {
          poolSize: 1,
          connectWithinMs: CONNECT_WITHIN_MS,
          answerWithinMs: ANSWER_WITHIN_MS,
          searchPath: BENCH_SEARCH_PATH,
          keepsIdle: true,
        }),
      );
    super({ size: MOST_AS_OF, open, withinMs: WAIT_MS, lentForMs: LENT_FOR_MS });
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }
}
