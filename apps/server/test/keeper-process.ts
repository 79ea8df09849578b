// A keeper in a process of its own, which `log-crash.test.ts` kills at each numbered step (LONTAR_KILL_AT).
import { join } from "node:path";
import { parsePolicy } from "@lontar/ledger";
import { httpLine, logSigner, startKeeper } from "../src/audit/index.ts";
import { openPool } from "../src/kernel/db.ts";
import { realSource } from "../src/kernel/ids.ts";
import { openLog } from "../src/kernel/log.ts";
import { logFolder } from "../src/witness/index.ts";

const [connection = "", folder = "", policyText = ""] = process.argv.slice(2);
const policy = parsePolicy(policyText);
if ("refused" in policy) throw new Error(policy.refused);
const pool = openPool(JSON.parse(connection), 6);
const log = openLog("silent");
const keeper = startKeeper({
  pool,
  signerOf: (tenantId) => logSigner(join(folder, "keys"), tenantId),
  folderOf: (tenantId) => logFolder(join(folder, "log"), tenantId),
  witnesses: { policy: policy.value, line: httpLine, pool, now: realSource.now, log },
  now: realSource.now,
  log,
  onPublished: async () => undefined,
});
await keeper.drain();
await keeper.stop();
await pool.end();
