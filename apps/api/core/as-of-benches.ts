import { Injectable, type OnModuleDestroy } from "@nestjs/common";
import { Bench } from "#read-models/as-of/bench.js";
import { Benches } from "#read-models/as-of/benches.js";
import { Backend } from "./backend.js";

/** Fields of one operation that ask for another moment at most: each is computed from events, on a bench of its own. */
export const MOST_AS_OF = 4;
const WAIT_MS = 10_000;
const LENT_FOR_MS = 120_000;

/** The benches of this process, on which rows of other moments are built. */
@Injectable()
export class AsOfBenches extends Benches implements OnModuleDestroy {
  constructor(backend: Backend) {
    const open = () => Bench.open(backend.dataSource);
    super({ size: MOST_AS_OF, open, withinMs: WAIT_MS, lentForMs: LENT_FOR_MS });
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }
}
