import type { RequestError } from "../protocol/errors.js";

interface Call {
  emit(event: "error", error: RequestError): boolean;
  once(event: "cancelled" | "finish", listener: () => void): unknown;
}

/** The calls that do not end by themselves, so that the server can end them when it stops. */
export class OpenCalls {
  private readonly calls = new Set<Call>();

  add(call: Call): void {
    this.calls.add(call);
    const forget = () => this.calls.delete(call);
    call.once("cancelled", forget);
    call.once("finish", forget);
  }

  endAll(reason: RequestError): void {
    for (const call of this.calls) call.emit("error", reason);
    this.calls.clear();
  }
}
