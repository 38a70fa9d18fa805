import { type OpenIdProvider, type Said } from "./open-id-provider.js";

const SESSION = "tenure-session";

/** As a browser without scripts: it keeps cookies, and follows nothing by itself. */
export class CookieBrowser {
  readonly cookies = new Map<string, string>();
  /** Headers `set-cookie` of the last answer. */
  lastSet: readonly string[] = [];

  constructor(
    /** Address of the API, which a spec may change. */
    private readonly origin: () => string,
    private readonly provider: OpenIdProvider,
  ) {}

  get(path: string, headers: Readonly<Record<string, string>> = {}) {
    return this.ask("GET", path, headers);
  }

  post(path: string, headers: Readonly<Record<string, string>> = {}) {
    return this.ask("POST", path, headers);
  }

  private async ask(method: "GET" | "POST", path: string, headers: Readonly<Record<string, string>>) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const all = { ...headers, ...(cookie !== "" && { cookie }) };
    const response = await fetch(new URL(path, this.origin()), { method, headers: all, redirect: "manual" });
    this.lastSet = response.headers.getSetCookie();
    for (const given of this.lastSet) {
      const [name = "", value = ""] = (given.split(";")[0] ?? "").split("=");
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: response.status, location: response.headers.get("location") ?? "", text: await response.text() };
  }

  /**
   * Where it ends after the person has signed in at the provider. A browser comes back from there without the cookie of
   * its session, which is `SameSite=Strict`.
   */
  async signIn(said: Said, from = "/session/oidc"): Promise<string> {
    const { location } = await this.get(from);
    if (!location.startsWith(this.provider.issuer)) return location;
    const session = this.cookies.get(SESSION);
    this.cookies.delete(SESSION);
    const back = await this.get(await this.provider.signIn(location, said));
    if (session !== undefined && !this.cookies.has(SESSION)) this.cookies.set(SESSION, session);
    return back.location;
  }

  /** Whose session it has; null: none. */
  async who(): Promise<unknown> {
    if (!this.cookies.has(SESSION)) return null;
    return JSON.parse((await this.get("/session", { "tenure-request": "1" })).text) as unknown;
  }
}
