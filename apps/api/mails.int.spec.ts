import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { mailTarget } from "#processors/mail/mail-target.js";
import { smtpServer } from "#processors/mail/smtp-server.js";
import { type MailServer, startMailServer } from "#processors/mail/spec-support/mail-server.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
let server: MailServer;
/** Of a provider with a mail server, and of one without. */
let client: Client;
let unmailed: Client;
let customerId: string;

beforeAll(async () => {
  bench = await startBench();
  server = await startMailServer();
  client = await bench.provider("2020-07-01T12:00:00Z");
  unmailed = await bench.provider("2020-07-01T12:00:00Z");
  const own = new Map([[client.providerId ?? "", smtpServer(server.configuration)]]);
  const { url } = await bench.api({}, [mailTarget(own, undefined)]);
  client = new Client(url, client.providerId);
  unmailed = new Client(url, unmailed.providerId);
  const story = await tellStory(client);
  ({ customerId } = story);
  await client.run("changeCustomerContact", { customerId, name: "Jane <Doe>", email: "jane@example.org" });
  await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId });
});
afterAll(async () => {
  await bench.stop();
  await server.close();
});

const SHOWN = "to subject text html attachments isSample";
const preview = async (mail: object): Promise<Record<string, unknown>> => {
  const query = `query ($mail: CustomerMailInput!) { previewMail(mail: $mail) { ${SHOWN} } }`;
  return ((await client.query(query, { mail: { customerId, ...mail } })) as { previewMail: Record<string, unknown> })
    .previewMail;
};
const refusedPreview = async (mail: object): Promise<unknown[]> => {
  const query = `query ($mail: CustomerMailInput!) { previewMail(mail: $mail) { ${SHOWN} } }`;
  const { errors } = await client.ask(query, { mail: { customerId, ...mail } });
  return errors.map(({ message, extensions: { code, inputPath } }) => [code, inputPath, message]);
};
const sendTest = (as: Client, input: object) =>
  as.ask("mutation ($input: SendTestMailInput!) { sendTestMail(input: $input) { sent message } }", { input });

describe("a preview of a mail", () => {
  it("names variables where the customer has nothing that the mail could be about", async () => {
    expect(await preview({ kind: "INVOICE_GENERATED" })).toMatchObject({
      to: "jane@example.org",
      subject: expect.stringMatching(/^Your invoice \[invoice\.number\] from Provider /) as string,
      text: expect.stringContaining("Dear Jane <Doe>,") as string,
      attachments: [],
      isSample: true,
    });
  });

  it("is the mail that the customer would get", async () => {
    await bench.advance(client, "2020-08-01T12:00:00Z");
    await doDaysWork(bench, client, "2020-08-01T12:00:00.000Z");
    const { text, ...mail } = await preview({ kind: "INVOICE_GENERATED" });
    expect((text as string).replaceAll("\u00a0", " ")).toContain("Please pay $15.00 by 15 August 2020;");
    expect(mail).toMatchObject({
      subject: expect.stringContaining("INV-000001") as string,
      html: expect.stringContaining("Jane &lt;Doe&gt;") as string,
      attachments: ["INV-000001.pdf"],
      isSample: false,
    });
  });

  it.each([
    ["COMMITMENT_ENDING_SOON", false],
    ["COMMITMENT_TERMINATED", true],
    ["DISCOUNT_ENDED", false],
    ["INVOICE_OVERDUE", true],
    ["REMINDER", true],
    ["ABOUT_TO_BE_SUSPENDED", true],
    ["SUSPENDED", true],
    ["PAYMENT_RECEIVED", true],
  ])("of the kind %s is a sample: %s", async (kind, isSample) => {
    expect(await preview({ kind })).toMatchObject({ isSample, to: "jane@example.org" });
  });

  it("tries a text that is not defined", async () => {
    const draft = { subject: "{{on}}", text: "{{customer.name}}", html: "<p>{{customer.name}}</p>" };
    const dates = { name: "MM_DD_YY" };
    expect(await preview({ kind: "SUSPENDED", draft: { ...draft, dates } })).toMatchObject({
      subject: "08-01-20",
      text: "Jane <Doe>",
      html: "<p>Jane &lt;Doe&gt;</p>",
    });
    expect(await refusedPreview({ kind: "SUSPENDED", draft: { ...draft, text: "a\n{{b}}" } })).toEqual([
      [
        "VALIDATION_FAILED",
        ["mail", "draft", "text"],
        "text, line 2, column 3: there is no variable b in mails of the kind SUSPENDED.",
      ],
    ]);
  });

  it("is of a customer of the provider", async () => {
    expect(await refusedPreview({ kind: "SUSPENDED", customerId: client.providerId })).toEqual([
      ["CUSTOMER_NOT_FOUND", ["mail", "customerId"], "There is no such customer."],
    ]);
  });
});

describe("a test mail", () => {
  it("says that mails arrive", async () => {
    const { data } = await sendTest(client, { to: "me@example.net" });
    expect(data).toEqual({ sendTestMail: { sent: true, message: "The mail was taken." } });
    const taken = server.taken.at(-1);
    expect([taken?.from, taken?.to]).toEqual(["billing@example.com", ["me@example.net"]]);
    const { subject, date } = await simpleParser(taken?.message ?? "");
    expect(subject).toMatch(/^Test mail of Provider /);
    expect(date).toEqual(new Date("2020-08-01T12:00:00Z"));
  });

  it("shows what a customer would get, to whom is asked for alone", async () => {
    await sendTest(client, { to: "me@example.net", mail: { kind: "INVOICE_GENERATED", customerId } });
    const taken = server.taken.at(-1);
    expect(taken?.to).toEqual(["me@example.net"]);
    const { subject, to, attachments } = await simpleParser(taken?.message ?? "");
    expect(subject).toContain("Your invoice INV-000001");
    expect([to].flat().map((one) => one?.text)).toEqual(["me@example.net"]);
    expect(attachments.map(({ filename }) => filename)).toEqual(["INV-000001.pdf"]);
  });

  it("is refused without an address or a mail server, and says when it was not taken", async () => {
    const refused = async (as: Client, input: object) =>
      (await sendTest(as, input)).errors.map(({ message, extensions: { code, field } }) => [code, field, message]);
    expect(await refused(client, { to: "a@example.net, b@example.net" })).toEqual([
      ["VALIDATION_FAILED", "to", "to is not one e-mail address."],
    ]);
    expect(await refused(unmailed, { to: "me@example.net" })).toEqual([
      ["CONFLICT", undefined, "Mail is not configured for this provider."],
    ]);
    const port = { port: 1 };
    const down = smtpServer({ ...server.configuration, ...port });
    const { url } = await bench.api({}, [mailTarget(new Map(), down)]);
    const { data } = await sendTest(new Client(url, client.providerId), { to: "me@example.net" });
    expect(data).toEqual({
      sendTestMail: { sent: false, message: expect.stringContaining("ECONNREFUSED") as string },
    });
  });
});

interface Shown {
  readonly targets: readonly { readonly name: string }[];
}
interface Verified {
  readonly verifyTargets: readonly object[];
}

describe("the target EMAIL", () => {
  it("is shown with its server, and verified", async () => {
    const shown = (await client.query("{ targets { name on configuration { key value } } }")) as Shown;
    expect(shown.targets.filter(({ name }) => name === "EMAIL")).toEqual([
      {
        ...{ name: "EMAIL", on: true },
        configuration: [
          { key: "SMTP_URL", value: `smtp://127.0.0.1:${server.configuration.port}` },
          { key: "SMTP_FROM", value: "billing@example.com" },
        ],
      },
    ]);
    const verify = "mutation { verifyTargets { target ok message } }";
    const [mail] = ((await client.query(verify)) as Verified).verifyTargets;
    expect(mail).toEqual({ target: "EMAIL", ok: true, message: "The mail server answers." });
    const [off] = ((await unmailed.query(verify)) as Verified).verifyTargets;
    expect(off).toEqual({ target: "EMAIL", ok: false, message: "It is not configured for this provider." });
  });
});
