import type { RequestError } from "../protocol/errors.js";

interface Call {
  emit(event: "error", error: RequestError): boolean;
  once(event: "cancelled" | "finish", listener: () => void): unknown;
}

type End = (reason: RequestError) => void;

/** The calls that do not end by themselves, so that the server can end them when it stops. */
export class OpenCalls {
  private readonly ends = new Set<End>();

  add(call: Call): void {
    const forget = this.addEnd((reason) => call.emit("error", reason));
    call.once("cancelled", forget);
    call.once("finish", forget);
  }

  /** Registers a call that is answered by a callback. Returns a function to call once it has ended. */
  addEnd(end: End): () => void {
    this.ends.add(end);
    return () => this.ends.delete(end);
  }

  endAll(reason: RequestError): void {
    for (const end of this.ends) end(reason);
    this.ends.clear();
  }
}
