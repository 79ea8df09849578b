export type { Messages } from "./catalog.ts";
export { speak, speakAsRemembered, speech, useLanguage, useMessages } from "./speech.ts";
