import { Journal } from "../journal.js";
import { Faults } from "./faults.js";
import { json2Error, type Reply, rpcError, rpcResult, UNAUTHORIZED } from "./replies.js";

/** What a fake accepts unless told otherwise. */
export const FAKE_ODOO_KEY = "fake-odoo-key";
export const FAKE_ODOO_DATABASE = "fake";

/** Where it gets signals, in the mode `signal`. */
export const SIGNAL_PATH = "/company/signal";

export interface Options {
  /** Default: any free one. */
  readonly port?: number;
  readonly key?: string;
  readonly database?: string;
  /** Keeps signals for the fake's next start; without one they are kept in memory. */
  readonly file?: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;
type Signal = Json & { readonly id: string; readonly type: string };

/** A signal that was taken. */
export interface Taken {
  readonly id: string;
  readonly type: string;
  readonly mode: "signal" | "json2";
  /** How often it came: only the first time counts. */
  times: number;
  readonly signal: Json;
}

/** A request, as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Null: its connection was broken off. */
  readonly status: number | null;
  readonly body: unknown;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly database: string;
  readonly text: string;
}

/** An Odoo that keeps the signals it is told, each once by its id, in the order in which they came. */
export class FakeOdoo {
  readonly database: string;
  readonly faults = new Faults();
  readonly requests: Asked[] = [];
  /** What it accepts; another one can be set, as when a key expires. */
  key: string;
  #taken = new Map<string, Taken>();
  readonly #journal: Journal<Pick<Taken, "mode"> & { readonly signal: Signal }>;

  constructor(
    readonly url: string,
    { key = FAKE_ODOO_KEY, database = FAKE_ODOO_DATABASE, file }: Options = {},
  ) {
    this.key = key;
    this.database = database;
    this.#journal = new Journal(file);
    for (const { signal, mode } of this.#journal.read()) this.#note(signal, mode);
  }

  /** In the order in which they came first. */
  get signals(): readonly Taken[] {
    return [...this.#taken.values()];
  }

  reset(): void {
    this.#journal.clear();
    this.#taken = new Map();
    this.requests.length = 0;
    this.faults.clear();
  }

  /** @returns undefined: the connection is broken off */
  async answer(request: Request): Promise<Reply | undefined> {
    const { method, path, text } = request;
    const body = jsonOf(text);
    const fault = this.faults.hit(method);
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const isFailing =
      fault !== undefined && (fault.down === true || fault.rpcError === true || fault.status !== undefined);
    const reply = isFailing && fault.when !== "AFTER" ? undefined : this.#route(request, body);
    const answered = isFailing ? this.#failing(fault) : reply;
    this.requests.push({ method, path, status: answered?.status ?? null, body });
    return answered;
  }

  #failing({
    down,
    rpcError: isRpc,
    status = 500,
    retryAfter,
  }: NonNullable<ReturnType<Faults["hit"]>>): Reply | undefined {
    if (down) return undefined;
    if (isRpc) return rpcError("builtins.ValueError", "A fault on demand.");
    if (status === 401) return UNAUTHORIZED;
    return {
      ...json2Error(status, "fake.Fault", "A fault on demand."),
      ...(retryAfter !== undefined && { headers: { "retry-after": String(retryAfter) } }),
    };
  }

  #route(request: Request, body: unknown): Reply {
    const { method, path, authorization } = request;
    const isKnown = /^bearer (.*)$/i.exec(authorization)?.[1] === this.key;
    if (path === SIGNAL_PATH) {
      if (!isKnown) return UNAUTHORIZED;
      if (method === "GET") return { status: 200, body: { ready: true } };
      const signal = signalOf(body);
      return signal
        ? rpcResult(this.#take(signal, "signal"))
        : rpcError("builtins.ValueError", "That is not a signal.");
    }
    const [, model = "", name = ""] = /^\/json\/2\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    if (model === "" || method !== "POST") return json2Error(404, "werkzeug.exceptions.NotFound", "404 Not Found");
    if (!isKnown) return UNAUTHORIZED;
    if (request.database !== this.database) {
      return json2Error(404, "werkzeug.exceptions.NotFound", `Database ${request.database} not found`);
    }
    return this.#method(model, name, body);
  }

  #method(model: string, name: string, body: unknown): Reply {
    if (model === "res.users" && name === "context_get") {
      return { status: 200, body: { lang: "en_US", tz: "UTC", uid: 2 } };
    }
    if (model !== "tenure.signal") {
      return json2Error(404, "werkzeug.exceptions.NotFound", `the model '${model}' does not exist`);
    }
    if (name !== "accept") {
      return json2Error(404, "werkzeug.exceptions.NotFound", `the method 'tenure.signal.${name}' does not exist`);
    }
    const signal = signalOf(isObject(body) ? body["signal"] : undefined);
    if (!signal) return json2Error(422, "builtins.TypeError", "missing a required argument: 'signal'");
    return { status: 200, body: this.#take(signal, "json2") };
  }

  #take(signal: Signal, mode: Taken["mode"]): object {
    this.#journal.append({ signal, mode });
    return { accepted: true, repeated: this.#note(signal, mode) };
  }

  /** @returns whether it came before */
  #note(signal: Signal, mode: Taken["mode"]): boolean {
    const known = this.#taken.get(signal.id);
    if (known) known.times += 1;
    else this.#taken.set(signal.id, { id: signal.id, type: signal.type, mode, times: 1, signal });
    return known !== undefined;
  }
}

const signalOf = (value: unknown): Signal | undefined => {
  if (!isObject(value) || !isObject(value["data"])) return undefined;
  const { id, type } = value;
  return typeof id === "string" && typeof type === "string" ? { ...value, id, type } : undefined;
};

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
