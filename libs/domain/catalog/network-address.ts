const whole = (digits: string): number => Number.parseInt(digits, 10);

/** IPv4 in the one spelling that everybody reads alike: four numbers without leading zeros. `127.1` is none. */
const ipv4 = (text: string): readonly number[] | null => {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && whole(part) <= 255))
    return null;
  return parts.map(whole);
};

/** The eight groups of an IPv6 address; null: it is none. A last IPv4 part counts as two groups. */
const ipv6 = (text: string): readonly number[] | null => {
  const last = text.slice(text.lastIndexOf(":") + 1);
  const quad = last.includes(".") ? ipv4(last) : null;
  const plain = quad
    ? `${text.slice(0, -last.length)}${(((quad[0] ?? 0) << 8) | (quad[1] ?? 0)).toString(16)}:${(((quad[2] ?? 0) << 8) | (quad[3] ?? 0)).toString(16)}`
    : text;
  const halves = plain.split("::");
  if (halves.length > 2) return null;
  const [before = [], after = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  if (![...before, ...after].every((group) => /^[\da-f]{1,4}$/.test(group))) return null;
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return [...before, ...Array.from({ length: missing }, () => "0"), ...after].map((group) =>
    Number.parseInt(group, 16),
  );
};

/** IPv6 as RFC 5952 writes it: the longest run of two or more zeros, the first of equals, is `::`. */
const ipv6Text = (groups: readonly number[]): string => {
  const hex = groups.map((group) => group.toString(16));
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  if (best.length === 1) return hex.join(":");
  return `${hex.slice(0, best.start).join(":")}::${hex.slice(best.start + best.length).join(":")}`;
};

const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;

/** A last label that is a number makes an IPv4 address of it for some resolvers (`127.1`, `0x7f000001`). */
const isDomainName = (text: string): boolean => {
  const labels = text.split(".");
  return (
    text.length <= 253 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^(?:\d+|0x[\da-f]*)$/.test(labels.at(-1) ?? "")
  );
};

/** An IP address or a domain name in its one spelling: lower case, no final dot; null: it is neither. */
export const hostOf = (given: string): string | null => {
  const text = given.trim().toLowerCase();
  if (ipv4(text)) return text;
  const groups = ipv6(text.replace(/^\[(.*)\]$/, "$1"));
  if (groups) return ipv6Text(groups);
  const name = text.replace(/\.$/, "");
  return isDomainName(name) ? name : null;
};

/** How wide a trusted network may be: 256 addresses of IPv4, one subnet of IPv6. */
export const NARROWEST = { ipv4: { from: 24, to: 32 }, ipv6: { from: 64, to: 128 } } as const;

/** A host, or a network `address/length` in its one spelling; null: it is neither, or wider than {@link NARROWEST}. */
export const networkOf = (given: string): string | null => {
  const [address = "", length, ...more] = given.trim().toLowerCase().split("/");
  if (length === undefined) return hostOf(address);
  const host = hostOf(address);
  if (more.length > 0 || host === null || !/^(?:0|[1-9]\d{0,2})$/.test(length)) return null;
  const bounds = ipv4(host) ? NARROWEST.ipv4 : host.includes(":") ? NARROWEST.ipv6 : null;
  if (!bounds || whole(length) < bounds.from || whole(length) > bounds.to) return null;
  return `${host}/${length}`;
};
