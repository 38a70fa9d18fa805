import { isIP } from "node:net";
import { type SignInLinks } from "#application/people/sign-in-links.js";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { blockListOf, type FrontDoorConfiguration } from "#configuration/front-door.js";
import { ApiModule } from "./api.module.js";
import { type Backend } from "./core/backend.js";
import { BODY_LIMIT } from "./graphql/refusals.js";
import { InputValidation } from "./graphql/validation.js";
import { type Authenticator } from "./http/authentication/authenticator.js";
import { SessionAuthenticator } from "./http/authentication/session-authenticator.js";
import { type ClaimNames } from "./http/authentication/jwt-settings.js";
import { OpenId, SIGN_IN_MS } from "./http/authentication/open-id.js";
import { linkedAccountsOf } from "./http/authentication/people.js";
import { sessionCookie, signInCookie } from "./http/authentication/session-cookie.js";
import { type SessionOptions, Sessions } from "./http/authentication/sessions.js";
import { frontDoor, refusingOptions } from "./http/front-door.js";
import { ownAddress } from "./http/own-address.js";

/**
 * @param bearer lets in by token
 * @param links let people of customers in
 * @param claims of those who sign in at the OpenID provider
 */
export const createApp = async (
  backend: Backend,
  configuration: FrontDoorConfiguration,
  bearer: Authenticator,
  sessionOptions: SessionOptions,
  claims: ClaimNames,
  links: SignInLinks,
): Promise<NestFastifyApplication> => {
  const { tls, requestsPerMinute, failuresPerMinute, graphqlPage } = configuration;
  const trusted = blockListOf(configuration.trustedProxies);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: "idle",
    ...refusingOptions,
    ...(tls && { https: tls }),
    // An address is the last one of x-forwarded-for that no proxy of ours has.
    trustProxy: (address: string) => trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"),
    // The only schemas are Mercurius' own: checking them would cost a tenth of the start.
    ajv: { customOptions: { validateSchema: false } },
  });
  const address = ownAddress(configuration.publicUrl);
  const sessions = new Sessions(backend.dataSource, sessionOptions);
  const cookie = sessionCookie(address.secure);
  const authenticator = new SessionAuthenticator(bearer, sessions, cookie);
  const { log, dataSource } = backend;
  const { openId: configured } = configuration;
  const openId =
    configured &&
    new OpenId({
      ...{ configuration: configured, claims, dataSource, log, now: sessionOptions.now },
      accounts: linkedAccountsOf(backend),
    });
  await frontDoor(adapter.getInstance(), {
    ...{ address, bearer, authenticator, sessions, links, cookie, requestsPerMinute, failuresPerMinute, graphqlPage },
    proxies: address.secure && tls === null ? trusted : null,
    ...{ openId, signInCookie: signInCookie(address.secure, SIGN_IN_MS / 1000), log },
  });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- declared as a class, used as options
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.on(backend, authenticator), adapter, OPTIONS);
  app.useGlobalPipes(new InputValidation());
  return app;
};

/** Failures are told by those who know what they mean. */
const OPTIONS = { logger: false, abortOnError: false } as const;
