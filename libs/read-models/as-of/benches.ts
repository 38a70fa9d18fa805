import { type Bench } from "./bench.js";

/** No bench became free in time. */
export class NoBenchFree extends Error {
  override readonly name = "NoBenchFree";
}

interface Options {
  /** How many there are at most. */
  readonly size: number;
  /** Opens one. */
  readonly open: () => Promise<Bench>;
  /** Milliseconds to wait for one. */
  readonly withinMs: number;
  /** Milliseconds after which one is closed that was not given back. */
  readonly lentForMs: number;
}

interface Waiting {
  readonly count: number;
  readonly serve: (places: readonly Place[]) => void;
}

/** Where a bench is, or can be opened. */
interface Place {
  bench: Bench | null;
}

/** Benches that are lent. */
export interface Lent {
  /** As many as were asked for. */
  readonly benches: readonly Bench[];
  /** To be called once they are not used any more. */
  readonly giveBack: () => void;
}

/** A few benches, lent to one request after the other, each all that it needs at once: none waits for another one's. */
export class Benches {
  readonly #free: Place[];
  readonly #waiting: Waiting[] = [];
  #isClosed = false;

  constructor(private readonly options: Options) {
    this.#free = Array.from({ length: options.size }, () => ({ bench: null }));
  }

  /**
   * @param count at most as many as there are
   * @throws NoBenchFree; errors of the database
   */
  async lend(count: number): Promise<Lent> {
    const places = await this.take(count);
    let isBack = false;
    const back = (isLost: boolean) => {
      clearTimeout(timer);
      if (!isBack) void this.takeBack(places, isLost);
      isBack = true;
    };
    const timer = setTimeout(() => {
      back(true);
    }, this.options.lentForMs);
    timer.unref();
    const opened = await Promise.allSettled(places.map((place) => this.opened(place)));
    const failed = opened.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") {
      back(true);
      throw failed.reason;
    }
    const benches = opened.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    return {
      benches,
      giveBack: () => {
        back(false);
      },
    };
  }

  /** Closes those that are free, and each that is given back later. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#free.map((place) => discard(place)));
  }

  private take(count: number): Promise<readonly Place[]> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        count,
        serve: (places) => {
          clearTimeout(timer);
          resolve(places);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new NoBenchFree(`No bench became free within ${this.options.withinMs} ms`));
        this.serveNext();
      }, this.options.withinMs);
      this.#waiting.push(waiting);
      this.serveNext();
    });
  }

  /** In the order in which they asked. */
  private serveNext(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (!next || next.count > this.#free.length) return;
      this.#waiting.shift();
      next.serve(this.#free.splice(0, next.count));
    }
  }

  private async opened(place: Place): Promise<Bench> {
    const isIntact = (await place.bench?.isIntact().catch(() => false)) ?? false;
    if (!isIntact) await discard(place);
    return (place.bench ??= await this.options.open());
  }

  /** @param isLost what is in the tables, or whether anybody still uses them, is not known */
  private async takeBack(places: readonly Place[], isLost: boolean): Promise<void> {
    await Promise.all(
      places.map(async (place) => {
        if (isLost || this.#isClosed) return discard(place);
        return place.bench?.empty().catch(() => discard(place));
      }),
    );
    this.#free.push(...places);
    this.serveNext();
  }
}

const discard = async (place: Place): Promise<void> => {
  const { bench } = place;
  place.bench = null;
  await bench?.close().catch(() => undefined);
};
