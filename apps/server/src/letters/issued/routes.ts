import type { contract, Result } from "@lontar/contract";
import { systemActor } from "../../kernel/actor.ts";
import { inInstallation, inTenant, readTenant, type Database } from "../../kernel/db.ts";
import { open, openFile, type Route } from "../../kernel/http.ts";
import { localDate, type Id, type Source } from "../../kernel/ids.ts";
import { perform } from "../../kernel/perform.ts";
import { Refused } from "../../kernel/refusal.ts";
import { parcelByToken, parcelMachine, parcelStore, partnerById, type ParcelState } from "../exchange/index.ts";

/** What the pages of receivers outside need. */
export type ParcelDeps = { readonly db: Database; readonly source: Source; readonly publicUrl: string; readonly fileBytes: (sha256: string) => Promise<Uint8Array>; readonly isRevoked: (tenantId: Id, letterId: Id) => Promise<boolean> };

type Found = { readonly tenantId: Id; readonly id: Id; readonly parcel: ParcelState; readonly to: string };

const parcelOf = async (deps: ParcelDeps, token: string): Promise<Found> => {
  const door = /^[\w-]{20,80}$/.test(token) ? await inInstallation(deps.db, (tx) => parcelByToken(tx, token)) : undefined;
  if (door === undefined) throw new Refused("not_found");
  const row = await readTenant(deps.db, door.tenant_id, (tx) => parcelStore.find(tx, door.tenant_id, door.id));
  const destination = row?.state.destination;
  // A revoked letter is not handed out any more; its verification page says why.
  if (row === undefined || destination?.kind !== "external" || (await deps.isRevoked(door.tenant_id, row.state.letterId))) throw new Refused("not_found");
  return { tenantId: door.tenant_id, id: door.id, parcel: row.state, to: destination.label };
};

const markViewed = async (deps: ParcelDeps, found: Found): Promise<void> =>
  inTenant(deps.db, found.tenantId, async (tx) => {
    const at = deps.source.now();
    const zone = (await partnerById(tx, found.tenantId))?.zone ?? "WITA";
    await perform(tx, parcelMachine, found.id, { type: "viewed" }, systemActor(found.tenantId, at, localDate(at, zone), zone, `parcel/${found.id}`));
  });

/** What the page of a receiver outside tells, by the token of its link. */
export const parcelView = async (deps: ParcelDeps, token: string): Promise<Result<(typeof contract)["open.parcel"]>> => {
  const { parcel, to } = await parcelOf(deps, token);
  const { number, date, subject, office, signer, post, file } = parcel.letter;
  return { letter: { number, date, subject, office, signer, post }, file: { ...file }, verificationUrl: `${deps.publicUrl}/v/${parcel.letter.code}`, to };
};

/** The secret page of a receiver outside: the letter's facts, and its file. Fetching the file is what counts as received. */
export const issuedRoutes = (deps: ParcelDeps): readonly Route[] => [
  open("open.parcel", (input) => parcelView(deps, input.token)),
  openFile("open.parcelFile", async (input) => {
    const found = await parcelOf(deps, input.token);
    const { file } = found.parcel.letter;
    const bytes = await deps.fileBytes(file.sha256);
    await markViewed(deps, found);
    return { bytes, mediaType: file.mediaType, name: file.name, inline: true };
  }),
];
