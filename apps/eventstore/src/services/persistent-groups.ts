import type { Metadata, sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import persistentPb from "@eventstore/db-client/generated/persistent_pb.js";
import sharedPb from "@eventstore/db-client/generated/shared_pb.js";
import type {
  CreateReq,
  CreateResp,
  DeleteReq,
  DeleteResp,
  GetInfoReq,
  GetInfoResp,
  ListReq,
  ListResp,
  ReplayParkedReq,
  ReplayParkedResp,
  UpdateReq,
  UpdateResp,
} from "@eventstore/db-client/generated/persistent_pb.js";
import type { Empty } from "@eventstore/db-client/generated/shared_pb.js";
import type { Access } from "../access/access.js";
import type { Groups } from "../persistent/groups.js";
import { asRequestError } from "../protocol/errors.js";
import { subscriptionDoesNotExist } from "../protocol/persistent-errors.js";
import { createRequest, groupName, listRequest, replayRequest, updateRequest } from "../protocol/persistent-request.js";
import { subscriptionInfo } from "../protocol/persistent-response.js";

type Handler<Request, Response> = (call: ServerUnaryCall<Request, Response>, respond: sendUnaryData<Response>) => void;

const unary =
  <Request, Response>(
    work: (request: Request, caller: Metadata) => Promise<Response> | Response,
  ): Handler<Request, Response> =>
  (call, respond) => {
    Promise.resolve()
      .then(() => work(call.request, call.metadata))
      .then(
        (response) => {
          respond(null, response);
        },
        (error: unknown) => {
          respond(asRequestError(error));
        },
      );
  };

/** PersistentSubscriptions: all methods but Read. Changing a group requires the right to read its source. */
export const groupHandlers = (groups: Groups, access: Access) => {
  const requireRead = (caller: Metadata, source: string): void => {
    access.require(caller, "read", Buffer.from(source));
  };
  return {
    create: unary<CreateReq, CreateResp>(async (request, caller) => {
      const config = createRequest(request);
      requireRead(caller, config.source);
      await groups.create(config);
      return new persistentPb.CreateResp();
    }),
    update: unary<UpdateReq, UpdateResp>(async (request, caller) => {
      const { source, group, settings, startFrom } = updateRequest(request);
      requireRead(caller, source);
      await groups.update(source, group, settings, startFrom);
      return new persistentPb.UpdateResp();
    }),
    delete: unary<DeleteReq, DeleteResp>(async (request, caller) => {
      const { source, group } = groupName(request.getOptions());
      requireRead(caller, source);
      await groups.delete(source, group);
      return new persistentPb.DeleteResp();
    }),
    getInfo: unary<GetInfoReq, GetInfoResp>((request) => {
      const { source, group } = groupName(request.getOptions());
      return new persistentPb.GetInfoResp().setSubscriptionInfo(subscriptionInfo(groups.get(source, group)));
    }),
    replayParked: unary<ReplayParkedReq, ReplayParkedResp>((request, caller) => {
      const { source, group, stopAt } = replayRequest(request);
      requireRead(caller, source);
      groups.get(source, group).replayParked(stopAt);
      return new persistentPb.ReplayParkedResp();
    }),
    list: unary<ListReq, ListResp>((request) => {
      const source = listRequest(request);
      const wanted = groups.all().filter(({ config }) => source === undefined || config.source === source);
      if (source !== undefined && wanted.length === 0 && !groups.hadOneOf(source))
        throw subscriptionDoesNotExist(source, "");
      return new persistentPb.ListResp().setSubscriptionsList(wanted.map(subscriptionInfo));
    }),
    restartSubsystem: unary<Empty, Empty>(async () => {
      await groups.restart();
      return new sharedPb.Empty();
    }),
  };
};
