import { confine, ConfinedFault } from "../../kernel/files/confined.ts";
import type { Table, TableFault } from "./table.ts";

/** What the worker is asked. */
export type ReaderTasks = { readonly read: { readonly input: { readonly bytes: Uint8Array; readonly name: string }; readonly output: { readonly tables: readonly Table[] } | { readonly fault: TableFault } } };

/** Reads spreadsheets behind a watchdog. */
export type TableReader = { readonly read: (bytes: Uint8Array, name: string) => Promise<ReaderTasks["read"]["output"]>; readonly close: () => Promise<void> };

/** Starts the reader in its own thread when it is first needed. */
export const openTableReader = ({ timeoutMs = 20_000 }: { readonly timeoutMs?: number } = {}): TableReader => {
  const confined = confine<ReaderTasks>(new URL("./reader-worker.ts", import.meta.url), { timeoutMs, heapMb: 512, uses: 20, waiting: 8 });
  return {
    read: async (bytes, name) => {
      try {
        return await confined.use((ask) => ask("read", { bytes, name }));
      } catch (error) {
        // The thread was killed over these very bytes, so they are what is wrong.
        if (error instanceof ConfinedFault) return { fault: "broken" };
        throw error;
      }
    },
    close: confined.close,
  };
};
