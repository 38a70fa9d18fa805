import { type FastifyInstance } from "fastify";

/** Every answer 401 says how to come in, as HTTP asks for (RFC 9110, section 11.6.1). */
export const challenge = (server: FastifyInstance): void => {
  server.addHook("onSend", (_request, reply, _payload, done) => {
    if (reply.statusCode === 401) void reply.header("www-authenticate", "Bearer");
    done();
  });
};
