import { type IncomingHttpHeaders } from "node:http";
import { fastifyCookie } from "@fastify/cookie";

/** A cookie of ours, which no script reads and no page of another site sends along. */
export interface Cookie {
  /** Its value in a request; undefined: there is none. */
  of(headers: Readonly<IncomingHttpHeaders>): string | undefined;
  /** The header `set-cookie` that hands it out. */
  given(value: string): string;
  /** The header `set-cookie` that takes it back. */
  taken(): string;
}

interface CookieOptions {
  /** By TLS: sent over TLS only, and by a name that no other host and no plain connection can set. */
  readonly secure: boolean;
  readonly sameSite: "strict" | "lax";
  /** Seconds; undefined: until the browser is closed. */
  readonly maxAge?: number;
}

export const cookie = (name: string, { secure, sameSite, maxAge }: CookieOptions): Cookie => {
  const own = secure ? `__Host-${name}` : name;
  const options = { path: "/", httpOnly: true, secure, sameSite } as const;
  return {
    of: ({ cookie: header }) => {
      const value = header === undefined ? undefined : fastifyCookie.parse(header)[own];
      return value === "" ? undefined : value;
    },
    given: (value) => fastifyCookie.serialize(own, value, { ...options, ...(maxAge !== undefined && { maxAge }) }),
    taken: () => fastifyCookie.serialize(own, "", { ...options, maxAge: 0 }),
  };
};

/** Of a session. It lasts as long as the browser: how long the session does is for the server to say. */
export const sessionCookie = (secure: boolean): Cookie => cookie("tenure-session", { secure, sameSite: "strict" });

/** Of a sign-in under way: the way back from another site brings it along. @param maxAge seconds */
export const signInCookie = (secure: boolean, maxAge: number): Cookie =>
  cookie("tenure-sign-in", { secure, sameSite: "lax", maxAge });
