import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/**
 * How far a consumer has come: the position of the last event that it is done with, in a file. The file is the old or
 * the new one whenever the machine stops, for it is written beside and then renamed.
 */
export class Checkpoint {
  /** `{ commit, prepare }`, two bigint; undefined before the first event. */
  position;
  #path;
  #isSaved = true;

  /** Throws when there is such a file and it is no checkpoint. */
  constructor(path) {
    this.#path = path;
    if (!existsSync(path)) return;
    const { commit, prepare } = JSON.parse(readFileSync(path, "utf8"));
    this.position = { commit: BigInt(commit), prepare: BigInt(prepare) };
  }

  /** Whether an event was dealt with before: servers may send one more than once. */
  includes({ commit }) {
    return this.position !== undefined && commit <= this.position.commit;
  }

  advance(position) {
    if (this.includes(position)) return;
    this.position = position;
    this.#isSaved = false;
  }

  save() {
    if (this.#isSaved) return;
    const { commit, prepare } = this.position;
    const next = `${this.#path}.next`;
    const file = openSync(next, "w");
    writeSync(file, `${JSON.stringify({ commit: commit.toString(), prepare: prepare.toString() })}\n`);
    fsyncSync(file);
    closeSync(file);
    renameSync(next, this.#path);
    this.#isSaved = true;
  }
}
