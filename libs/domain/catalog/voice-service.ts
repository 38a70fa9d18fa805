import { checkAll, type FieldPath, noSuchItem, reject } from "../rejection.js";
import { type Currency } from "../money.js";
import { type Language } from "../language.js";
import { hostOf } from "./network-address.js";

export const sipTransports = ["UDP", "TCP", "TLS"] as const;
export type SipTransport = (typeof sipTransports)[number];

/** Where calls to an account are sent: `sip:<account id>@<host>:<port>;transport=<transport>`. */
export interface SipContact {
  /** An IP address or a domain name, lower case. */
  readonly host: string;
  readonly port: number;
  readonly transport: SipTransport;
}

/**
 * What calls of an account need to know (docs/rules.md#voice). A product says it for its accounts, an account for
 * itself; what an account leaves null is its product's.
 */
export interface VoiceService {
  /** Null on both: redirections are not followed. */
  readonly servicePolicyId: string | null;
  readonly sipContact: SipContact | null;
  /** Calls at the same time; null on both: as many as there are. */
  readonly maxCalls: number | null;
  /** The longest call; null on both: {@link DEFAULT_MAX_SECONDS}. */
  readonly maxSeconds: number | null;
  /** What calls to the account, and from it, are rated by; null on both: there is no rate. */
  readonly incomingTariffId: string | null;
  readonly outgoingTariffId: string | null;
  /** Of announcements; null on both: that of the customer's class. */
  readonly language: Language | null;
}

/** Four hours. */
export const DEFAULT_MAX_SECONDS = 14_400;
/** A day, in seconds: no call may last longer. */
export const LONGEST_CALL = 86_400;

export const NO_VOICE_SERVICE: VoiceService = {
  servicePolicyId: null,
  sipContact: null,
  maxCalls: null,
  maxSeconds: null,
  incomingTariffId: null,
  outgoingTariffId: null,
  language: null,
};

const DEFAULT_PORTS: Readonly<Record<SipTransport, number>> = { UDP: 5060, TCP: 5060, TLS: 5061 };

/** A contact as it is ordered: what is left out is UDP at its usual port. */
export interface GivenSipContact {
  readonly host: string;
  readonly port?: number | null;
  readonly transport?: SipTransport | null;
}

/** A voice service as it is ordered: what is left out is null. */
export type GivenVoiceService = Partial<Omit<VoiceService, "sipContact">> & {
  readonly sipContact?: GivenSipContact | null;
};

/** Those of the named policies and tariffs that the catalog has, tariffs with their currencies. */
export interface VoiceItems {
  readonly servicePolicies: ReadonlySet<string>;
  readonly tariffs: ReadonlyMap<string, Currency>;
}

/** The ids that a voice service names. */
export const itemsOf = (given: GivenVoiceService | null | undefined): readonly string[] =>
  [given?.servicePolicyId, given?.incomingTariffId, given?.outgoingTariffId].filter((id) => id != null);

/**
 * @param at the way from the input to the voice service
 * @throws Rejection VALIDATION_FAILED
 */
export const checkedVoiceService = (
  given: GivenVoiceService,
  at: readonly string[],
  items: VoiceItems,
): VoiceService => {
  const { maxCalls = null, maxSeconds = null, sipContact = null } = given;
  const within = (value: number | null, most: number, ...field: readonly string[]) => {
    if (value === null || (Number.isInteger(value) && value >= 1 && value <= most)) return;
    throw reject("VALIDATION_FAILED", `${field.join(".")} must be a whole number from 1 to ${most}.`, {
      field: [...at, ...field],
      facts: { case: "NOT_WITHIN", least: "1", most: String(most) },
    });
  };
  checkAll(
    () => {
      within(maxCalls, 10_000, "maxCalls");
    },
    () => {
      within(maxSeconds, LONGEST_CALL, "maxSeconds");
    },
    () => {
      within(sipContact?.port ?? null, 65_535, "sipContact", "port");
    },
    () => {
      const id = given.servicePolicyId ?? null;
      if (id === null || items.servicePolicies.has(id)) return;
      throw noSuchItem("service policy", [...at, "servicePolicyId"]);
    },
    ...(["incomingTariffId", "outgoingTariffId"] as const).map((name) => () => {
      const id = given[name] ?? null;
      if (id === null || items.tariffs.has(id)) return;
      throw noSuchItem("tariff", [...at, name]);
    }),
    () => sipContact && checkedHost(sipContact.host, [...at, "sipContact", "host"]),
  );
  return {
    servicePolicyId: given.servicePolicyId ?? null,
    sipContact: sipContact && checkedContact(sipContact, at),
    maxCalls,
    maxSeconds,
    incomingTariffId: given.incomingTariffId ?? null,
    outgoingTariffId: given.outgoingTariffId ?? null,
    language: given.language ?? null,
  };
};

const checkedContact = ({ host, port, transport }: GivenSipContact, at: readonly string[]): SipContact => {
  const by = transport ?? "UDP";
  return { host: checkedHost(host, [...at, "sipContact", "host"]), port: port ?? DEFAULT_PORTS[by], transport: by };
};

/** A host in its one spelling. @throws Rejection VALIDATION_FAILED */
export const checkedHost = (host: string, field: FieldPath): string => {
  const known = hostOf(host);
  if (known !== null) return known;
  throw reject("VALIDATION_FAILED", `"${host}" is neither an IP address nor a domain name.`, {
    ...{ field, facts: { case: "NO_HOST", host } },
  });
};
