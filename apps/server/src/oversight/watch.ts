import type { EndpointName } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Database } from "../kernel/db.ts";
import type { Watch } from "../kernel/http.ts";
import { isId } from "../kernel/ids.ts";
import { noteSecretReading, recordReading } from "./commands.ts";
import type { Part } from "./reading.ts";
import { unnotedSecret } from "./store.ts";

// These tell of rights and of oversight itself, not of what stands in the letter.
const silent: ReadonlySet<string> = new Set<EndpointName>(["rights.mine", "rights.readers", "rights.export", "emergencies.overseen", "emergencies.show", "inspections.show"]);

const ofTheTrail: ReadonlySet<string> = new Set<EndpointName>(["received.trail", "received.proof", "received.story"]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

const partOf = (name: EndpointName, input: Readonly<Record<string, unknown>>): Part => {
  const { sha256 } = input;
  if (typeof sha256 === "string") return { what: "berkas", sha256 };
  return { what: ofTheTrail.has(name) ? "jejak" : "surat", sha256: null };
};

/**
 * Sees to it that nothing of a letter is given out by oversight, and nothing of a secret letter by anyone's own right, without an event that
 * says so: asked before every answer about a thing. If it cannot be recorded, it is not read.
 */
export const openWatch = (db: Database): Watch => async (by: Actor, name: EndpointName, input: unknown): Promise<void> => {
  if (silent.has(name) || !isRecord(input)) return;
  const { id } = input;
  if (typeof id !== "string" || !isId(id)) return;
  if ((by.oversight ?? []).length > 0) await inTenant(db, by.tenantId, (tx) => recordReading(tx, id, partOf(name, input), by));
  if ((await readTenant(db, by.tenantId, (tx) => unnotedSecret(tx, by, id))) !== undefined) await inTenant(db, by.tenantId, (tx) => noteSecretReading(tx, id, by));
};
