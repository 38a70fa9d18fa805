/** Faults that a test may order. Real servers, disks and networks have all of them. */
export type FaultOrder =
  /** Resets every connection that is open. */
  | { readonly fault: "cut-connections" }
  /** Writes the next appends, and resets their connections where the answers were due. */
  | { readonly fault: "cut-instead-of-answer"; readonly appends: number }
  /** Writes the next appends and never answers: their deadlines pass. */
  | { readonly fault: "withhold-answers"; readonly appends: number }
  /** Answers the next calls of the Streams service as a node does that no longer leads. */
  | { readonly fault: "not-leader"; readonly calls: number }
  /** Ends the reads and subscriptions that are open, as a server does with a consumer that is too slow for it. */
  | { readonly fault: "abort-reads" }
  /**
   * Listens on a second port, whose number the answer tells, as a node that follows: it forwards appends, reads what is
   * older than this, and sends calls that require the leader to the first port. Once more: another delay.
   */
  | { readonly fault: "follower"; readonly lateMs: number }
  /**
   * Drops live subscribers that are too slow, as a real server does; even an eager one when so many events come at
   * once, 200 unless told. The answer tells how many have been dropped so far.
   */
  | { readonly fault: "drop-slow-consumers"; readonly on: boolean; readonly atOnce?: number }
  /** Sends every event of a subscription twice. */
  | { readonly fault: "duplicate-events"; readonly on: boolean }
  /** Every commit begins this much later. */
  | { readonly fault: "delay-commits"; readonly ms: number }
  /** Refuses the next commits as a full disk does. */
  | { readonly fault: "refuse-commits"; readonly commits: number }
  /** The next commit fails, and nobody knows what is on disk. */
  | { readonly fault: "fail-commit" };
