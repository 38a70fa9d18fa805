import helmet from "@fastify/helmet";
import { type FastifyInstance } from "fastify";

/** Of answers that are no pages: nothing of them is shown in a frame, runs or loads anything. */
const POLICY = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };
const YEAR_S = 31_536_000;

/** Headers for browsers on every answer; pages have policies of their own. @param secure browsers come by TLS */
export const securityHeaders = async (server: FastifyInstance, secure: boolean): Promise<void> => {
  await server.register(helmet, {
    contentSecurityPolicy: POLICY,
    frameguard: { action: "deny" },
    referrerPolicy: { policy: "no-referrer" },
    hsts: secure && { maxAge: YEAR_S, includeSubDomains: false },
  });
};
