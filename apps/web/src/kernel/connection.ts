import { createStore, useStore, type Store } from "./store.ts";

/** Whether the server can be reached: `offline` = this device has no network, `unreachable` = it has, but the server does not answer. */
export type Connection = "online" | "offline" | "unreachable";

/** What we last learned about the connection. */
export const connection: Store<Connection> = createStore<Connection>("online");

/** Follows the browser's own word on the network. Call once at start. */
export const watchConnection = (target: Pick<Window, "addEventListener"> & { readonly navigator: { readonly onLine: boolean } }): void => {
  if (!target.navigator.onLine) connection.set("offline");
  target.addEventListener("offline", () => connection.set("offline"));
  target.addEventListener("online", () => connection.set("online"));
};

/** The connection, kept current in a component. */
export const useConnection = (): Connection => useStore(connection);
