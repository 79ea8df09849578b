import { registerSW } from "virtual:pwa-register";
import { now } from "./clock.ts";
import { speech } from "./catalog/index.ts";
import { notify } from "./notices.ts";

/** Keeps the shell on the device and offers a new version instead of forcing it on someone who is typing. */
export const keepShell = (): void => {
  const update = registerSW({
    onNeedRefresh: () => {
      const { ready, reload } = speech.get().messages.update;
      notify("info", ready, { label: reload, run: () => void update(true) });
    },
  });
  // A page of the old version asks for a piece that the new server no longer has: the whole page is loaded anew. At most once a
  // minute, and never without a network, or an offline phone would reload for ever.
  addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(reloadedAt) ?? 0);
    if (!navigator.onLine || now().getTime() - last < 60_000) return;
    event.preventDefault();
    sessionStorage.setItem(reloadedAt, String(now().getTime()));
    location.reload();
  });
};

const reloadedAt = "lontar.reloadedAt";
