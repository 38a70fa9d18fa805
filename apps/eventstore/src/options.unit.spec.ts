import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.js";

const TLS = ["--tls-certificate", "cert.pem", "--tls-key", "key.pem"];

describe("the server's options", () => {
  it("are a folder, and loopback without TLS by default", () => {
    expect(parseOptions(["--data", "d"])).toEqual({
      data: "d",
      host: "127.0.0.1",
      port: 2113,
      advertisedHost: "127.0.0.1",
    });
  });

  it.each(["localhost", "::1", "127.0.0.2"])("let it listen on %s without TLS", (host) => {
    expect(parseOptions(["--data", "d", "--host", host]).host).toBe(host);
  });

  it("let it listen anywhere with TLS and users, and be known by another name", () => {
    const args = ["--data", "d", "--host", "0.0.0.0", ...TLS, "--users", "u.json", "--advertised-host", "es.example"];
    expect(parseOptions(args)).toEqual({
      data: "d",
      host: "0.0.0.0",
      port: 2113,
      advertisedHost: "es.example",
      tls: { certificate: "cert.pem", key: "key.pem" },
      users: "u.json",
    });
  });

  it.each([
    ["neither TLS nor users", []],
    ["TLS and no users", TLS],
  ])("never open it beyond loopback with %s", (_, more) => {
    expect(() => parseOptions(["--data", "d", "--host", "10.0.0.1", ...more])).toThrow(
      "--host 10.0.0.1 is not a loopback address, and without TLS and users the server listens on loopback only",
    );
  });

  it("have no users without TLS, not even on loopback", () => {
    expect(() => parseOptions(["--data", "d", "--users", "u.json"])).toThrow(
      "--users needs --tls-certificate and --tls-key: passwords would go over the wire in the clear",
    );
  });

  it("name a certificate and its key together", () => {
    expect(() => parseOptions(["--data", "d", "--tls-key", "key.pem"])).toThrow(/go together/);
  });
});
