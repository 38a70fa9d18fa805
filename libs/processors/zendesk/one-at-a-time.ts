/**
 * Runs tasks of one name one after the other, those of different names side by side. Zendesk takes what it is told last:
 * between reading an organization and changing it, nobody else of ours may change it.
 */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<Result>(name: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(name);
    const running = (async () => {
      await before;
      return task();
    })();
    // Who comes next waits for its end, however it ends.
    const ended = running.catch(() => undefined);
    this.#last.set(name, ended);
    try {
      return await running;
    } finally {
      if (this.#last.get(name) === ended) this.#last.delete(name);
    }
  }
}
