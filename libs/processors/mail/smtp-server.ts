import { createTransport, type NodemailerError } from "nodemailer";
import { MASK } from "#configuration/integrations.js";
import { type Answer, type Verification } from "../deliveries/target.js";
import { answerOf } from "./answers.js";
import { type ComposedMail } from "./composed.js";
import { type SmtpConfiguration } from "./configuration.js";
import { type MailSender } from "./sender.js";

/**
 * Bounds of a server's connections, in milliseconds and counts. Together the waits are shorter than what the dispatcher
 * gives a try.
 */
export const SMTP_LIMITS = {
  maxConnections: 4,
  /** Mails that a connection carries before it is replaced. */
  maxMessages: 100,
  idleTimeout: 15_000,
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  /** Without a byte in either direction. */
  socketTimeout: 40_000,
};

/** Sends a provider's mails over its mail server. */
export const smtpServer = (configuration: SmtpConfiguration, limits: Partial<typeof SMTP_LIMITS> = {}): MailSender => {
  const { host, port, secure, requireTls, from, login } = configuration;
  const transport = createTransport({
    ...SMTP_LIMITS,
    ...limits,
    pool: true,
    // A connection that the server ended before it took a byte of the mail; it is not sent twice for it.
    maxRequeues: 1,
    ...{ host, port, secure, requireTLS: requireTls },
    ...(login && { auth: { user: login.user, pass: login.password }, forceAuth: true }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    from,
    configuration: [
      { key: "SMTP_URL", value: `${secure ? "smtps" : "smtp"}://${host}:${port}` },
      { key: "SMTP_FROM", value: from.name === null ? from.address : `${from.name} <${from.address}>` },
      ...(login
        ? [
            { key: "SMTP_USER", value: login.user },
            { key: "SMTP_PASSWORD", value: MASK },
          ]
        : []),
    ],
    async send({ from: sender, to, message }: ComposedMail, _file, signal): Promise<Answer> {
      try {
        await transport.sendMail({ envelope: { from: sender, to: [to] }, raw: message, signal });
        return { outcome: "DELIVERED" };
      } catch (error) {
        return answerOf(error as NodemailerError);
      }
    },
    async verify(signal): Promise<Verification> {
      try {
        await Promise.race([transport.verify(), aborted(signal)]);
        return {
          ok: true,
          message: login ? "The mail server answers and took the login." : "The mail server answers.",
        };
      } catch (error) {
        const answer = answerOf(error as NodemailerError);
        return { ok: false, message: "error" in answer ? answer.error : "The mail server does not answer." };
      }
    },
    close() {
      transport.close();
    },
  };
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(new Error("No answer in time."));
    });
  });
