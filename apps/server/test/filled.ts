import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "@lontar/testkit";
import { openPool, type Connection } from "../src/kernel/db.ts";
import { startEmbedded } from "../src/kernel/embedded/supervisor.ts";
import type { Id } from "../src/kernel/ids.ts";
import { seedId } from "../src/seed/office.ts";

/** An office with letters to measure on. */
export type Filled = { readonly connection: Connection; readonly pool: ReturnType<typeof openPool>; readonly tenantId: Id; readonly size: string; readonly close: () => Promise<void> };

// Filling takes most of a run. The claims are about a million letters and five thousand people: those are filled once and measured often.
const folder = process.env["BENCH_DATA"];
const letters = process.env["BENCH_LETTERS"] ?? "20000";
const people = process.env["BENCH_PEOPLE"] ?? "1000";

/** Is an office measured that was there before, and is to be left as it was? */
export const isKept = folder !== undefined;

/** Opens the office in the data folder that `BENCH_DATA` names; without it fills one of `BENCH_LETTERS` and `BENCH_PEOPLE` for this run. */
export const openFilled = async (name: string): Promise<Filled> => {
  const { connection, close } = folder === undefined ? await fill(name) : await open(folder);
  const pool = openPool(connection, 4, "prepared");
  const tenantId = seedId("tenant/ppu");
  const { rows } = await pool.query<{ letters: string; people: string }>("select (select count(*) from received where tenant_id = $1) as letters, (select count(*) from person where tenant_id = $1) as people", [tenantId]);
  return {
    connection, pool, tenantId, size: `${rows[0]?.letters ?? "?"} letters, ${rows[0]?.people ?? "?"} people`,
    close: async () => {
      await pool.end();
      await close();
    },
  };
};

const open = async (dir: string): Promise<Pick<Filled, "connection" | "close">> => {
  const embedded = await startEmbedded(dir);
  return { connection: embedded.connection, close: () => embedded.stop() };
};

/** Through the same command that an administrator runs. */
const fill = async (name: string): Promise<Pick<Filled, "connection" | "close">> => {
  const database = await createTestDatabase(name);
  const dir = await mkdtemp(join(tmpdir(), "lontar-bench-"));
  const child = spawn(process.execPath, [join(import.meta.dirname, "../src/cli.ts"), "generate", "--letters", letters, "--people", people, "--seed", "7"], {
    env: { ...process.env, DATABASE_URL: database.url, LONTAR_DATA: dir, LONTAR_LOG: "warn", LONTAR_MODE: "demo" }, stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "exit");
  await rm(dir, { recursive: true, force: true });
  if (code !== 0) throw new Error(`generate ended with ${code}`);
  return { connection: database.connection, close: () => database.drop() };
};
