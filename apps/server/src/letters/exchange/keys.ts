import type { KeyObject } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import type { Id } from "../../kernel/ids.ts";
import { newKey, publicKeyOf } from "./envelope.ts";

/** The private exchange key of a tenant of this installation; made at first use, mode 0600, published in `exchange_key`. */
export const exchangeKeys = (keysFolder: string, pool: pg.Pool) => {
  const known = new Map<Id, Promise<KeyObject>>();
  const load = async (tenantId: Id): Promise<KeyObject> => {
    const path = join(keysFolder, `exchange-${tenantId}.pem`);
    const pem = await readFile(path, "utf8").catch(async (error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
      const made = newKey();
      await mkdir(keysFolder, { recursive: true, mode: 0o700 });
      await writeFile(path, made, { mode: 0o600, flag: "wx" });
      return made;
    });
    const { key, publicKey } = publicKeyOf(pem);
    await pool.query("insert into exchange_key (tenant_id, public_key) values ($1, $2) on conflict (tenant_id) do update set public_key = excluded.public_key where exchange_key.public_key <> excluded.public_key", [tenantId, publicKey]);
    return key;
  };
  return (tenantId: Id): Promise<KeyObject> => {
    const key = known.get(tenantId) ?? load(tenantId);
    known.set(tenantId, key);
    return key;
  };
};
