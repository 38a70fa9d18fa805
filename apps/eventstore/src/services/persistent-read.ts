import type { ServerDuplexStream } from "@grpc/grpc-js";
import persistentPb from "@eventstore/db-client/generated/persistent_pb.js";
import type { ReadReq } from "@eventstore/db-client/generated/persistent_pb.js";
import type { UUID } from "@eventstore/db-client/generated/shared_pb.js";
import type { Access } from "../access/access.js";
import { Consumer } from "../persistent/consumer.js";
import type { Group, NackAction } from "../persistent/group.js";
import type { Groups } from "../persistent/groups.js";
import { idText } from "../persistent/message.js";
import { asRequestError, invalidArgument } from "../protocol/errors.js";
import { groupName } from "../protocol/persistent-request.js";
import { subscriptionConfirmation } from "../protocol/persistent-response.js";
import { uuidBytes } from "../protocol/uuid.js";
import { userOf } from "./user.js";

type Call = ServerDuplexStream<ReadReq, Buffer>;

interface Joined {
  readonly group: Group;
  readonly consumer: Consumer;
}

/** PersistentSubscriptions.Read: first the options; then events go out, and come back settled or not. */
export const persistentReadHandler =
  (groups: Groups, access: Access) =>
  (call: Call): void => {
    let joined: Joined | undefined;
    let isOver = false;
    const leave = () => {
      isOver = true;
      joined?.group.leave(joined.consumer);
      joined = undefined;
    };
    call.on("data", (request: ReadReq) => {
      // Messages of a dropped consumer must not replace the reason with which its call ends.
      if (isOver) return;
      try {
        if (!joined) joined = join(groups, access, call, request);
        else settle(joined, request);
      } catch (error) {
        leave();
        call.emit("error", asRequestError(error));
      }
    });
    call.on("cancelled", leave);
    call.on("error", leave);
    call.on("end", () => {
      leave();
      call.end();
    });
  };

/** Throws RequestError. */
const join = (groups: Groups, access: Access, call: Call, request: ReadReq): Joined => {
  const options = request.getOptions();
  if (!options) throw invalidArgument("the call does not begin with options");
  const { source, group: name } = groupName(options);
  access.require(call.metadata, "read", Buffer.from(source));
  const group = groups.get(source, name);
  const consumer = new Consumer(
    call,
    {
      bufferSize: Math.max(1, options.getBufferSize()),
      structuredUuid: options.getUuidOption()?.hasStructured() ?? false,
      username: userOf(call.metadata),
      from: call.getPeer(),
      connectionName: call.metadata.get("connection-name")[0]?.toString() ?? "",
      mayRead: (stream) => access.may(call.metadata, "read", stream),
    },
    group.schedule,
  );
  group.join(consumer);
  // Before the first event, which is sent in a later turn of the event loop.
  call.write(subscriptionConfirmation(`${source}::${name}`));
  return { group, consumer };
};

const ACTIONS: Readonly<Record<ReadReq.Nack.Action, NackAction>> = {
  [persistentPb.ReadReq.Nack.Action.UNKNOWN]: "retry",
  [persistentPb.ReadReq.Nack.Action.PARK]: "park",
  [persistentPb.ReadReq.Nack.Action.RETRY]: "retry",
  [persistentPb.ReadReq.Nack.Action.SKIP]: "skip",
  [persistentPb.ReadReq.Nack.Action.STOP]: "stop",
};

/** Throws RequestError. */
const settle = ({ group, consumer }: Joined, request: ReadReq): void => {
  const ack = request.getAck();
  const nack = request.getNack();
  if (ack) group.acknowledge(consumer, idsOf(ack.getIdsList()));
  else if (nack) group.reject(consumer, idsOf(nack.getIdsList()), ACTIONS[nack.getAction()], nack.getReason());
  else throw invalidArgument("the call has begun already");
};

const idsOf = (ids: UUID[]): string[] =>
  ids.map((id) => {
    const bytes = uuidBytes(id);
    if (!bytes) throw invalidArgument("an event was settled by an id that is none");
    return idText(bytes);
  });
