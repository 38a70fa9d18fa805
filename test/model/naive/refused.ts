/** A command that is refused, with its stable code. Commands check everything before they change anything. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export function refuse(code: string): never {
  throw new Refused(code);
}
