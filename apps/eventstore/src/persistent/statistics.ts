/** Number and rate of sent messages. */
export class Throughput {
  private readonly since = performance.now();
  total = 0;
  private totalAtLastLook = 0;

  add(): void {
    this.total++;
  }

  /** Counts at the previous measurement. */
  look(): { total: number; sinceLastLook: number; perSecond: number } {
    const sinceLastLook = this.total - this.totalAtLastLook;
    this.totalAtLastLook = this.total;
    const seconds = Math.max(1, (performance.now() - this.since) / 1000);
    return { total: this.total, sinceLastLook, perSecond: Math.floor(this.total / seconds) };
  }
}

/** The most recent times of settling are kept. */
const KEPT = 1000;

const SHARES: readonly (readonly [name: string, share: number])[] = [
  ["Median", 0.5],
  ["Fastest", 0],
  ["Quintile 1", 0.2],
  ["Quintile 2", 0.4],
  ["Quintile 3", 0.6],
  ["Quintile 4", 0.8],
  ["Quintile 5", 1],
  ["90%", 0.9],
  ["95%", 0.95],
  ["99%", 0.99],
  ["99.5%", 0.995],
  ["99.9%", 0.999],
  ["Highest", 1],
];

/** Times that a consumer took to settle its messages, in milliseconds. */
export class Latencies {
  private readonly times: number[] = [];
  private next = 0;

  add(milliseconds: number): void {
    this.times[this.next] = milliseconds;
    this.next = (this.next + 1) % KEPT;
  }

  /** Under the names that clients know. Empty before the first message is settled. */
  measurements(): [name: string, milliseconds: number][] {
    const sorted = this.times.toSorted((a, b) => a - b);
    if (sorted.length === 0) return [];
    const mean = sorted.reduce((sum, time) => sum + time, 0) / sorted.length;
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return [
      ["Mean", Math.floor(mean)],
      ...SHARES.map(([name, share]): [string, number] => [name, Math.floor(at(share))]),
    ];
  }
}
