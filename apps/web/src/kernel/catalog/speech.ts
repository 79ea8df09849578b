import { createStore, useStore, type Store } from "../store.ts";
import { deviceMemory } from "../memory.ts";
import type { Language } from "../time.ts";
import type { Messages } from "./catalog.ts";
import { id } from "./id.ts";

const remembered = "lontar.language";

/** The language in use and its messages. Indonesian is always there; English is fetched when chosen. */
export const speech: Store<{ readonly language: Language; readonly messages: Messages }> = createStore<{ readonly language: Language; readonly messages: Messages }>({ language: "id", messages: id });

/** Changes the language of the interface and remembers it on this device. Letters and the trail stay Indonesian. */
export const speak = async (language: Language): Promise<void> => {
  const messages = language === "id" ? id : (await import("./en.ts")).en;
  deviceMemory.write(remembered, language);
  speech.set({ language, messages });
  document.documentElement.lang = language;
};

/** Uses the language chosen earlier on this device. */
export const speakAsRemembered = async (): Promise<void> => {
  if (deviceMemory.read(remembered) === "en") await speak("en");
};

/** The messages of the present language. */
export const useMessages = (): Messages => useStore(speech).messages;

/** The present language. */
export const useLanguage = (): Language => useStore(speech).language;
