import { z } from "zod";
import { tellPerson, tenantOf } from "../../access/index.ts";
import { inTenant, readTenant } from "../../kernel/db.ts";
import type { Id, Instant, Zone } from "../../kernel/ids.ts";
import type { Jobs } from "../../kernel/jobs.ts";
import { postById } from "../../organisation/index.ts";
import { sendParcel, type Letter } from "../exchange/index.ts";
import type { IssuedState, Suspicion } from "./issued.ts";
import { letterFacts, systemIn, type Dispatching } from "./jobs.ts";
import { issuedStore } from "./store.ts";

/** What warning receivers needs from outside. */
export type Warning = Dispatching & { readonly sendMail: (letter: Letter) => Promise<void>; readonly publicUrl: string };

const named = z.array(z.object({ deliveryId: z.string(), carrierId: z.string() }));

/**
 * Warns everyone who has a copy of a letter whose key may have leaked. Steps, and what a crash after each leaves: 1 e-mails to receivers
 * outside (sent again they carry the same Message-ID) · 2 in one transaction a notice for each holder of a receiving post, and for each other
 * government a parcel with the warning, under the id that the event names (all or nothing; a parcel that is there is not sent twice).
 */
export const warn = async (deps: Warning, tenantId: Id, id: Id, warnings: unknown): Promise<void> => {
  const by = await systemIn(deps.db, deps.source, tenantId, `warn/${id}`);
  const found = await readTenant(deps.db, tenantId, async (tx) => ({ letter: (await issuedStore.find(tx, tenantId, id))?.state, zone: (await tenantOf(tx, tenantId)).zone }));
  const { letter, zone } = found;
  if (letter?.suspect === undefined) return;
  const { suspect } = letter;
  const sent = letter.deliveries.filter((delivery) => delivery.status === "terkirim");
  for (const { address } of sent) if (address.kind === "external" && address.email !== null) await deps.sendMail(warningMail(letter, suspect, zone, { to: address.email, label: address.label, publicUrl: deps.publicUrl })); // 1
  await inTenant(deps.db, tenantId, async (tx) => { // 2
    const facts = { number: letter.number, since: whenWords(suspect.since, zone), code: letter.code, key: suspect.key };
    const posts = new Set(sent.flatMap(({ address }) => (address.kind === "post" ? [address.positionId] : [])));
    const holders = await Promise.all([...posts].map((positionId) => postById(tx, tenantId, positionId, by.at)));
    for (const personId of new Set(holders.flatMap((post) => (post?.holder == null ? [] : [post.holder.personId])))) await tellPerson(tx, deps.source, { tenantId, personId }, "surat_diragukan", facts, by.at);
    for (const { deliveryId, carrierId } of named.parse(warnings)) {
      const address = sent.find((delivery) => delivery.id === deliveryId)?.address;
      if (address?.kind !== "partner") continue;
      await sendParcel(tx, carrierId, { letterId: id, destination: { kind: "partner", tenantId: address.tenantId, label: address.label }, copy: true, letter: { ...letterFacts(letter), subject: `PERINGATAN: ${warningSentence(letter.number, suspect, zone)}`, urgency: "amat_segera" } }, by);
    }
  });
};

/** Warning the receivers of letters. */
export const warningJobs = (deps: Warning): Jobs => ({
  "letters.warn": (payload) => warn(deps, payload.tenantId, String(payload["id"]), payload["warnings"]),
});

const zones: Readonly<Record<Zone, string>> = { WIB: "Asia/Jakarta", WITA: "Asia/Makassar", WIT: "Asia/Jayapura" };

const whenWords = (at: Instant, zone: Zone): string => `${new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeStyle: "short", timeZone: zones[zone] }).format(new Date(at))} ${zone}`;

/** One sentence for whoever has the letter. It names the number alone: a warning is no place for what stands in a letter. */
export const warningSentence = (number: string, { key, since }: Suspicion, zone: Zone): string =>
  key === "penanda_tangan"
    ? `tanda tangan surat ${number} dibuat dengan kunci yang diduga bocor sejak ${whenWords(since, zone)}. Jangan jalankan isinya sebelum kantor penerbit memastikannya.`
    : `segel pada kode QR surat ${number} dibuat dengan kunci yang diduga bocor sejak ${whenWords(since, zone)}. Periksa surat itu di halaman verifikasi, jangan dari segelnya saja.`;

const warningMail = (letter: IssuedState, suspect: Suspicion, zone: Zone, to: { readonly to: string; readonly label: string; readonly publicUrl: string }): Letter => {
  const sentence = warningSentence(letter.number, suspect, zone);
  return {
    to: to.to,
    subject: `Peringatan tentang surat ${letter.number} dari ${letter.unitName}`,
    text: `Yth. ${to.label}\n\n${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}\n\nKeadaan terakhirnya: ${to.publicUrl}/v/${letter.code}\n\nTanyakan kepada ${letter.unitName} lewat nomor telepon yang Anda kenal, bukan yang tertulis di surat itu.\n\nSurel ini dikirim otomatis oleh Lontar.\n`,
  };
};
