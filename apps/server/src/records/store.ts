import { hasFunction, type Actor } from "../kernel/actor.ts";
import { isUniqueViolation, type Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { Refused } from "../kernel/refusal.ts";
import { stateStore } from "../kernel/state.ts";
import { decideClassRight, evolveClassRight, noClassRight, type ClassRightCommand, type ClassRightEvent, type ClassRightState } from "./class-right.ts";
import { decideDossier, evolveDossier, noDossier, type DossierCommand, type DossierEvent, type DossierState, type ItemKind } from "./dossier.ts";

/** Where dossiers live. Every official of the government may name one; the rule says whose it is. */
export const dossierStore = stateStore<DossierState>({ table: "dossier", none: noDossier, open: true, subject: (id) => id });

/** Dossiers as things that change. */
export const dossierMachine: Machine<DossierState, DossierCommand, DossierEvent> = {
  kind: "dossier",
  subject: (id) => id,
  lock: dossierStore.lock,
  decide: decideDossier,
  evolve: evolveDossier,
  save: dossierStore.save,
  later: () => [],
};

/** Puts a letter into a dossier; a letter lies in one dossier only, which the key holds. */
export const insertItem = async (tx: Tx, by: Actor, dossierId: Id, kind: ItemKind, letterId: Id): Promise<void> => {
  try {
    await tx.insertInto("dossier_item").values({ tenant_id: by.tenantId, subject_id: letterId, dossier_id: dossierId, kind, at: by.at }).execute();
  } catch (error) {
    if (isUniqueViolation(error)) throw new Refused("already_filed");
    throw error;
  }
};

/** Where rights by classification live: public rules of the office, which the admin alone changes. */
export const classRightStore = stateStore<ClassRightState>({ table: "class_right", none: noClassRight, open: true, subject: (id) => id });

/** Rights by classification as things that change. A row that is there is the admin's to touch; for others it is not found. */
export const classRightMachine: Machine<ClassRightState, ClassRightCommand, ClassRightEvent> = {
  kind: "class_right",
  subject: (id) => id,
  lock: async (tx, id, by) => {
    const row = await classRightStore.lock(tx, id, by);
    return row === undefined || row.state.status === "belum_ada" || hasFunction(by, "admin") ? row : undefined;
  },
  decide: decideClassRight,
  evolve: evolveClassRight,
  save: classRightStore.save,
  later: () => [],
};
