import { dateOf, type Instant, type LocalDate } from "../calendar.js";
import { networkOf } from "../catalog/network-address.js";
import { checkedHost, type SipContact } from "../catalog/voice-service.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Evolver,
} from "../event.js";
import { requireName } from "../input.js";
import { type Language } from "../language.js";
import { checkAll, type FieldPath, noSuchItem, reject } from "../rejection.js";
import { type Facts } from "../rejection-facts.js";

/** Where announcements are played: an endpoint as `npm run announcer` starts it, by UDP. */
export type Announcer = Pick<SipContact, "host" | "port">;

/** What an edge is told, and what is told to it (docs/voice.md#edge). */
export interface EdgeTerms {
  readonly name: string;
  /** Domain name of the numbers that are called here, beside those without a realm; null: only those. */
  readonly realm: string | null;
  /** IP addresses and networks (/24 to /32, IPv6 /64 to /128) that calls are taken from, 1 to 64. */
  readonly addresses: readonly string[];
  /** Where calls go that an account's redirection makes new ones; null: there are none. */
  readonly gateway: SipContact | null;
  /** Null: callers get bare codes. */
  readonly announcer: Announcer | null;
  /** Of announcements about numbers that nobody has. */
  readonly language: Language;
}

interface On {
  /** Day of recording, UTC. */
  readonly effectiveOn: LocalDate;
}
/** A SIP edge may ask and report with a secret from now on. */
export type EdgeRegistered = DomainEvent<
  "EdgeRegistered",
  EdgeTerms &
    On & {
      readonly edgeId: string;
      /** SHA-256 (hex) of the secret, of 256 random bits. The secret itself is nowhere. */
      readonly secretHash: string;
    }
>;
/** It has other terms, the whole of them. */
export type EdgeRevised = DomainEvent<"EdgeRevised", EdgeTerms & On>;
/** It has another secret beside the one that it had, which counts until an instant of the system's time. */
export type EdgeSecretRotated = DomainEvent<
  "EdgeSecretRotated",
  On & { readonly secretHash: string; readonly previousUntil: Instant }
>;
/** It is refused from now on, for good. */
export type EdgeRetired = DomainEvent<"EdgeRetired", On>;
export type EdgeEvent = EdgeRegistered | EdgeRevised | EdgeSecretRotated | EdgeRetired | CommandAccepted;

export const edgeEvents: CategoryEvents<"edge", EdgeEvent> = {
  category: "edge",
  types: {
    EdgeRegistered: { version: 1, movesCharges: false, callsForWork: false },
    EdgeRevised: { version: 1, movesCharges: false, callsForWork: false },
    EdgeSecretRotated: { version: 1, movesCharges: false, callsForWork: false },
    EdgeRetired: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export interface EdgeSecret {
  readonly hash: string;
  /** It counts until then, by the system's time; null: until another takes its place. */
  readonly until: Instant | null;
}

export interface Edge extends EdgeTerms {
  readonly edgeId: string;
  /** The present one; before it the one that it took the place of. */
  readonly secrets: readonly EdgeSecret[];
  readonly status: "REGISTERED" | "RETIRED";
}

export const edgeEvolver: Evolver<Edge | null, EdgeEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "EdgeRegistered": {
        const { effectiveOn: _, secretHash, ...terms } = event.data;
        return { ...terms, secrets: [{ hash: secretHash, until: null }], status: "REGISTERED" };
      }
      case "EdgeRevised": {
        const { effectiveOn: _, ...terms } = event.data;
        return state && { ...state, ...terms };
      }
      case "EdgeSecretRotated": {
        const { secretHash, previousUntil } = event.data;
        const previous = state?.secrets.slice(-1).map(({ hash }) => ({ hash, until: previousUntil })) ?? [];
        return state && { ...state, secrets: [...previous, { hash: secretHash, until: null }] };
      }
      case "EdgeRetired":
        return state && { ...state, status: "RETIRED" };
      case "CommandAccepted":
        return state;
    }
  },
};

/** The hashes of the secrets that count. @param now the system's time: credentials know no test clock */
export const validHashes = ({ secrets, status }: Edge, now: Instant): readonly string[] =>
  status === "RETIRED" ? [] : secrets.filter(({ until }) => until === null || now < until).map(({ hash }) => hash);

/** Terms as they are ordered: contacts without a port or transport have the usual ones. */
export interface GivenEdgeTerms extends Omit<EdgeTerms, "gateway" | "announcer"> {
  readonly gateway:
    | (Pick<SipContact, "host"> & {
        readonly port?: number | null;
        readonly transport?: SipContact["transport"] | null;
      })
    | null;
  readonly announcer: { readonly host: string; readonly port?: number | null } | null;
}

/** Addresses of one edge at most. */
export const MOST_ADDRESSES = 64;
const ANNOUNCER_PORT = 5070;
const GATEWAY_HOST = ["gateway", "host"];
const ANNOUNCER_HOST = ["announcer", "host"];

/** @throws Rejection VALIDATION_FAILED */
const checked = (terms: GivenEdgeTerms): EdgeTerms => {
  const { realm, addresses, gateway, announcer } = terms;
  const known = addresses.map(addressOf);
  const refuse = (message: string, field: FieldPath, facts: Facts): never => {
    throw reject("VALIDATION_FAILED", message, { field, facts });
  };
  const requirePort = (port: number | null | undefined, field: FieldPath) => {
    if (port != null && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
      refuse("port must be a whole number from 1 to 65535.", field, { case: "NOT_WITHIN", least: "1", most: "65535" });
  };
  checkAll(
    () => requireName(terms.name),
    () => realm !== null && checkedHost(realm, "realm"),
    () => {
      if (addresses.length === 0 || addresses.length > MOST_ADDRESSES)
        refuse(`addresses has 1 to ${MOST_ADDRESSES} items.`, "addresses", {
          ...{ case: "ITEMS_NOT_WITHIN", least: "1", most: String(MOST_ADDRESSES) },
        });
    },
    ...addresses.map((address, place) => () => {
      if (known[place] === null)
        refuse(
          `"${address}" is neither an IP address nor a network of /24 to /32 (IPv6: /64 to /128).`,
          ["addresses", place],
          { case: "NO_ADDRESS", address },
        );
    }),
    () => gateway && checkedHost(gateway.host, GATEWAY_HOST),
    () => {
      requirePort(gateway?.port, ["gateway", "port"]);
    },
    () => announcer && checkedHost(announcer.host, ANNOUNCER_HOST),
    () => {
      requirePort(announcer?.port, ["announcer", "port"]);
    },
  );
  const transport = gateway?.transport ?? "UDP";
  return {
    name: requireName(terms.name),
    realm: realm === null ? null : checkedHost(realm, "realm"),
    addresses: [...new Set(known.filter((address) => address !== null))],
    gateway: gateway && {
      host: checkedHost(gateway.host, GATEWAY_HOST),
      port: gateway.port ?? (transport === "TLS" ? 5061 : 5060),
      transport,
    },
    announcer: announcer && {
      host: checkedHost(announcer.host, ANNOUNCER_HOST),
      port: announcer.port ?? ANNOUNCER_PORT,
    },
    language: terms.language,
  };
};

/** An IP address or network in its one spelling; null: it is neither. A domain name is none: callers are not resolved. */
const addressOf = (given: string): string | null => {
  const known = networkOf(given);
  return known !== null && (known.includes(":") || /^[\d./]+$/.test(known)) ? known : null;
};

interface NewSecret {
  readonly secretHash: string;
  /** The system's time. */
  readonly now: Instant;
}

/** @throws Rejection VALIDATION_FAILED */
export const registerEdge = ({
  edgeId,
  secretHash,
  now,
  ...terms
}: GivenEdgeTerms & NewSecret & { readonly edgeId: string }): EdgeEvent[] => [
  { type: "EdgeRegistered", data: { edgeId, ...checked(terms), secretHash, effectiveOn: dateOf(now, "UTC") } },
];

/** What is left out stays. @throws Rejection VALIDATION_FAILED, CONFLICT for one that was retired */
export const reviseEdge = (
  { now, ...changes }: Partial<GivenEdgeTerms> & { readonly now: Instant },
  state: Edge | null,
): EdgeEvent[] => {
  const { edgeId: _, secrets: __, status: ___, ...before } = inUse(state);
  return [{ type: "EdgeRevised", data: { ...checked({ ...before, ...changes }), effectiveOn: dateOf(now, "UTC") } }];
};

const DAY_MS = 86_400_000;
const MOST_DAYS = 30;

/**
 * Another secret. The one before it counts until an instant, for a day unless given; one before that no more.
 * @throws Rejection VALIDATION_FAILED, INVALID_DATE, CONFLICT for one that was retired
 */
export const rotateEdgeSecret = (
  { secretHash, now, previousUntil }: NewSecret & { readonly previousUntil: Instant | null },
  state: Edge | null,
): EdgeEvent[] => {
  inUse(state);
  const until = new Date(previousUntil ?? Date.parse(now) + DAY_MS).toISOString();
  if (Date.parse(until) > Date.parse(now) + MOST_DAYS * DAY_MS) {
    throw reject("INVALID_DATE", `Two secrets count side by side for ${MOST_DAYS} days at most.`, {
      field: "previousUntil",
      facts: { case: "TWO_SECRETS_TOO_LONG", days: String(MOST_DAYS) },
    });
  }
  return [{ type: "EdgeSecretRotated", data: { secretHash, previousUntil: until, effectiveOn: dateOf(now, "UTC") } }];
};

/** Nothing where it was retired already. @throws Rejection VALIDATION_FAILED */
export const retireEdge = ({ now }: { readonly now: Instant }, state: Edge | null): EdgeEvent[] =>
  known(state).status === "RETIRED" ? [] : [{ type: "EdgeRetired", data: { effectiveOn: dateOf(now, "UTC") } }];

const known = (state: Edge | null): Edge => {
  if (state) return state;
  throw noSuchItem("edge", "edgeId");
};

const inUse = (state: Edge | null): Edge => {
  const edge = known(state);
  if (edge.status === "REGISTERED") return edge;
  throw reject("CONFLICT", "The edge was retired: register another one.", {
    ...{ field: "edgeId", facts: { case: "EDGE_RETIRED" } },
  });
};
