import { type JobProgress } from "#application/audit/job.js";

const WIDTH = 24;
/** How often the terminal is written to, and how often a file is. */
const ON_TERMINAL_MS = 200;
const IN_FILE_MS = 5_000;

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A progress bar with rate and time left on a terminal; plain lines now and then where it is none. */
export class ProgressBar {
  private phase = "";
  private phaseAt = 0;
  private doneThen = 0;
  private shownAt = -Infinity;

  /** @param now milliseconds */
  constructor(
    private readonly output: Output,
    private readonly now: () => number = () => performance.now(),
  ) {}

  show({ phase, done, total }: JobProgress): void {
    const at = this.now();
    const isNew = phase !== this.phase;
    if (isNew) {
      if (this.phase !== "" && this.output.isTTY) this.output.write("\n");
      this.phase = phase;
      this.phaseAt = at;
      this.doneThen = done;
    }
    const isLast = done === total;
    const every = this.output.isTTY ? ON_TERMINAL_MS : IN_FILE_MS;
    if (!isNew && !isLast && at - this.shownAt < every) return;
    this.shownAt = at;
    const line = lineOf({ phase, done, total }, this.rateAt(at, done));
    if (this.output.isTTY) this.output.write(`\r\x1b[2K${line.slice(0, (this.output.columns ?? 80) - 1)}`);
    else this.output.write(`${line}\n`);
  }

  /** Ends the bar's line. */
  end(): void {
    if (this.phase !== "" && this.output.isTTY) this.output.write("\n");
    this.phase = "";
  }

  /** Per second, since the phase began. */
  private rateAt(at: number, done: number): number {
    const seconds = (at - this.phaseAt) / 1_000;
    return seconds > 0 ? (done - this.doneThen) / seconds : 0;
  }
}

const lineOf = ({ phase, done, total }: JobProgress, rate: number): string => {
  const shown = rate > 0 ? `  ${rate < 10 ? rate.toFixed(1) : rate.toFixed(0)}/s` : "";
  if (total === null) return `${phase}: ${done}${shown}`;
  const filled = total === 0 ? WIDTH : Math.floor((done / total) * WIDTH);
  const bar = `${"#".repeat(filled)}${".".repeat(WIDTH - filled)}`;
  const left = rate > 0 && done < total ? `  ${timeText((total - done) / rate)} left` : "";
  return `${phase} [${bar}] ${done} of ${total}${shown}${left}`;
};

const timeText = (seconds: number): string => {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3_600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
};
