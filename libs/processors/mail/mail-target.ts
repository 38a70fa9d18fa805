import { type RenderedMail } from "#mail/render.js";
import { type Answer, type DeliveryTo, type Target } from "../deliveries/target.js";
import { type Attachment, type ComposedMail, composeMail } from "./composed.js";
import { MAILS_READ, prepareMail } from "./prepare.js";
import { type MailSender } from "./sender.js";

/** A mail that a person asked for, to see whether mails arrive and how they look. */
export interface TestMail extends RenderedMail {
  /** Makes its Message-ID. */
  readonly id: string;
  /** ISO instant. */
  readonly date: string;
  readonly providerName: string;
  readonly to: string;
  readonly attachments: readonly Attachment[];
}

/** The target EMAIL: mails to customers. */
export interface MailTarget extends Target {
  sendTest(provider: string, mail: TestMail, signal: AbortSignal): Promise<Answer>;
  /** Ends its connections. */
  close(): void;
}

/** Of an API on this machine, with the port that it has unless told otherwise. */
export const LOOPBACK_ORIGIN = "http://127.0.0.1:4000";

/**
 * @param senders of the providers that have a mail server
 * @param origin of the addresses that links lead to
 * @param otherwise how mails of the others leave; undefined: they have no mails
 */
export const mailTarget = (
  senders: ReadonlyMap<string, MailSender>,
  otherwise: MailSender | undefined,
  origin = LOOPBACK_ORIGIN,
): MailTarget => {
  const senderOf = (provider: string): MailSender | undefined => senders.get(provider) ?? otherwise;
  const required = (provider: string): MailSender => {
    const sender = senderOf(provider);
    if (!sender) throw new Error("mail is not configured for this provider.");
    return sender;
  };
  return {
    name: "EMAIL",
    isOn: (provider) => senderOf(provider) !== undefined,
    configuration: (provider) => senderOf(provider)?.configuration ?? [],
    reads: MAILS_READ,
    prepare: (delivery, sources) =>
      prepareMail(delivery as DeliveryTo<"EMAIL">, sources, { from: required(delivery.provider).from, origin }),
    send: (content, { provider, on, kind, id }, signal) =>
      required(provider).send(content as ComposedMail, `${on}-${kind}-${id}`, signal),
    verify: (provider, signal) => required(provider).verify(signal),
    async sendTest(provider, { id, date, providerName, to, attachments, ...mail }, signal) {
      const sender = required(provider);
      const composed = await composeMail(mail, {
        ...{ id, date, attachments },
        from: { ...sender.from, name: sender.from.name ?? providerName },
        to: { name: null, address: to },
      });
      return sender.send(composed, `${date.slice(0, 10)}-TEST-${id}`, signal);
    },
    close() {
      for (const sender of [...senders.values(), ...(otherwise ? [otherwise] : [])]) sender.close();
    },
  };
};
