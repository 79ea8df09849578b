import { createTestDatabase } from "@lontar/testkit";
import { actorOf, standingOf } from "../src/access/index.ts";
import type { Actor } from "../src/kernel/actor.ts";
import { inTenant, openDatabase, openPool, readTenant, type Connection, type Database, type Tx } from "../src/kernel/db.ts";
import { realSource } from "../src/kernel/ids.ts";
import { migrate } from "../src/kernel/migrate.ts";
import { postsHeldBy } from "../src/organisation/index.ts";
import { seedId } from "../src/seed/office.ts";
import { loadClassification, seedDemo } from "../src/seed/seed.ts";
import { templateOfCode } from "./templates.ts";

/** The demo office in a database of the test's own. */
export type TestOffice = {
  readonly db: Database;
  readonly pool: ReturnType<typeof openPool>;
  readonly connection: Connection;
  /** An official by user name (`kadis`, `staf`, `kades` …) acting now, or at the given instant. */
  readonly actor: (username: string, at?: string) => Promise<Actor>;
  readonly transaction: <T>(by: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

const villagers = new Set(["kades", "sekdes", "operator", "admindesa"]);

/** Opens the demo office as it is loaded on a first run; nobody in it can sign. */
export const createOffice = async (name: string): Promise<TestOffice> => {
  const template = await templateOfCode("office", async (connection) => {
    const pool = openPool(connection, 4);
    await migrate(pool);
    await loadClassification(pool);
    await seedDemo(openDatabase(pool), pool, realSource);
    await pool.end();
  });
  const database = await createTestDatabase(name, template);
  const pool = openPool(database.connection, 12);
  const db = openDatabase(pool);
  return {
    db,
    pool,
    connection: database.connection,
    actor: async (username, at = realSource.now()) => {
      const tenant = villagers.has(username) ? "bukitraya" : "ppu";
      const tenantId = seedId(`tenant/${tenant}`);
      const personId = seedId(`${tenant}/person/${username}`);
      const [post] = await readTenant(db, tenantId, (tx) => postsHeldBy(tx, tenantId, personId, at));
      if (post === undefined) throw new Error(`${username} holds no post at ${at}`);
      const { zone: _zone, ...keys } = await readTenant(db, tenantId, (tx) => standingOf(tx, tenantId, post, at));
      return { ...actorOf(post, tenantId, { at, zone: "WITA", requestId: realSource.id(), isBlocked: post.acting !== null }), ...keys };
    },
    transaction: (by, work) => inTenant(db, by.tenantId, work),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
