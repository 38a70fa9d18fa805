import { logVerbosity, Server, setLogVerbosity, type ServerCredentials } from "@grpc/grpc-js";
import persistent from "@eventstore/db-client/generated/persistent_grpc_pb.js";
import gossip from "@eventstore/db-client/generated/gossip_grpc_pb.js";
import features from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js";
import streams from "@eventstore/db-client/generated/streams_grpc_pb.js";
import { Access } from "./access/access.js";
import { Users } from "./credentials/users.js";
import type { FaultControl } from "./faults/control.js";
import { Committer } from "./log/committer.js";
import type { LogStore } from "./log/store.js";
import { systemEvent } from "./log/system-events.js";
import type { ServerOptions } from "./options.js";
import { Groups } from "./persistent/groups.js";
import { stopping } from "./protocol/errors.js";
import { authentication } from "./services/authentication.js";
import { batchAppendHandler } from "./services/batch-append.js";
import { gossipHandler } from "./services/gossip.js";
import { OpenCalls } from "./services/open-calls.js";
import { groupHandlers } from "./services/persistent-groups.js";
import { persistentReadHandler } from "./services/persistent-read.js";
import { serverFeaturesHandler } from "./services/server-features.js";
import { appendHandler } from "./services/streams-append.js";
import { deleteHandler, tombstoneHandler } from "./services/streams-delete.js";
import { readHandler } from "./services/streams-read.js";
import { serverCredentials } from "./tls.js";
import { messageOf, StartupFailure } from "./startup-failure.js";
import { openWritableLog } from "./writable-log.js";

export interface RunningServer {
  readonly host: string;
  readonly port: number;
  /** The data folder's real path. */
  readonly data: string;
  /** Finishes what has been received, ends the calls that would go on, closes the log. */
  stop(): Promise<void>;
}

/** Milliseconds that calls may take to end by themselves when the server stops. */
const GRACE_MS = 300;

/** Maximum size of a message; up to it, too large appends are refused with the protocol's answer. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/**
 * Resolves when the server takes calls. Throws StartupFailure. `onFailedCommit`: the process must end, since the state
 * on disk is unknown. `faults`: for tests.
 */
export const startServer = async (
  options: ServerOptions,
  onFailedCommit: (error: unknown) => void,
  faults?: FaultControl,
): Promise<RunningServer> => {
  const credentials = serverCredentials(options);
  const users = options.users === undefined ? undefined : await Users.load(options.users);
  const log = await openWritableLog(options.data);
  const { store } = log;
  faults?.watch(store);
  const committer = new Committer(store, onFailedCommit);
  const groups = openGroups(store, committer);
  const openCalls = new OpenCalls();
  const access = new Access(store, users);
  // It would print a message besides the error that it returns.
  if (process.env["GRPC_VERBOSITY"] === undefined) setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    "grpc.max_receive_message_length": MAX_REQUEST_BYTES,
    "grpc.max_send_message_length": -1,
    interceptors: [...(users ? [authentication(users)] : []), ...(faults?.interceptors ?? [])],
  });
  let port = options.port;
  const members = () => [
    { port, leads: true },
    ...(faults?.followers ?? []).map((follower) => ({ port: follower, leads: false })),
  ];
  server.addService(features.ServerFeaturesService, { getSupportedMethods: serverFeaturesHandler });
  server.addService(gossip.GossipService, { read: gossipHandler(options.advertisedHost, members) });
  server.addService(STREAMS, {
    read: readHandler(store, access, openCalls, faults?.readConditions),
    append: appendHandler(committer, access, openCalls),
    batchAppend: batchAppendHandler(committer, access, openCalls),
    delete: deleteHandler(committer, access),
    tombstone: tombstoneHandler(committer, access),
  });
  server.addService(PERSISTENT, { ...groupHandlers(groups, access), read: persistentReadHandler(groups, access) });
  port = await listen(server, options, credentials);
  const another = () => listen(server, { ...options, port: 0 }, credentials);
  faults?.attach({ host: options.advertisedHost, port, store, listen: another });
  await committer.append(systemEvent("$server-started", { generation: store.generation })).catch((error: unknown) => {
    // Without disk space for writing, the log can still be read.
    process.stderr.write(`eventstore: reading only for now: ${messageOf(error)}\n`);
  });
  return {
    host: options.host,
    port,
    data: log.path,
    stop: async () => {
      await groups.close(stopping());
      await committer.close(stopping());
      openCalls.endAll(stopping());
      await shutDown(server);
      await log.close();
    },
  };
};

/** Reads return bytes that are already a serialised ReadResp. */
const STREAMS = {
  ...streams.StreamsService,
  read: { ...streams.StreamsService.read, responseSerialize: (message: Buffer) => message },
};

/** The same for the responses of a persistent subscription. */
const PERSISTENT = {
  ...persistent.PersistentSubscriptionsService,
  read: { ...persistent.PersistentSubscriptionsService.read, responseSerialize: (message: Buffer) => message },
};

const openGroups = (store: LogStore, committer: Committer): Groups => {
  try {
    return new Groups(store, committer);
  } catch (error) {
    throw new StartupFailure(`the persistent subscriptions cannot be loaded: ${messageOf(error)}`);
  }
};

const listen = async (
  server: Server,
  { host, port }: ServerOptions,
  credentials: ServerCredentials,
): Promise<number> => {
  const address = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  return await new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, boundPort) => {
      if (!error) resolve(boundPort);
      else if (error.message.includes("EADDRINUSE")) {
        reject(new StartupFailure(`port ${port} of ${host} is in use by another process`));
      } else if (error.message.includes("EACCES")) {
        reject(new StartupFailure(`no permission to listen on port ${port} of ${host}`));
      } else reject(new StartupFailure(`cannot listen on ${address}: ${error.message}`));
    });
  });
};

const shutDown = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
