import type { contract, Parsed } from "@lontar/contract";

/** The kinds of act by which a trail is searched. */
export type ActGroup = Parsed<(typeof contract)["inquiry.acts"]>["filter"]["acts"][number];

/** What acts are looked for; what is empty sets no limit. */
export type ActFilter = Parsed<(typeof contract)["inquiry.acts"]>["filter"];

/** Every type of event by the kind of act that it is. A test holds this list to the types that have a sentence. */
export const groups: Readonly<Record<ActGroup, readonly string[]>> = {
  membaca: ["received.opened", "received.reopened", "disposition.opened", "disposition.reopened", "inspection_look.read", "emergency.opened", "emergency.read", "emergency.acknowledged", "emergency.closed", "parcel.viewed"],
  mencatat: ["received.uploaded", "received.arrived", "received.registered", "received.discarded"],
  mendisposisi: [
    "received.directed", "received.disposed", "received.settled", "received.closed", "disposition.given", "disposition.passed_on", "disposition.settled", "disposition.progressed", "disposition.attached", "disposition.detached", "disposition.reported",
    "disposition.accepted", "disposition.returned", "disposition.withdrawn",
  ],
  menyusun: ["draft.created", "draft.submitted", "draft.withdrawn", "draft.handed_over"],
  memaraf: ["draft.approved", "draft.returned", "draft.parafs_voided"],
  menandatangani: ["draft.frozen", "draft.rendered", "draft.signing_failed", "draft.signed", "issued.issued"],
  mengirim: ["issued.delivered", "parcel.queued", "parcel.sent", "parcel.receipted", "parcel.failed"],
  mencabut: ["draft.cancelled", "issued.revoked"],
  memberkaskan: ["received.filed", "draft.filed", "issued.filed", "dossier.opened", "dossier.filed", "dossier.closed"],
  melayani: ["request.entered", "request.verified", "request.returned", "request.cancelled", "request.ready", "request.erased", "request.collected"],
  kewenangan: [
    "holding.defined", "holding.begun", "holding.ended", "holding.revoked", "delegation.given", "delegation.revoked", "policy.set", "class_right.granted", "class_right.ended", "handover.prepared", "handover.carried_out", "handover.cancelled",
  ],
  organisasi: ["unit.defined", "unit.dissolved", "unit.plan_withdrawn", "position.defined", "position.closed", "position.plan_withdrawn", "person.defined"],
  akun: [
    "account.created", "account.invited", "account.link_renewed", "account.activated", "account.factor_asked", "account.blocked", "account.unblocked", "account.factors_reset", "account.expelled", "account.signed_in", "account.recovery_code_used",
    "account.sign_in_refused", "account.signed_out", "account.post_switched", "account.session_ended", "account.sessions_ended", "account.session_elsewhere", "account.password_changed", "account.second_factor_set", "account.second_factor_removed",
    "account.recovery_codes_made", "account.passkey_added", "account.passkey_renamed", "account.passkey_removed", "account.proved_fresh", "account.disowned", "credential.issued", "credential.revoked",
  ],
  pengawasan: [
    "inspection.given", "inspection.revoked", "inspection.searched", "inspection.traced", "inspection.reported", "inspection.exported", "saved_query.saved", "saved_query.changed", "saved_query.removed", "sample.locked", "sample.drawn", "sample.judged", "sample.abandoned",
    "finding.raised", "finding.lapsed", "finding.looked_at", "finding.asked", "finding.answered", "finding.closed", "flag_rule.set",
  ],
};

const groupByType: ReadonlyMap<string, ActGroup> = new Map(Object.entries(groups).flatMap(([group, types]) => types.map((type): [string, ActGroup] => [type, group as ActGroup]))); // the keys of the record above

/** The kind of act that an event is; nothing for a type that is in no list yet. */
export const groupOf = (type: string): ActGroup | null => groupByType.get(type) ?? null;

/**
 * Kinds of things that tell of no letter: posts, accounts, mandates and oversight itself. What was done to them is open to whoever inspects, whatever letters
 * his mandate reaches: he must see who was given a role in the week before a letter. Everything else is told only of letters within
 * reach, also kinds that are not known here.
 */
export const openKinds = ["unit", "position", "person", "holding", "delegation", "policy", "class_right", "handover", "account", "credential", "inspection", "saved_query", "sample", "flag_rule"] as const;

/** Acts by which who runs the office changes what others may do: one of the seven questions asks for those before a letter. */
export const adminTypes: readonly string[] = [...groups.kewenangan, ...groups.organisasi, ...groups.akun.filter((type) => /\.(created|invited|link_renewed|blocked|unblocked|factors_reset|expelled|issued|revoked)$/.test(type))];
