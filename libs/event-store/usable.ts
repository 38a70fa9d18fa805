import { ErrorType } from "@eventstore/db-client";
import { lookup } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { setTimeout as delay } from "node:timers/promises";
import { type EventStore } from "./event-store.js";

/** The event store at the configured URL cannot be used. The message is one sentence that says why and what to set. */
export class EventStoreUnusable extends Error {
  override readonly name = "EventStoreUnusable";
}

const WITHIN_MS = 6_000;
const TRY_MS = 3_000;
const AGAIN_MS = 500;
const DEFAULT_PORT = 2113;

/**
 * Returns once the store answers. A server that refuses fails at once; one that cannot be reached may still be
 * starting, so it is retried for some seconds.
 * @param url what the store was created with
 * @param withinMs how long to retry a server that cannot be reached; default 6,000
 * @throws EventStoreUnusable
 */
export const requireUsable = async (store: EventStore, url: string, withinMs = WITHIN_MS): Promise<void> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const failure = await Promise.race([
      store.probe().then(
        () => null,
        (error: unknown) => error,
      ),
      delay(TRY_MS, new Error("no answer"), { ref: false }),
    ]);
    if (failure === null) return;
    const { sentence, mayPass } = await reasonOf(url, failure);
    if (!mayPass || performance.now() > deadline) throw new EventStoreUnusable(sentence, { cause: failure });
    await delay(AGAIN_MS);
  }
};

interface Reason {
  readonly sentence: string;
  /** Whether a retry may succeed. */
  readonly mayPass: boolean;
}

const reasonOf = async (url: string, failure: unknown): Promise<Reason> => {
  const target = targetOf(url);
  if (isDenied(failure)) return { sentence: deniedSentence(target), mayPass: false };
  const found = await Promise.all(target.hosts.map((host) => look(host, target)));
  // A cluster can be used when at least one node can.
  const refusal = found.find((reason) => reason?.mayPass === false);
  const first = refusal ?? found.find((reason) => reason !== null);
  if (first) return first;
  const why = failure instanceof Error ? failure.message : String(failure);
  return { sentence: `The event store at ${namesOf(target)} does not answer (${why}).`, mayPass: true };
};

interface Host {
  readonly host: string;
  readonly port: number;
}

interface Target {
  readonly hosts: readonly Host[];
  readonly tls: boolean;
  readonly hasUser: boolean;
  /** Path of a file with the certificate authorities that are trusted instead of the system's; null: the system's. */
  readonly authorities: string | null;
}

/** The parts of `esdb://user:password@host:port,host:port?tls=true&tlsCAFile=FILE` that decide whether it can be used. */
const targetOf = (url: string): Target => {
  const [, user, hosts = "", query = ""] =
    /^esdb(?:\+discover)?:\/\/(?:([^@]*)@)?([^/?]*)\/?(?:\?(.*))?$/.exec(url) ?? [];
  const options = new Map(
    [...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase().replaceAll(/[_-]/g, ""), value]),
  );
  return {
    hosts: hosts.split(",").map((text) => {
      const [, host = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text.trim()) ?? [];
      return { host: host.replaceAll(/[[\]]/g, ""), port: port === undefined ? DEFAULT_PORT : Number(port) };
    }),
    tls: options.get("tls") !== "false",
    hasUser: user !== undefined && user !== "",
    authorities: options.get("tlscafile") ?? null,
  };
};

const nameOf = ({ host, port }: Host): string => `${host}:${port}`;
const namesOf = ({ hosts }: Target): string => hosts.map(nameOf).join(", ");

const isDenied = (failure: unknown): boolean => (failure as { type?: unknown }).type === ErrorType.ACCESS_DENIED;

const deniedSentence = ({ hasUser, tls, ...target }: Target): string => {
  const at = `The event store at ${namesOf({ hasUser, tls, ...target })}`;
  if (!tls)
    return `${at} wants a user, and a name and password are sent over TLS only: set tls=true in EVENTSTORE_URL.`;
  return hasUser
    ? `${at} refuses the user name or password, or lets this user not read: set them in EVENTSTORE_URL (esdb://NAME:PASSWORD@HOST:PORT).`
    : `${at} wants a user: set a name and password in EVENTSTORE_URL (esdb://NAME:PASSWORD@HOST:PORT).`;
};

/** Why one host cannot be used; null: connecting shows no problem. */
const look = async (host: Host, { tls, authorities }: Target): Promise<Reason | null> => {
  const at = nameOf(host);
  try {
    await lookup(host.host);
  } catch {
    return { sentence: `The host ${host.host} of EVENTSTORE_URL is not known.`, mayPass: true };
  }
  const refused = await attempt(connectPlain({ host: host.host, port: host.port }), "connect");
  if (refused !== null) {
    return { sentence: `Nobody answers at ${at}, which EVENTSTORE_URL names (${refused}).`, mayPass: true };
  }
  const speaksTls = (await handshake(host, { rejectUnauthorized: false })) === null;
  if (!tls) {
    if (!speaksTls) return null;
    return { sentence: `The event store at ${at} speaks TLS: set tls=true in EVENTSTORE_URL.`, mayPass: false };
  }
  if (!speaksTls) {
    return {
      sentence: `The event store at ${at} does not speak TLS: set tls=false in EVENTSTORE_URL.`,
      mayPass: false,
    };
  }
  const ca = authorities === null ? null : await readFile(authorities).catch(() => null);
  const distrusted = await handshake(host, ca === null ? {} : { ca });
  if (distrusted === null) return null;
  const sentence = `The certificate of the event store at ${at} is not accepted (${distrusted}): set tlsCAFile in EVENTSTORE_URL to a file with its authority's certificate, and name the host as the certificate does.`;
  return { sentence, mayPass: false };
};

const handshake = (
  { host, port }: Host,
  trust: { readonly rejectUnauthorized?: boolean; readonly ca?: Buffer },
): Promise<string | null> => attempt(connectTls({ host, port, ALPNProtocols: ["h2"], ...trust }), "secureConnect");

/** @returns why the attempt failed; null: it succeeded */
const attempt = (socket: Socket, event: "connect" | "secureConnect"): Promise<string | null> =>
  new Promise((resolve) => {
    const end = (reason: string | null): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(TRY_MS, () => {
      end("no answer");
    });
    socket.once(event, () => {
      end(null);
    });
    socket.on("error", (error) => {
      end(error.message);
    });
  });
