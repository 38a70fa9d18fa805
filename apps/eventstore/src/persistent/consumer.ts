import type { RequestError } from "../protocol/errors.js";
import { eventMessage } from "../protocol/read-response.js";
import { withoutForbidden } from "../streams/links.js";
import type { Message } from "./message.js";
import { Latencies, Throughput } from "./statistics.js";

/** The call of a consumer. */
export interface ConsumerCall {
  readonly cancelled: boolean;
  write(message: Buffer): boolean;
  emit(event: "error", error: RequestError): boolean;
  on(event: "drain", listener: () => void): unknown;
}

export interface ConsumerOptions {
  /** Maximum number of unsettled messages of the consumer. */
  readonly bufferSize: number;
  readonly structuredUuid: boolean;
  readonly username: string;
  readonly from: string;
  readonly connectionName: string;
  /** Whether it may read the stream of a link's target. */
  readonly mayRead: (stream: Buffer) => boolean;
}

/** One connection to a group. */
export class Consumer {
  /** Sent and not settled, with the time of sending. */
  readonly inFlight = new Map<Message, number>();
  readonly throughput = new Throughput();
  readonly latencies = new Latencies();
  private full = false;

  constructor(
    private readonly call: ConsumerCall,
    readonly options: ConsumerOptions,
    onRoom: () => void,
  ) {
    call.on("drain", () => {
      this.full = false;
      onRoom();
    });
  }

  get availableSlots(): number {
    return Math.max(0, this.options.bufferSize - this.inFlight.size);
  }

  get hasRoom(): boolean {
    return !this.full && !this.call.cancelled && this.availableSlots > 0;
  }

  send(message: Message): void {
    this.inFlight.set(message, performance.now());
    this.throughput.add();
    const { structuredUuid, mayRead } = this.options;
    const resolved = withoutForbidden(message.resolved, mayRead);
    this.full = !this.call.write(eventMessage(resolved, structuredUuid, message.retryCount));
  }

  /** Frees the message's slot. */
  release(message: Message): void {
    const sentAt = this.inFlight.get(message);
    if (sentAt !== undefined) this.latencies.add(performance.now() - sentAt);
    this.inFlight.delete(message);
  }

  drop(reason: RequestError): void {
    if (!this.call.cancelled) this.call.emit("error", reason);
  }
}
