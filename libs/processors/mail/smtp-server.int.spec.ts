import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { simpleParser } from "mailparser";
import { type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { composeMail } from "./composed.js";
import { type SmtpConfiguration } from "./configuration.js";
import { type MailSender } from "./sender.js";
import { smtpServer } from "./smtp-server.js";
import { saying, startMailServer } from "./spec-support/mail-server.js";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const never = (): AbortSignal => new AbortController().signal;
/** So short that no spec waits for long, where a server says nothing. */
const SHORT = { connectionTimeout: 500, greetingTimeout: 500, socketTimeout: 500 };
/** Whatever the machine has to do besides. */
const LONG = { connectionTimeout: 60_000, greetingTimeout: 60_000, socketTimeout: 60_000 };
type Limits = Parameters<typeof smtpServer>[1];

const sender = (configuration: SmtpConfiguration, limits: Limits = LONG): MailSender => {
  const made = smtpServer(configuration, limits);
  closing.push(() => {
    made.close();
  });
  return made;
};

const served = async (
  options: SMTPServerOptions = {},
  changes: Partial<SmtpConfiguration> = {},
  limits: Limits = LONG,
) => {
  const server = await startMailServer(options, changes);
  closing.push(() => server.close());
  return { server, mails: sender(server.configuration, limits) };
};

const mail = (id = "1", to = "ann@example.org") =>
  composeMail(
    { subject: "Hello", text: "One\n.\n..two\nè", html: "<p>One</p>" },
    {
      ...{ id, date: "2020-08-01T10:00:00.000Z" },
      from: { name: "Example", address: "billing@example.com" },
      to: { name: "Ann", address: to },
    },
  );

/** A server that is no mail server: what it does with a connection is up to the spec. */
const tcp = async (onSocket: (socket: Socket) => void): Promise<SmtpConfiguration> => {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...{ host: "127.0.0.1", port, secure: false, requireTls: false, login: null },
    from: { name: null, address: "billing@example.com" },
  };
};

describe("a mail server that takes mails", () => {
  it("gets the bytes that were composed, with the envelope's addresses", async () => {
    const { server, mails } = await served();
    const composed = await mail();
    expect(await mails.send(composed, "file", never())).toEqual({ outcome: "DELIVERED" });
    expect(server.taken).toEqual([{ from: "billing@example.com", to: ["ann@example.org"], message: composed.message }]);
    const { subject, text, html, messageId } = await simpleParser(composed.message);
    expect({ subject, text: text?.trim(), html, messageId }).toEqual({
      ...{ subject: "Hello", text: "One\n.\n..two\nè", html: "<p>One</p>" },
      messageId: "<1@example.com>",
    });
  });

  it("gets the same bytes again in a retry", async () => {
    let failures = 0;
    const { server, mails } = await served({
      onRcptTo: (_address, _session, done) => {
        done((failures += 1) === 1 ? saying(450, "4.7.1 Greylisted, try again in 5 minutes") : null);
      },
    });
    const composed = await mail();
    const kept = JSON.parse(JSON.stringify(composed)) as typeof composed;
    expect(await mails.send(composed, "file", never())).toEqual({
      outcome: "FAILED",
      error: "The mail server said: 450 4.7.1 Greylisted, try again in 5 minutes",
    });
    expect(await mails.send(kept, "file", never())).toEqual({ outcome: "DELIVERED" });
    expect(server.taken.map(({ message }) => message)).toEqual([composed.message]);
  });

  it("is spared connections: they are bounded, carry several mails each, and survive a refusal", async () => {
    const { server, mails } = await served({
      onRcptTo: ({ address }, _session, done) => {
        done(address.startsWith("nobody") ? saying(550, "5.1.1 No such user") : null);
      },
    });
    const composed = await Promise.all(
      Array.from({ length: 24 }, (_, index) => mail(String(index), index % 3 === 0 ? "nobody@example.org" : undefined)),
    );
    const answers = await Promise.all(composed.map((one) => mails.send(one, "file", never())));
    const outcomes = (wanted: string) => answers.filter(({ outcome }) => outcome === wanted).length;
    expect([outcomes("DELIVERED"), outcomes("REFUSED"), server.taken.length]).toEqual([16, 8, 16]);
    expect(server.connections).toEqual({ total: 4, most: 4 });
  });

  it("goes on after it closed an idle connection", async () => {
    const { server, mails } = await served({ socketTimeout: 200 });
    await mails.send(await mail("1"), "file", never());
    await expect.poll(() => server.open()).toBe(0);
    // What the server has closed is read.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await mails.send(await mail("2"), "file", never())).toEqual({ outcome: "DELIVERED" });
    expect(server.taken).toHaveLength(2);
  });
});

describe("what a mail server says", () => {
  const at = (place: "onMailFrom" | "onRcptTo", code: number, words: string): SMTPServerOptions => ({
    [place]: (_address: unknown, _session: unknown, done: (error: Error) => void) => {
      done(saying(code, words));
    },
  });
  const afterData = (code: number, words: string): SMTPServerOptions => ({
    onData: (stream, _session, done) => {
      stream.resume().on("end", () => {
        done(saying(code, words));
      });
    },
  });

  it.each([
    ["REFUSED", "of an unknown recipient", at("onRcptTo", 550, "5.1.1 No such user")],
    ["FAILED", "of a recipient that it greylists", at("onRcptTo", 451, "4.7.1 Greylisted")],
    ["DOWN", "who says that it goes", at("onRcptTo", 421, "4.3.2 Service not available")],
    ["REFUSED", "of a mail that it does not like", afterData(554, "5.7.1 Looks like spam")],
    ["FAILED", "of a mail that it cannot store now", afterData(452, "4.3.1 Out of space")],
    ["DOWN", "of our sender: that is about all mails", at("onMailFrom", 550, "5.7.1 Sender refused")],
    ["DOWN", "of us for now", at("onMailFrom", 451, "4.7.0 Too many mails from you")],
    ["REFUSED", "of the size that it was told", at("onMailFrom", 552, "5.3.4 Too big")],
    ["DOWN", "who wants a login with the recipient", at("onRcptTo", 530, "5.7.0 Authentication required")],
    [
      "DOWN",
      "in its greeting",
      {
        onConnect: (_session, done) => {
          done(saying(554, "No service for you"));
        },
      },
    ],
  ] satisfies [string, string, SMTPServerOptions][])("means %s %s", async (outcome, _why, options) => {
    const { server, mails } = await served(options);
    const answer = await mails.send(await mail(), "file", never());
    expect(answer.outcome).toBe(outcome);
    expect(server.taken).toEqual([]);
  });

  it("means DOWN of a login, and shows no password", async () => {
    const login = { user: "tenure", password: "hunter2" };
    const { mails } = await served(
      {
        authOptional: false,
        onAuth: (auth, _session, done) => {
          if (auth.password === "right") done(null, { user: auth.username });
          else done(saying(535, "5.7.8 Authentication failed"));
        },
      },
      { login },
    );
    const error = "The mail server refused the login: 535 5.7.8 Authentication failed";
    expect(await mails.send(await mail(), "file", never())).toEqual({ outcome: "DOWN", error });
    expect(await mails.verify(never())).toEqual({ ok: false, message: error });
    expect(JSON.stringify(mails.configuration)).not.toContain("hunter2");
  });

  it("means DOWN where it wants a login and none is configured", async () => {
    const { mails } = await served({ authOptional: false });
    expect((await mails.send(await mail(), "file", never())).outcome).toBe("DOWN");
  });

  it("is delivered with the right login", async () => {
    const { server } = await served(
      {
        authOptional: false,
        onAuth: (auth, _session, done) => {
          done(null, { user: auth.username });
        },
      },
      { login: { user: "tenure", password: "right" } },
    );
    const mails = sender(server.configuration);
    expect(await mails.verify(never())).toEqual({ ok: true, message: "The mail server answers and took the login." });
    expect(await mails.send(await mail(), "file", never())).toEqual({ outcome: "DELIVERED" });
  });
});

describe("a mail server that is out of order means DOWN", () => {
  const outcome = async (configuration: SmtpConfiguration, limits?: Limits) =>
    (await sender(configuration, limits).send(await mail(), "file", never())).outcome;

  it("where nobody listens", async () => {
    const { server } = await served();
    await server.close();
    expect(await outcome(server.configuration)).toBe("DOWN");
    const found = await sender(server.configuration).verify(never());
    expect(found).toMatchObject({ ok: false, message: expect.stringContaining("ECONNREFUSED") as string });
  });

  it("where it never greets", async () => {
    expect(await outcome(await tcp(() => undefined), SHORT)).toBe("DOWN");
  });

  it("where it ends each connection", async () => {
    expect(await outcome(await tcp((socket) => socket.destroy()))).toBe("DOWN");
  });

  it("where it hangs up in the middle of a mail, which is not sent again at once", async () => {
    let begun = 0;
    const { server, mails } = await served({
      onData: (stream) => {
        begun += 1;
        stream.once("data", () => {
          server.breakOff();
        });
      },
    });
    expect((await mails.send(await mail(), "file", never())).outcome).toBe("DOWN");
    expect([begun, server.taken]).toEqual([1, []]);
  });

  it("where it never answers a mail", async () => {
    const neverDone: SMTPServerOptions = {
      onData: (stream) => {
        stream.resume();
      },
    };
    const { mails } = await served(neverDone, {}, SHORT);
    expect((await mails.send(await mail(), "file", never())).outcome).toBe("DOWN");
  });

  it("where it trickles its answers for longer than a try may take", async () => {
    const trickling = await tcp((socket) => {
      socket.write("220-");
      const timer = setInterval(() => socket.write("a"), 50);
      socket.on("close", () => {
        clearInterval(timer);
      });
    });
    const mails = sender(trickling, { ...SHORT, greetingTimeout: 60_000 });
    const answer = await mails.send(await mail(), "file", AbortSignal.timeout(700));
    expect(answer.outcome).toBe("DOWN");
  });

  it("where its certificate is nobody's", async () => {
    const { server, mails } = await served({ disabledCommands: [] });
    expect(await mails.send(await mail(), "file", never())).toMatchObject({
      outcome: "DOWN",
      error: expect.stringContaining("certificate") as string,
    });
    expect(server.taken).toEqual([]);
  });

  it("where a password would go out in the clear", async () => {
    const { server } = await served({}, { requireTls: true, login: { user: "a", password: "b" } });
    expect(await outcome(server.configuration)).toBe("DOWN");
  });
});

describe("what is broken off", () => {
  it("frees its connection for the others", async () => {
    const broken = new AbortController();
    const { server, mails } = await served({
      onRcptTo: (_address, _session, done) => {
        if (broken.signal.aborted) done();
        else broken.abort();
      },
    });
    const answer = mails.send(await mail("1"), "file", broken.signal);
    expect((await answer).outcome).toBe("DOWN");
    expect(await mails.send(await mail("2"), "file", never())).toEqual({ outcome: "DELIVERED" });
    expect(server.taken).toHaveLength(1);
  });
});
