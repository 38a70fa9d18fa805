/** What the app asks for with `client.request`. */
export interface Requested {
  readonly url: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly data?: string;
  readonly secure?: boolean;
}

/** As it comes back to the page. */
export interface Proxied {
  readonly status: number;
  readonly statusText: string;
  readonly responseText: string;
}

/**
 * Zendesk's proxy: it sends to hosts of the manifest's `domainWhitelist` alone, and puts secure settings in for
 * `{{setting.NAME}}` where the request says `secure`.
 */
export const proxy = async (
  requested: Requested,
  domainWhitelist: readonly string[],
  secureSettings: Readonly<Record<string, string>>,
): Promise<Proxied> => {
  const { url, type = "GET", headers = {}, contentType, data, secure = false } = requested;
  if (!domainWhitelist.includes(new URL(url).hostname)) return refused("The host is not in domainWhitelist");
  const filled = (text: string): string =>
    secure ? text.replaceAll(/\{\{setting\.(\w+)\}\}/g, (whole, name: string) => secureSettings[name] ?? whole) : text;
  try {
    const answer = await fetch(url, {
      method: type,
      headers: {
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)])),
        ...(contentType !== undefined && { "content-type": contentType }),
      },
      ...(data !== undefined && { body: filled(data) }),
    });
    return { status: answer.status, statusText: answer.statusText, responseText: await answer.text() };
  } catch {
    return { status: 502, statusText: "Bad Gateway", responseText: "<html><h1>502 Bad Gateway</h1></html>" };
  }
};

const refused = (why: string): Proxied => ({
  status: 403,
  statusText: "Forbidden",
  responseText: JSON.stringify({ error: why }),
});
