import { storyFormat, type Result, type Story, type contract } from "@lontar/contract";
import { formatDocumentProof, proveRecord, tileHashReader } from "@lontar/ledger";
import { tanggalPanjang, tanggalWaktu, zones, type RecordInput } from "@lontar/naskah";
import type pg from "pg";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { LogFolder } from "../witness/index.ts";
import { remembering } from "./proofs.ts";
import { checkpointIn } from "./publish.ts";
import { openingOf, type Conceals } from "./queries.ts";
import { readTiles } from "./store.ts";

/** What a copy of a story is made from, asked of the modules that own letters and offices. */
export type Telling = {
  readonly trail: (tx: Tx, letterId: Id, by: Actor) => Promise<Result<(typeof contract)["received.trail"]>>;
  readonly nameOf: (tx: Tx, letterId: Id, by: Actor) => Promise<{ readonly number: string | null; readonly subject: string }>;
  /** The name of the government, and the sheet on which the person's office writes. */
  readonly office: (tx: Tx, by: Actor) => Promise<Office>;
};

/** Whose paper a copy is printed on. */
export type Office = { readonly name: string } & Pick<RecordInput, "profile" | "kop">;

/** The log that proves a story: its tiles, what of it is published, and where. */
export type Published = { readonly tiles: pg.Pool; readonly folder: LogFolder; readonly url: string; readonly verifierKey: string };

/**
 * The story of a letter with the proof of each act, oldest act first. Proofs are against the published checkpoint, which carries the word
 * of its witnesses; an act that is younger than it stands here without. Throws NotFound where the person may not read the trail.
 */
export const storyOf = async (tx: Tx, telling: Telling & { readonly conceals: Conceals }, log: Published, letterId: Id, by: Actor): Promise<{ readonly story: Story; readonly office: Office }> => {
  const { entries } = await telling.trail(tx, letterId, by);
  const conceals = await telling.conceals(tx, letterId, by);
  const office = await telling.office(tx, by);
  const checkpoint = (await log.folder.checkpoint()) ?? "";
  const size = checkpointIn(checkpoint)?.size ?? 0;
  const events = await tx.selectFrom("event").innerJoin("log_leaf", (join) => join.onRef("log_leaf.tenant_id", "=", "event.tenant_id").onRef("log_leaf.event_id", "=", "event.event_id"))
    .select(["event.event_id", "event.thing_id", "event.kind", "event.revision", "event.person_id", "event.holding_id", "event.request_id", "event.body", "event.who", "event.salt", "log_leaf.leaf", "log_leaf.leaf_index"])
    .where("event.tenant_id", "=", by.tenantId).where("event.subject_id", "=", letterId).where("log_leaf.leaf_index", "<", String(size)).execute();
  const known = new Map(events.map((event) => [event.event_id, event]));
  const read = tileHashReader(size, remembering((tiles) => readTiles(log.tiles, by.tenantId, tiles)));
  const evidenceOf = async (eventId: Id): Promise<Story["entries"][number]["evidence"]> => {
    const event = known.get(eventId);
    if (event === undefined) return null;
    const leafIndex = Number(event.leaf_index);
    return {
      leafIndex,
      proof: formatDocumentProof(event.leaf, { index: leafIndex, proof: await proveRecord(leafIndex, size, read), checkpoint }),
      ...openingOf(event, !conceals(event.thing_id)),
    };
  };
  const told: Story["entries"] = [];
  for (const { eventId, type, at, person, post, holding, basis, sentence, reason } of entries.toReversed()) told.push({ eventId, type, at, person, post, holding, basis, sentence: sentence.id, reason: reason?.id ?? null, evidence: await evidenceOf(eventId) });
  const letter = { id: letterId, ...(await telling.nameOf(tx, letterId, by)) };
  return { office, story: { format: storyFormat, letter, office: office.name, taken: { at: by.at, person: by.personName, post: by.positionTitle }, log: { url: log.url, verifierKey: log.verifierKey, size }, entries: told } };
};

const holdings = { definitif: "", plt: "Plt. ", plh: "Plh. ", pj: "Pj. " } as const;

/** The story as it is printed: what a reader needs, and where the proof of it lies. */
export const storyRecord = ({ letter, office, taken, log, entries }: Story, { profile, kop }: Office, by: Pick<Actor, "today" | "zone">): RecordInput => ({
  profile,
  kop,
  title: "Salinan jejak surat",
  date: by.today,
  particulars: [
    ["Nomor", letter.number ?? "belum bernomor"],
    ["Hal", letter.subject === "" ? "-" : letter.subject],
    ["Diambil", `${tanggalWaktu(taken.at, by.zone)} oleh ${taken.person}, ${taken.post}`],
    ["Log", `${log.size.toLocaleString("id-ID")} catatan, diterbitkan di ${log.url}`],
  ],
  columns: [{ title: "Waktu", width: 2, isNumber: false }, { title: "Oleh", width: 3, isNumber: false }, { title: "Perbuatan", width: 4.4, isNumber: false }, { title: "Nomor catatan", width: 1.5, isNumber: true }],
  rows: entries.map((entry) => [
    `${tanggalPanjang(localDay(entry.at, by.zone))}\n${clock(entry.at, by.zone)} ${by.zone}`,
    [entry.person, `${holdings[entry.holding]}${entry.post}`, ...(entry.basis === null ? [] : [`Dasar: ${entry.basis}`])].filter((line) => line !== "").join("\n"),
    [entry.sentence, ...(entry.reason === null ? [] : [`“${entry.reason}”`])].join("\n"),
    entry.evidence === null ? "menunggu" : entry.evidence.leafIndex.toLocaleString("id-ID"),
  ]),
  notes: [
    `Setiap baris adalah satu catatan dalam log ${office} yang tidak dapat diubah tanpa ketahuan. Nomor catatan adalah tempatnya dalam log; “menunggu” berarti belum diterbitkan ketika salinan ini diambil.`,
    "Bukti setiap catatan ada dalam berkas JSON dari salinan ini. Siapa pun dapat memeriksanya tanpa bertanya kepada kantor ini: lontar verify BERKAS.json --policy KEBIJAKAN.",
  ],
});

const moved = (instant: string, zone: Actor["zone"]): string => new Date(Date.parse(instant) + zones[zone] * 3_600_000).toISOString();
const localDay = (instant: string, zone: Actor["zone"]): string => moved(instant, zone).slice(0, 10);
const clock = (instant: string, zone: Actor["zone"]): string => moved(instant, zone).slice(11, 19).replaceAll(":", ".");
