import type { Language } from "./time.ts";

/** A device in the person's language. The office keeps it in Indonesian, "Chrome di Linux", because it is part of the record. */
export const deviceWords = (device: string, language: Language): string =>
  language === "id" ? device : device.replace(/^Peramban lain\b/, "Another browser").replace(/\bsistem lain$/, "another system").replace(/ di (?=[^ ]+( system)?$)/, " on ");
