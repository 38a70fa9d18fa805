import { describe, expect, it } from "vitest";
import { hostOf, networkOf } from "./network-address.js";

describe("a host", () => {
  it("has one spelling", () => {
    const given = [
      "127.0.0.31",
      " PBX.Example.com. ",
      "2001:DB8:0:0:0:0:0:1",
      "[::1]",
      "::",
      "::ffff:10.0.0.1",
      "localhost",
    ];
    expect(given.map(hostOf)).toEqual([
      "127.0.0.31",
      "pbx.example.com",
      "2001:db8::1",
      "::1",
      "::",
      "::ffff:a00:1",
      "localhost",
    ]);
    expect(hostOf("1:0:0:2:0:0:0:3")).toBe("1:0:0:2::3");
    expect(hostOf("1:0:2:3:4:5:6:7")).toBe("1:0:2:3:4:5:6:7");
  });

  it("is nothing that somebody reads in another way", () => {
    const given = ["127.1", "127.0.0.256", "127.0.0.01", "0x7f000001", "1.2.3", "a..b", "-a.b", "a_b", "", " ", "a b"];
    expect(given.map(hostOf)).toEqual(given.map(() => null));
    expect(
      ["1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":::", "12345::", "sip:a", "a;maddr=b"].map(hostOf),
    ).toEqual(Array.from({ length: 7 }, () => null));
  });
});

describe("a trusted network", () => {
  it("is a host, or at most 256 addresses of IPv4 or a subnet of IPv6", () => {
    const given = ["10.0.0.0/24", "10.0.0.1/32", "2001:DB8::/64", "::1/128", "pbx.example"];
    expect(given.map(networkOf)).toEqual(["10.0.0.0/24", "10.0.0.1/32", "2001:db8::/64", "::1/128", "pbx.example"]);
    const refused = [
      "10.0.0.0/23",
      "10.0.0.0/33",
      "2001:db8::/63",
      "::1/129",
      "pbx.example/24",
      "10.0.0.0/",
      "10.0.0.0/24/1",
    ];
    expect(refused.map(networkOf)).toEqual(refused.map(() => null));
  });
});
