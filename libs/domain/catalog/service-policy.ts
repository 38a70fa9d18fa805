import { type LocalDate } from "../calendar.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Evolver,
} from "../event.js";
import { requireName } from "../input.js";
import { checkAll, noSuchItem, reject } from "../rejection.js";
import { networkOf } from "./network-address.js";

/** What is done with a redirection to an address that is not trusted. */
export const redirectActions = ["REJECT", "NEW_CALL_AUTHORIZATION"] as const;
export type RedirectAction = (typeof redirectActions)[number];

/** Of a service of the type VOICE, the only one. An attribute that is null is not enabled. */
export interface ServicePolicyTerms {
  readonly name: string;
  readonly description: string | null;
  readonly redirectAction: RedirectAction | null;
  /** IP addresses, domain names and networks to which a call is redirected without asking, 1 to 64. */
  readonly trustedNetworks: readonly string[] | null;
}

interface On {
  readonly effectiveOn: LocalDate;
}
/** How a service is given to accounts was put into the catalog. */
export type ServicePolicyDefined = DomainEvent<
  "ServicePolicyDefined",
  ServicePolicyTerms & On & { readonly servicePolicyId: string; readonly service: "VOICE" }
>;
/** It is given in another way from now on, to the accounts that have it as well. */
export type ServicePolicyRevised = DomainEvent<"ServicePolicyRevised", ServicePolicyTerms & On>;
export type ServicePolicyEvent = ServicePolicyDefined | ServicePolicyRevised | CommandAccepted;

export const servicePolicyEvents: CategoryEvents<"servicepolicy", ServicePolicyEvent> = {
  category: "servicepolicy",
  types: {
    ServicePolicyDefined: { version: 1, movesCharges: false, callsForWork: false },
    ServicePolicyRevised: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export type ServicePolicy = Omit<ServicePolicyDefined["data"], "effectiveOn">;

export const servicePolicyEvolver: Evolver<ServicePolicy | null, ServicePolicyEvent> = {
  initial: null,
  evolve(state, event) {
    if (event.type === "CommandAccepted") return state;
    const { effectiveOn: _, ...terms } = event.data;
    return "servicePolicyId" in terms ? terms : state && { ...state, ...terms };
  },
};

/** Trusted networks of one policy at most. */
export const MOST_NETWORKS = 64;

/** @throws Rejection VALIDATION_FAILED */
const checked = ({ name, description, redirectAction, trustedNetworks }: ServicePolicyTerms): ServicePolicyTerms => {
  const networks = trustedNetworks?.map((network) => ({ network, known: networkOf(network) }));
  checkAll(
    () => requireName(name),
    () => {
      if (!networks || (networks.length >= 1 && networks.length <= MOST_NETWORKS)) return;
      throw reject("VALIDATION_FAILED", `trustedNetworks has 1 to ${MOST_NETWORKS} items; null: not enabled.`, {
        field: "trustedNetworks",
        facts: { case: "ITEMS_NOT_WITHIN", least: "1", most: String(MOST_NETWORKS) },
      });
    },
    ...(networks ?? []).map(({ network, known }, place) => () => {
      if (known !== null) return;
      const what = "an IP address, a domain name, or a network of /24 to /32 (IPv6: /64 to /128)";
      throw reject("VALIDATION_FAILED", `"${network}" is not ${what}.`, {
        field: ["trustedNetworks", place],
        facts: { case: "NO_NETWORK", network },
      });
    }),
  );
  return {
    name: requireName(name),
    description,
    redirectAction,
    trustedNetworks: networks ? [...new Set(networks.flatMap(({ known }) => known ?? []))] : null,
  };
};

/** @throws Rejection VALIDATION_FAILED */
export const defineServicePolicy = ({
  on,
  servicePolicyId,
  ...terms
}: ServicePolicyTerms & { readonly servicePolicyId: string; readonly on: LocalDate }): ServicePolicyEvent[] => [
  { type: "ServicePolicyDefined", data: { servicePolicyId, service: "VOICE", ...checked(terms), effectiveOn: on } },
];

/** What is left out stays. @throws Rejection VALIDATION_FAILED */
export const reviseServicePolicy = (
  { on, ...changes }: Partial<ServicePolicyTerms> & { readonly on: LocalDate },
  state: ServicePolicy | null,
): ServicePolicyEvent[] => {
  if (!state) throw noSuchItem("service policy", "servicePolicyId");
  const { servicePolicyId: _, service: __, ...before } = state;
  return [{ type: "ServicePolicyRevised", data: { ...checked({ ...before, ...changes }), effectiveOn: on } }];
};
