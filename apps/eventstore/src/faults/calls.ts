import {
  Metadata,
  ServerInterceptingCall,
  status,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from "@grpc/grpc-js";

type InterceptingServerListener = Parameters<ServerInterceptingCallInterface["start"]>[0];
type PartialStatusObject = Parameters<ServerInterceptingCallInterface["sendStatus"]>[0];

const APPENDS = ["/Append", "/BatchAppend"];

/** Faults between the server's handlers and clients. */
export class CallFaults {
  cutInsteadOfAnswer = 0;
  withholdAnswers = 0;
  notLeader = 0;
  duplicateEvents = false;
  private readonly reads = new Set<FaultyCall>();

  constructor(private readonly cut: () => void) {}

  readonly interceptor: ServerInterceptor = ({ path }, call) => {
    const method = path.slice(path.lastIndexOf("/"));
    if (this.notLeader > 0 && path.includes("streams.Streams/")) {
      this.notLeader--;
      return new ServerInterceptingCall(new NotLeaderCall(call));
    }
    const faulty = new FaultyCall(call);
    if (APPENDS.includes(method)) faulty.onMessage = () => this.answerOfAppend();
    if (method === "/Read") {
      this.reads.add(faulty);
      faulty.onEnd = () => this.reads.delete(faulty);
      faulty.onMessage = () => (this.duplicateEvents ? "twice" : "once");
    }
    return new ServerInterceptingCall(faulty);
  };

  abortReads(): void {
    for (const read of this.reads) read.abort();
  }

  private answerOfAppend(): Delivery {
    if (this.cutInsteadOfAnswer > 0) {
      this.cutInsteadOfAnswer--;
      this.cut();
      return "never";
    }
    if (this.withholdAnswers > 0) {
      this.withholdAnswers--;
      return "never";
    }
    return "once";
  }
}

type Delivery = "once" | "twice" | "never";

/** Passes everything through until a fault is ordered. */
class Passing implements ServerInterceptingCallInterface {
  constructor(protected readonly call: ServerInterceptingCallInterface) {}
  start(listener: InterceptingServerListener): void {
    this.call.start(listener);
  }
  sendMetadata(metadata: Metadata): void {
    this.call.sendMetadata(metadata);
  }
  sendMessage(message: unknown, callback: () => void): void {
    this.call.sendMessage(message, callback);
  }
  sendStatus(end: PartialStatusObject): void {
    this.call.sendStatus(end);
  }
  startRead = () => {
    this.call.startRead();
  };
  getPeer = () => this.call.getPeer();
  getDeadline = () => this.call.getDeadline();
  getHost = () => this.call.getHost();
  getAuthContext = () => this.call.getAuthContext();
  getConnectionInfo = () => this.call.getConnectionInfo();
  getMetricsRecorder = () => this.call.getMetricsRecorder();
}

class FaultyCall extends Passing {
  onMessage: () => Delivery = () => "once";
  onEnd: () => void = () => undefined;
  private mute = false;
  private listener: InterceptingServerListener | undefined;

  override start(listener: InterceptingServerListener): void {
    this.listener = listener;
    this.call.start({
      onReceiveMetadata: (metadata) => {
        listener.onReceiveMetadata(metadata);
      },
      onReceiveMessage: (message) => {
        listener.onReceiveMessage(message);
      },
      onReceiveHalfClose: () => {
        listener.onReceiveHalfClose();
      },
      onCancel: () => {
        this.onEnd();
        listener.onCancel();
      },
    });
  }

  override sendMessage(message: unknown, callback: () => void): void {
    const delivery = this.mute ? "never" : this.onMessage();
    if (delivery === "never") {
      this.mute = true;
      return;
    }
    if (delivery === "twice") this.call.sendMessage(message, () => undefined);
    this.call.sendMessage(message, callback);
  }

  override sendStatus(end: PartialStatusObject): void {
    this.onEnd();
    if (!this.mute) this.call.sendStatus(end);
  }

  abort(): void {
    this.sendStatus({ code: status.ABORTED, details: "the consumer is too slow (ordered by a test)" });
    this.mute = true;
    this.listener?.onCancel();
  }
}

class NotLeaderCall extends Passing {
  override start(): void {
    const ignore = () => undefined;
    this.call.start({
      onReceiveMetadata: ignore,
      onReceiveMessage: ignore,
      onReceiveHalfClose: ignore,
      onCancel: ignore,
    });
    const [host = "", port = ""] = this.call.getHost().split(":");
    this.call.sendStatus(notLeader(host, port));
  }
}

/** Answers with the leading node, to which the client reconnects. */
export const notLeader = (host: string, port: string): PartialStatusObject => {
  const metadata = new Metadata();
  metadata.set("exception", "not-leader");
  metadata.set("leader-endpoint-host", host);
  metadata.set("leader-endpoint-port", port);
  return { code: status.NOT_FOUND, details: "this node does not lead (ordered by a test)", metadata };
};
