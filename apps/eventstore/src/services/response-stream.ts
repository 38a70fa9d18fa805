import type { ServerWritableStream } from "@grpc/grpc-js";
import type { RequestError } from "../protocol/errors.js";

/** The responses of one call, with backpressure: nothing is read from the log while the client has no room. */
export class ResponseStream {
  private closed = false;
  private wake: (() => void) | undefined;

  constructor(private readonly call: ServerWritableStream<unknown, Buffer>) {
    const close = () => {
      this.closed = true;
      this.wake?.();
    };
    call.once("cancelled", close);
    call.once("finish", close);
    call.once("error", close);
    call.on("drain", () => this.wake?.());
  }

  isOpen(): boolean {
    return !this.closed && !this.call.cancelled;
  }

  /** Sends, and waits while the client has enough to read. A function, not always a promise: most sends do not wait. */
  send(message: Buffer): Promise<void> | undefined {
    if (!this.isOpen() || this.call.write(message)) return undefined;
    return this.waitFor(() => undefined);
  }

  /** Waits until `register`'s listener is called, the client has room again, or the call is over. */
  waitFor(register: (wake: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      if (!this.isOpen()) {
        resolve();
        return;
      }
      const wake = () => {
        // A finished wait may be woken again; it must not end the following one.
        if (this.wake === wake) this.wake = undefined;
        resolve();
      };
      this.wake = wake;
      register(wake);
    });
  }

  end(): void {
    if (this.isOpen()) this.call.end();
  }

  fail(error: RequestError): void {
    if (this.isOpen()) this.call.emit("error", error);
  }
}
