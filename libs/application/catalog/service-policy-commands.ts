import {
  defineServicePolicy,
  type RedirectAction,
  reviseServicePolicy,
  servicePolicyEvolver,
} from "#domain/catalog/service-policy.js";
import { commandsOn } from "../command/definition.js";
import { catalogDay } from "./commands.js";

export interface DefineServicePolicy {
  readonly name: string;
  readonly description?: string | null;
  readonly redirectAction?: RedirectAction | null;
  readonly trustedNetworks?: readonly string[] | null;
}
export interface ReviseServicePolicy {
  readonly servicePolicyId: string;
  readonly name?: string;
  readonly description?: string | null;
  readonly redirectAction?: RedirectAction | null;
  readonly trustedNetworks?: readonly string[] | null;
}

const onServicePolicy = commandsOn("servicepolicy", servicePolicyEvolver);

export const servicePolicyCommands = {
  defineServicePolicy: onServicePolicy({
    target: (_input: DefineServicePolicy, { newId }) => newId("servicepolicy"),
    decide: ({ name, description = null, redirectAction = null, trustedNetworks = null }, { id, now }) =>
      defineServicePolicy({
        ...{ servicePolicyId: id, name, description, redirectAction, trustedNetworks, on: catalogDay(now) },
      }),
  }),
  reviseServicePolicy: onServicePolicy({
    target: ({ servicePolicyId }: ReviseServicePolicy) => servicePolicyId,
    decide: ({ servicePolicyId: _, ...changes }, { state, now }) =>
      reviseServicePolicy({ ...changes, on: catalogDay(now) }, state),
  }),
};
