import type { ServerWritableStream } from "@grpc/grpc-js";
import { EventEmitter } from "node:events";
import { beforeEach, expect, it } from "vitest";
import { ResponseStream } from "./response-stream.js";

/** A call whose client reads when it is told to. */
class SlowCall extends EventEmitter {
  readonly written: string[] = [];
  cancelled = false;

  write(message: Buffer): boolean {
    this.written.push(message.toString());
    return this.written.length % 3 !== 0;
  }
}

let call: SlowCall;
let responses: ResponseStream;
let state: string;

beforeEach(() => {
  call = new SlowCall();
  responses = new ResponseStream(call as unknown as ServerWritableStream<unknown, Buffer>);
  state = "sending";
});

const send = async (count: number) => {
  for (let n = 0; n < count && responses.isOpen(); n++) await responses.send(Buffer.from(n.toString()));
  state = "done";
};

const settle = () => new Promise(setImmediate);

it("sends no more than the client has room for", async () => {
  const sending = send(7);
  await settle();
  expect(call.written).toEqual(["0", "1", "2"]);
  call.emit("drain");
  await settle();
  expect(call.written).toHaveLength(6);
  expect(state).toBe("sending");
  call.emit("drain");
  await sending;
  expect(call.written).toHaveLength(7);
});

it("stops waiting when the client goes away", async () => {
  const sending = send(7);
  await settle();
  call.cancelled = true;
  call.emit("cancelled");
  await sending;
  expect(call.written).toHaveLength(3);
});

it("is not disturbed by the end of an earlier wait", async () => {
  let lateWake: () => void = () => undefined;
  const first = responses.waitFor((wake) => (lateWake = wake));
  call.emit("drain");
  await first;
  const sending = send(4);
  await settle();
  lateWake();
  await settle();
  expect(call.written).toHaveLength(3);
  call.emit("drain");
  await sending;
  expect(state).toBe("done");
});
