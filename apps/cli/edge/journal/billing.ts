import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { type Certificates } from "../certificates.js";

/** The API, as an edge comes to it. */
export interface Billing {
  /** Addresses of the API's listener for edges, such as `http://127.0.0.1:4010`; each is tried where another fails. */
  readonly addresses: readonly string[];
  readonly edge: string;
  readonly secret: string;
  /** With which the two prove themselves to each other; null: no TLS. */
  readonly certificates?: Certificates | null;
}

export interface BillingAnswer {
  readonly status: number;
  readonly text: string;
}

const WITHIN_MS = 5_000;

/**
 * Asks a copy of the API, as the edge.
 * @param address one of those of billing
 * @param body sent as JSON by POST; undefined: GET
 * @throws Error where no answer comes within five seconds, or nobody vouches for who answers
 */
export const askBilling = (
  { edge, secret, certificates }: Billing,
  address: string,
  path: string,
  body?: object,
): Promise<BillingAnswer> => {
  const url = new URL(path, address);
  const headers = {
    authorization: `Basic ${Buffer.from(`${edge}:${secret}`).toString("base64")}`,
    ...(body && { "content-type": "application/json" }),
  };
  const tls = certificates && {
    ...{ ca: certificates.ca.pem, cert: certificates.cert.pem, key: certificates.key.pem },
  };
  const options = { method: body ? "POST" : "GET", headers, signal: AbortSignal.timeout(WITHIN_MS), ...tls };
  return new Promise((answered, failed) => {
    const request = (url.protocol === "https:" ? tlsRequest : plainRequest)(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (data: string) => (text += data));
      response.on("error", failed);
      response.on("end", () => {
        answered({ status: response.statusCode ?? 0, text });
      });
    });
    request.on("error", failed);
    request.end(body && JSON.stringify(body));
  });
};
