import { type IncomingHttpHeaders } from "node:http";
import { Controller, Get, Headers, Res } from "@nestjs/common";
import { type FastifyReply } from "fastify";
import { Backend } from "../core/backend.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";
import { fail } from "./answers.js";
import { Authenticator } from "./authentication/authenticator.js";
import { Monitor } from "./monitor.js";

export const PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

/**
 * For those who operate it. Whoever comes learns whether it is alive and serves; how its servers and read models are is
 * for operators, because it tells of all providers.
 */
@Controller()
export class HealthController {
  constructor(
    private readonly backend: Backend,
    private readonly monitor: Monitor,
    private readonly authenticator: Authenticator,
  ) {}

  /** The process answers. */
  @Get("live")
  live(): { readonly live: true } {
    return { live: true };
  }

  @Get("ready")
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { ready, eventStore, database } = await this.monitor.health();
    if (!ready) reply.status(503);
    return { ready, eventStore: { ok: eventStore.ok }, database: { ok: database.ok } };
  }

  @Get("health")
  async health(
    @Headers() headers: IncomingHttpHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const [health, isOperator] = await Promise.all([
      this.monitor.health(),
      this.isOperator(headers).catch(() => false),
    ]);
    if (!health.ready) reply.status(503);
    return isOperator ? health : { live: true, ready: health.ready };
  }

  @Get("metrics")
  async prometheus(@Headers() headers: IncomingHttpHeaders, @Res() reply: FastifyReply): Promise<void> {
    try {
      if (!(await this.isOperator(headers))) throw new Refused(httpRefusal("FORBIDDEN", "Metrics are for operators."));
      await reply.type(PROMETHEUS).send(await this.monitor.prometheus());
    } catch (error) {
      await fail(reply, error, this.backend.log);
    }
  }

  /** @throws Refused UNAUTHENTICATED */
  private async isOperator(headers: IncomingHttpHeaders): Promise<boolean> {
    return (await this.authenticator.caller(headers)).roles.includes("operator");
  }
}
