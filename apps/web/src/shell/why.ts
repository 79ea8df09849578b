import { createStore, type Store } from "../kernel/store.ts";

/** The letter or naskah of which the person asks "Mengapa saya bisa melihat ini?"; the shell answers. */
export const whyAsked: Store<string | undefined> = createStore<string | undefined>(undefined);

/** The letter, naskah or request whose page has this address, with the place its own pages begin. */
export const thingAt = (pathname: string): { readonly id: string; readonly base: string } | undefined => {
  const [, base, id] = /^(\/(?:surat|naskah)\/([0-9a-f-]{36}))(?:\/|$)/.exec(pathname) ?? [];
  return base === undefined || id === undefined ? undefined : { id, base };
};
