import type pg from "pg";
import type { NoteSigner } from "@lontar/ledger";
import { hasFunction } from "../kernel/actor.ts";
import { readTenant, type Database } from "../kernel/db.ts";
import { openFile, query, steps, type Route } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { check, type FileCheck, type Replayable } from "./fsck.ts";
import { verifierText } from "./keys.ts";
import { acts, integrity, proof, type Conceals } from "./queries.ts";

/** What the audit's routes work with. `pool` is the owner's: proofs and checks read what no office sees. */
export type AuditDeps = {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly files: FileCheck;
  readonly machines: readonly Replayable[];
  readonly signerOf: (tenantId: Id) => Promise<NoteSigner>;
  readonly sentence: (type: string, body: Readonly<Record<string, unknown>> | null) => string;
  readonly conceals: Conceals;
};

/** Proofs for everyone who may read the letter; search and integrity for the inspector; the checkpoint for all. */
export const auditRoutes = (deps: AuditDeps): readonly Route[] => [
  query("received.proof", async (tx, input, by) => proof(tx, deps.pool, verifierText(await deps.signerOf(by.tenantId)), input, by, deps.conceals)),
  query("audit.acts", (tx, input, by) => acts(tx, input, by, deps.sentence)),
  query("audit.integrity", (tx, _input, by) => integrity(tx, by)),
  steps("audit.check", async (step, _input, by) => {
    if (!hasFunction(by, "inspector")) throw new Refused("not_yours");
    const result = await check({ pool: deps.pool, tenantId: by.tenantId, files: deps.files, machines: deps.machines, signer: await deps.signerOf(by.tenantId) });
    return step.finish(async (tx) => {
      await tx.insertInto("check_run").values({ tenant_id: by.tenantId, at: by.at, result: JSON.stringify(result) }).execute();
      return { findings: result.findings.length };
    });
  }),
  openFile("open.checkpoint", async (input) => {
    const head = await readTenant(deps.db, input.tenant, (tx) => tx.selectFrom("log_head").select("checkpoint").where("tenant_id", "=", input.tenant).executeTakeFirst());
    if (head === undefined) throw new NotFound("log");
    return { bytes: new TextEncoder().encode(head.checkpoint), mediaType: "text/plain; charset=utf-8", name: "checkpoint", inline: true };
  }),
];
