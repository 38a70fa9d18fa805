/**
 * Version of the rules by which closes, corrections, voids and reissues are computed, as their events name it. It is
 * raised when the same basis comes to other lines than before; then the code of the version before stays where it
 * differs (rules.ts), so that what was issued by it can still be proven.
 */
export const RULES: number = 2;
