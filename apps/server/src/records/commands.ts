import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { assert, NotFound } from "../kernel/refusal.ts";
import { officeOf } from "../organisation/index.ts";
import type { DossierState, ItemKind } from "./dossier.ts";
import { isLeaf } from "./queries.ts";
import { dossierMachine, insertItem } from "./store.ts";

type Done = { readonly id: Id; readonly status: string };

/** Marks a letter of some kind as filed, if its own rule allows; given by the modules that own letters. */
export type Filer = (tx: Tx, letterId: Id, dossier: { readonly id: Id; readonly title: string }, by: Actor) => Promise<unknown>;

/** A filer for each kind of letter. */
export type Filers = Readonly<Record<ItemKind, Filer>>;

const officeIdOf = async (tx: Tx, by: Actor): Promise<Id> => {
  const office = await officeOf(tx, by.tenantId, by.unitId, by.at);
  if (office === undefined) throw new NotFound("office");
  return office.unitId;
};

/** Opens a dossier in the office of the person who acts. */
export const openDossier = async (tx: Tx, input: { readonly id: Id; readonly classification: string; readonly title: string }, by: Actor): Promise<Done> => {
  const command = { type: "open", officeId: await officeIdOf(tx, by), classification: input.classification, isLeaf: await isLeaf(tx, input.classification), title: input.title, year: Number(by.today.slice(0, 4)) } as const;
  return { id: input.id, status: (await perform(tx, dossierMachine, input.id, command, by)).status };
};

/** Puts a finished letter into a dossier: the dossier, the letter and the place change together. */
export const fileLetter = (filers: Filers) => async (tx: Tx, input: { readonly id: Id; readonly kind: ItemKind; readonly letterId: Id }, by: Actor): Promise<Done> => {
  const officeId = await officeIdOf(tx, by);
  const after: DossierState = await perform(tx, dossierMachine, input.id, { type: "file", officeId, kind: input.kind, letterId: input.letterId }, by);
  assert(after.status !== "belum_ada", "a dossier that was filed into exists");
  await filers[input.kind](tx, input.letterId, { id: input.id, title: after.title }, by);
  await insertItem(tx, by, input.id, input.kind, input.letterId);
  return { id: input.id, status: after.status };
};
