import type { contract, Parsed } from "@lontar/contract";
import { toldTypes } from "../letters/index.ts";

/** The kinds of act by which a trail is searched. */
export type ActGroup = Parsed<(typeof contract)["inquiry.acts"]>["filter"]["acts"][number];

/** What acts are looked for; what is empty sets no limit. */
export type ActFilter = Parsed<(typeof contract)["inquiry.acts"]>["filter"];

// What is done to a thing of this kind, where its type says nothing else.
const byKind: Readonly<Record<string, ActGroup>> = {
  received: "mendisposisi", disposition: "mendisposisi", draft: "menyusun", issued: "mengirim", parcel: "mengirim", dossier: "memberkaskan", request: "melayani", inspection_look: "membaca", emergency: "membaca", secret_reading: "membaca", export: "membaca",
  holding: "kewenangan", delegation: "kewenangan", policy: "kewenangan", class_right: "kewenangan", handover: "kewenangan", unit: "organisasi", position: "organisasi", person: "organisasi", account: "akun", credential: "akun", seal_key: "akun",
  inspection: "pengawasan", saved_query: "pengawasan", sample: "pengawasan", finding: "pengawasan", flag_rule: "pengawasan",
};

const byType: Readonly<Record<string, ActGroup>> = {
  "received.opened": "membaca", "received.reopened": "membaca", "disposition.opened": "membaca", "disposition.reopened": "membaca", "parcel.viewed": "membaca",
  "received.uploaded": "mencatat", "received.arrived": "mencatat", "received.registered": "mencatat", "received.discarded": "mencatat",
  "draft.approved": "memaraf", "draft.returned": "memaraf", "draft.parafs_voided": "memaraf",
  "draft.frozen": "menandatangani", "draft.rendered": "menandatangani", "draft.signing_failed": "menandatangani", "draft.sign_intended": "menandatangani", "draft.sign_ready": "menandatangani", "draft.sign_lost": "menandatangani", "draft.sign_lapsed": "menandatangani",
  "draft.signed": "menandatangani", "issued.issued": "menandatangani", "issued.preserved": "menandatangani", "issued.preservation_failed": "menandatangani",
  "draft.cancelled": "mencabut", "issued.revoked": "mencabut", "issued.suspected": "mencabut", "received.filed": "memberkaskan", "draft.filed": "memberkaskan", "issued.filed": "memberkaskan",
};

/** The kind of act that an event is; nothing for a kind of thing that is in no list yet. */
export const groupOf = (type: string): ActGroup | null => byType[type] ?? byKind[type.slice(0, type.indexOf("."))] ?? null;

const typesOf = (group: ActGroup): readonly string[] => [...toldTypes].filter((type) => groupOf(type) === group);

/** Every type of event by the kind of act that it is. */
export const groups: Readonly<Record<ActGroup, readonly string[]>> = {
  membaca: typesOf("membaca"), mencatat: typesOf("mencatat"), mendisposisi: typesOf("mendisposisi"), menyusun: typesOf("menyusun"), memaraf: typesOf("memaraf"), menandatangani: typesOf("menandatangani"), mengirim: typesOf("mengirim"), mencabut: typesOf("mencabut"),
  memberkaskan: typesOf("memberkaskan"), melayani: typesOf("melayani"), kewenangan: typesOf("kewenangan"), organisasi: typesOf("organisasi"), akun: typesOf("akun"), pengawasan: typesOf("pengawasan"),
};

/**
 * Kinds of things that tell of no letter: posts, accounts, mandates and oversight itself. What was done to them is open to whoever inspects, whatever letters
 * his mandate reaches: he must see who was given a role in the week before a letter. Everything else is told only of letters within
 * reach, also kinds that are not known here.
 */
export const openKinds = ["unit", "position", "person", "holding", "delegation", "policy", "class_right", "handover", "account", "credential", "seal_key", "inspection", "export", "saved_query", "sample", "flag_rule"] as const;

/** Acts by which who runs the office changes what others may do: one of the seven questions asks for those before a letter. */
export const adminTypes: readonly string[] = [...groups.kewenangan, ...groups.organisasi, ...groups.akun.filter((type) => /\.(created|invited|link_renewed|blocked|unblocked|factors_reset|expelled|issued|revoked)$/.test(type))];
