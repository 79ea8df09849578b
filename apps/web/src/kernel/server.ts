import { endpoints } from "virtual:endpoints";
import { createApi } from "./api.ts";
import { speech } from "./catalog/index.ts";
import { connection } from "./connection.ts";
import { askSignIn } from "./sign-in-gate.ts";
import { createStore, type Store } from "./store.ts";

/** The post that this window acts in, as its frame shows it. */
export const shownPost: Store<string | undefined> = createStore<string | undefined>(undefined);

/** The client of our own server: `call` by endpoint name, `upload` a file, `address` for links and images. */
export const { call, upload, address } = createApi({
  endpoints,
  fetch: (input, init) => fetch(input, init),
  askSignIn,
  reached: (isReached) => connection.set(isReached ? "online" : navigator.onLine ? "unreachable" : "offline"),
  unreachableSentence: () => (navigator.onLine ? speech.get().messages.connection.unreachable : speech.get().messages.connection.offline),
  post: () => shownPost.get(),
  language: () => speech.get().language,
});
