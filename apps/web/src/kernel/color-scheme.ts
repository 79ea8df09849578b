import { useSyncExternalStore } from "react";
import { deviceMemory } from "./memory.ts";
import { createStore, useStore, type Store } from "./store.ts";

/** What the person chose; `auto` follows the device. */
export type Scheme = "light" | "dark" | "auto";

// `public/color-scheme.js` reads the same key before the first paint, and Mantine's styles look for the same attribute.
const remembered = "mantine-color-scheme-value";
const attribute = "data-mantine-color-scheme";

const isScheme = (text: string | null): text is Scheme => text === "light" || text === "dark" || text === "auto";

const first = (): Scheme => {
  const text = deviceMemory.read(remembered);
  return isScheme(text) ? text : "auto";
};

const chosen: Store<Scheme> = createStore<Scheme>(first());

const darkDevice = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

const show = (): void => document.documentElement.setAttribute(attribute, chosen.get() === "dark" || (chosen.get() === "auto" && darkDevice().matches) ? "dark" : "light");

/** Keeps the page in the chosen colours, also when the device changes its mind. Call once at start. */
export const followScheme = (): void => {
  show();
  chosen.watch(show);
  darkDevice().addEventListener("change", show);
};

/** Chooses and remembers. */
export const chooseScheme = (scheme: Scheme): void => {
  deviceMemory.write(remembered, scheme);
  chosen.set(scheme);
};

const watchDevice = (hear: () => void): (() => void) => {
  const device = darkDevice();
  device.addEventListener("change", hear);
  return () => device.removeEventListener("change", hear);
};

/** The choice, and what is shown now. */
export const useScheme = (): { readonly chosen: Scheme; readonly shown: "light" | "dark" } => {
  const scheme = useStore(chosen);
  const isDarkDevice = useSyncExternalStore(watchDevice, () => darkDevice().matches);
  return { chosen: scheme, shown: scheme === "auto" ? (isDarkDevice ? "dark" : "light") : scheme };
};
