/**
 * What the app uses of Zendesk's SDK (Apps Framework v2). iframe.html loads the SDK ahead of the app, from Zendesk's CDN
 * or from the package (../../package).
 */
export interface ZendeskClient {
  context(): Promise<{ readonly location: string }>;
  metadata(): Promise<{ readonly settings: Readonly<Record<string, unknown>> }>;
  /** Rejects after 5 s without an answer, and when the place has no such property. */
  get(path: string): Promise<Readonly<Record<string, unknown>>>;
  invoke(action: string, ...args: readonly unknown[]): Promise<unknown>;
  on(event: string, handler: (data: unknown) => void): void;
  off(event: string, handler: (data: unknown) => void): void;
  /** Resolves with the answer's body; rejects with a {@link FailedRequest}. Never ends by itself. */
  request(options: ProxiedRequest): Promise<unknown>;
}

export interface ProxiedRequest {
  readonly url: string;
  readonly type: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly data: string;
  /** Zendesk's proxy sends it, and puts secure settings in: they never reach the page. */
  readonly secure: true;
}

/** As jQuery tells of a request that failed; `status` 0: there was no answer. */
export interface FailedRequest {
  readonly status?: number;
  readonly responseText?: string;
}

declare global {
  interface Window {
    /** Not there when the SDK could not be loaded. */
    readonly ZAFClient?: { init(): ZendeskClient | false };
  }
}

/** The connection to the Zendesk page that shows the app; null: none does. */
export const connect = (): ZendeskClient | null => window.ZAFClient?.init() || null;
