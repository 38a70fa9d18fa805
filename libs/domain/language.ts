/** Languages of what customers get to read: documents and mails. */
export const languages = ["EN", "IT"] as const;
export type Language = (typeof languages)[number];

export const DEFAULT_LANGUAGE: Language = "EN";
