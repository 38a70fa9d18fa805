/** What the fake answers: a status, JSON or HTML, headers. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer of an older controller (`type="json"`): always 200. */
export const rpcResult = (result: object): Reply => ({ status: 200, body: { jsonrpc: "2.0", id: null, result } });

/** An error of such a controller. */
export const rpcError = (name: string, message: string): Reply => ({
  status: 200,
  body: {
    ...{ jsonrpc: "2.0", id: null },
    error: {
      code: 200,
      message: "Odoo Server Error",
      data: { name, message, arguments: [message], context: {}, debug: "" },
    },
  },
});

/** An error of the JSON-2 API. */
export const json2Error = (status: number, name: string, message: string): Reply => ({
  status,
  body: { name, message, arguments: [message], context: {}, debug: "" },
});

export const UNAUTHORIZED = json2Error(401, "werkzeug.exceptions.Unauthorized", "Invalid apikey");
