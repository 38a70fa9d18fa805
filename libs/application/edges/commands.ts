import { type Instant } from "#domain/calendar.js";
import { type SipTransport } from "#domain/catalog/voice-service.js";
import { DEFAULT_LANGUAGE, type Language } from "#domain/language.js";
import { edgeEvolver, registerEdge, retireEdge, reviseEdge, rotateEdgeSecret } from "#domain/voice/edge.js";
import { commandsOn } from "../command/definition.js";
import { type NewSecret, newSecret } from "../keys/secret.js";

export interface GivenGateway {
  readonly host: string;
  readonly port?: number | null;
  readonly transport?: SipTransport | null;
}
export interface GivenAnnouncer {
  readonly host: string;
  readonly port?: number | null;
}
export interface RegisterEdge {
  readonly name: string;
  readonly realm?: string | null;
  readonly addresses: readonly string[];
  readonly gateway?: GivenGateway | null;
  readonly announcer?: GivenAnnouncer | null;
  readonly language?: Language;
}
export interface ReviseEdge extends Partial<RegisterEdge> {
  readonly edgeId: string;
}
export interface RotateEdgeSecret {
  readonly edgeId: string;
  /** Until when the previous secret counts; null: for a day. */
  readonly previousUntil?: Instant | null;
}
export interface RetireEdge {
  readonly edgeId: string;
}

const command = commandsOn("edge", edgeEvolver);

/** Made here, not in the decider, which is pure; made anew when the command is decided again. */
const makeSecret = (): Promise<NewSecret> => Promise.resolve(newSecret());
/** Of a repeated command there are no facts: the secret is nowhere any more. */
const secretOf = ({ facts }: { readonly facts: NewSecret | undefined }) =>
  Promise.resolve({ secret: facts?.secret ?? null });

/** Commands on edges, decided by the system's time: a credential knows no test clock, and waits for none. */
export const edgeCommands = {
  registerEdge: command({
    inSystemTime: true,
    target: (_input: RegisterEdge, { newId }) => newId("edge"),
    facts: makeSecret,
    decide: (input, { id, systemNow, facts: { secretHash } }) => {
      const { name, realm = null, addresses, gateway = null, announcer = null, language = DEFAULT_LANGUAGE } = input;
      const terms = { name, realm, addresses, gateway, announcer, language };
      return registerEdge({ ...terms, edgeId: id, secretHash, now: systemNow });
    },
    answer: secretOf,
  }),
  reviseEdge: command({
    inSystemTime: true,
    target: ({ edgeId }: ReviseEdge) => edgeId,
    decide: ({ edgeId: _, ...changes }, { state, systemNow }) => reviseEdge({ ...changes, now: systemNow }, state),
  }),
  rotateEdgeSecret: command({
    inSystemTime: true,
    target: ({ edgeId }: RotateEdgeSecret) => edgeId,
    facts: makeSecret,
    decide: ({ previousUntil = null }, { state, systemNow, facts: { secretHash } }) =>
      rotateEdgeSecret({ secretHash, previousUntil, now: systemNow }, state),
    answer: secretOf,
  }),
  retireEdge: command({
    inSystemTime: true,
    target: ({ edgeId }: RetireEdge) => edgeId,
    decide: (_input, { state, systemNow }) => retireEdge({ now: systemNow }, state),
  }),
};
