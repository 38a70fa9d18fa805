import { expect, it } from "vitest";
import { encodeRow } from "../log/row.js";
import type { Consumer } from "./consumer.js";
import { messageOf, type Message } from "./message.js";
import { strategyOf } from "./strategies.js";

const consumer = (hasRoom = true) => ({ hasRoom }) as unknown as Consumer;

const message = (stream: string, metadata = ""): Message => {
  const event = { type: "t", contentType: "c", metadata: Buffer.from(metadata), data: new Uint8Array() };
  const at = { stream: Buffer.from(stream), streamNumber: 1, revision: 0, position: 1024, created: 0 };
  return messageOf({ event: encodeRow({ id: Buffer.alloc(16), ...event }, at) }, { place: 0 });
};

const MESSAGE = message("order-1");

it("takes turns with RoundRobin and passes over who has no room", () => {
  const strategy = strategyOf("RoundRobin");
  const [a, full, b] = [consumer(), consumer(false), consumer()];
  for (const each of [a, full, b]) strategy.add(each);
  expect([1, 2, 3].map(() => strategy.choose(MESSAGE))).toEqual([a, b, a]);
  strategy.remove(a);
  expect([strategy.choose(MESSAGE), strategy.choose(MESSAGE)]).toEqual([b, b]);
  strategy.remove(b);
  expect(strategy.choose(MESSAGE)).toBeUndefined();
});

it("keeps to the first with DispatchToSingle", () => {
  const strategy = strategyOf("DispatchToSingle");
  const first = consumer();
  const second = consumer();
  strategy.add(first);
  strategy.add(second);
  expect([strategy.choose(MESSAGE), strategy.choose(MESSAGE)]).toEqual([first, first]);
  Object.assign(first, { hasRoom: false });
  expect(strategy.choose(MESSAGE)).toBe(second);
});

it("moves with Pinned, when a consumer comes or goes, no stream between those that stay", () => {
  const strategy = strategyOf("Pinned");
  const [a, b, c] = [consumer(), consumer(), consumer()];
  const streams = Array.from({ length: 300 }, (_, n) => message(`order-${n}`));
  const owners = () => streams.map((each) => strategy.choose(each));
  strategy.add(a);
  strategy.add(b);
  const two = owners();
  strategy.add(c);
  const three = owners();
  strategy.remove(c);
  expect(owners()).toEqual(two);
  expect(three.filter((owner, n) => owner !== two[n] && owner !== c)).toEqual([]);
  const share = (owner: Consumer) => three.filter((each) => each === owner).length;
  expect([a, b, c].map((owner) => share(owner) > 60)).toEqual([true, true, true]);
});

it("gives with PinnedByCorrelation what has one correlation to one consumer, and all else by its stream", () => {
  const strategy = strategyOf("PinnedByCorrelation");
  const byStream = strategyOf("Pinned");
  for (const each of [consumer(), consumer(), consumer()]) {
    strategy.add(each);
    byStream.add(each);
  }
  const numbers = Array.from({ length: 60 }, (_, n) => n);
  const owners = new Set(numbers.map((n) => strategy.choose(message(`order-${n}`, '{"$correlationId":"c-1"}'))));
  expect(owners.size).toBe(1);
  expect(new Set(numbers.map((n) => strategy.choose(message("order", `{"$correlationId":"c-${n}"}`)))).size).toBe(3);
  for (const metadata of ["", "no JSON", "null", "[]", '{"$correlationId":7}']) {
    expect(numbers.map((n) => strategy.choose(message(`order-${n}`, metadata)))).toEqual(
      numbers.map((n) => byStream.choose(message(`order-${n}`))),
    );
  }
});

it("lets with Pinned a message wait for its consumer while others may go ahead", () => {
  const strategy = strategyOf("Pinned");
  strategy.add(consumer(false));
  expect([strategy.choose(MESSAGE), strategy.letsOthersAhead]).toEqual([undefined, true]);
});
