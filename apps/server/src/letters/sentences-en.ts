import { agenda, at, day as dayIn, lacking, list, plain, receivers as receiversIn, refusalOf, text, told, type EventBody, type Teller } from "./event-body.ts";

/** What was taken away as a file, narrowed how, and how much of it. */
const exported = (what: string, rows: string, filter: string): string => {
  const narrowed = filter === "" ? "" : ` (${filter})`;
  if (what === "organisasi") return `exported the organisation${narrowed}, ${rows} rows.`;
  return what === "pembaca" ? `downloaded the list of who can see the letter${narrowed}, ${rows} rows.` : `downloaded a copy of the letter's trail${narrowed}, ${rows} records.`;
};

const receivers = (body: EventBody): string => receiversIn(body, { responsible: "responsible", more: (count) => `and ${count} more ${count === 1 ? "post" : "posts"}` });

const monthNames = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const day = (instant: string): string => dayIn(instant, monthNames, "a time that is not recorded");

const standings: Readonly<Record<string, string>> = { unregistered: "account not registered", pending: "registration not finished", expired: "certificate expired", suspended: "account suspended", revoked: "certificate revoked" };

const parts: Readonly<Record<string, string>> = { surat: "this letter", berkas: "the file of this letter", jejak: "the trail of this letter" };

const begun: Readonly<Record<string, string>> = { definitif: "recorded the appointment of an official", pj: "recorded the appointment of a Pj.", plt: "appointed a Plt.", plh: "appointed a Plh." };

const settled: Teller = (body) => told(text(body, "because") === "ditarik" ? "no longer waited for the report, since its disposisi was withdrawn." : "received the awaited report.");

/** What each event says in English. */
export const tellers: Readonly<Record<string, Teller>> = {
  // received letters
  "received.uploaded": (body) => told(`uploaded the scan “${text(body, "file", "name")}”, ${text(body, "file", "pages")} pages.`),
  "received.arrived": (body) => told(`received the letter from ${text(body, "facts", "sender")} ${text(body, "origin", "kind") === "pertukaran" ? "through the exchange between governments" : "from within the government"}, agenda ${agenda(body)}, for ${text(body, "to", "title")}.`),
  "received.registered": (body) => told(`registered the letter, agenda ${agenda(body)}.`, text(body, "separateBecause")),
  "received.discarded": (body) => told("discarded this scan.", text(body, "reason")),
  "received.directed": (body) => told(`directed the letter to ${text(body, "to", "title")}.`),
  "received.opened": plain("read this letter."),
  "received.reopened": plain("opened this secret letter again."),
  "received.disposed": (body) => told(`disposed the letter to ${receivers(body)}.`),
  "received.settled": settled,
  "received.closed": (body) => told("declared the letter finished.", text(body, "note")),
  "received.filed": (body) => told(`filed the letter in “${text(body, "dossier")}”.`),
  // dispositions
  "disposition.given": (body) => told(`gave a disposisi to ${text(body, "toTitle")}${at(body, ["responsible"]) === true ? " as the responsible one" : ""}.`, [...list(body, "instructions").map(String), text(body, "note")].filter((part) => part !== "").join("; ")),
  "disposition.opened": plain("read the disposisi."),
  "disposition.reopened": plain("opened this secret letter again."),
  "disposition.passed_on": (body) => told(`passed the disposisi on to ${receivers(body)}.`),
  "disposition.settled": settled,
  "disposition.progressed": (body) => told("noted a follow-up.", text(body, "note")),
  "disposition.attached": (body) => told("attached a file to the follow-up.", text(body, "file", "name")),
  "disposition.detached": (body) => told("took an attachment back.", text(body, "file", "name")),
  "disposition.reported": (body) => told("reported the result of the follow-up.", text(body, "note")),
  "disposition.accepted": (body) => told(`accepted the report of ${text(body, "receiver")}.`, text(body, "note")),
  "disposition.returned": (body) => told(`returned the report of ${text(body, "receiver")}.`, text(body, "reason")),
  "disposition.withdrawn": (body) => told(`withdrew the disposisi to ${text(body, "receiver")} before it was read.`, text(body, "reason")),
  // drafts
  "draft.created": (body) => told(`began a draft of the kind ${text(body, "kindTitle")}.`),
  "draft.submitted": (body) => told(`submitted version ${text(body, "version")} of the draft for initials.`, text(body, "note")),
  "draft.parafs_voided": (body) => told(`voided the initials of ${list(body, "posts").map(String).join(", ")}, since the draft changed.`),
  "draft.withdrawn": plain("took the draft back to change it."),
  "draft.approved": (body) => told(`initialled version ${text(body, "version")} of the draft.`, text(body, "note")),
  "draft.returned": (body) => told("returned the draft for correction.", text(body, "note")),
  "draft.cancelled": (body) => told(text(body, "number") === "" ? "cancelled the draft." : `cancelled the draft; number ${text(body, "number")} is recorded as void.`, text(body, "reason")),
  "draft.frozen": (body) => told(`took number ${text(body, "frozen", "number")} and froze the text.`),
  "draft.rendered": (body) => told(`made a PDF/A of ${text(body, "rendered", "pages")} pages.`),
  "draft.sign_intended": plain("declared the intent to sign the frozen file."),
  "draft.sign_ready": (body) => told(`found the signature provider back; the secret of ${text(body, "person")} is asked for once more.`),
  "draft.sign_lost": (body) => told(`got no answer to the signature request of ${text(body, "person")}; it is not repeated by itself.`),
  "draft.sign_lapsed": (body) => told(`let the intent of ${text(body, "person")} to sign as ${text(body, "post")} lapse.`, refusalOf(text(body, "reason"), "en")),
  "draft.signing_failed": (body) => told(text(body, "code") === "BYTES_DIFFER" ? "tried to sign, and was stopped: the file is not the one that was frozen. The inspectors are told." : "tried to sign without success; the number stays with this letter."),
  "draft.signed": plain("signed the letter electronically."),
  "draft.filed": (body) => told(`filed the letter in “${text(body, "dossier")}”.`),
  // issued letters and their way
  "issued.issued": (body) => told(`issued the letter as number ${text(body, "letter", "number")}.`),
  "issued.delivered": (body) => told(text(body, "status") === "gagal" ? `could not yet send it to ${text(body, "label")}.` : `sent the letter to ${text(body, "label")}.`, text(body, "detail")),
  "issued.preserved": (body) => told(text(body, "file", "level") === "B-LTA" ? `completed the long-term proof of the letter, valid until ${day(text(body, "file", "until"))}.` : `added long-term proof to the letter, up to level ${text(body, "file", "level")}.`, lacking(body, "en")),
  "issued.preservation_failed": (body) => told("could not yet complete the long-term proof of the letter.", lacking(body, "en")),
  "issued.revoked": (body) => told(text(body, "replacement", "number") === "" ? "revoked this letter." : `revoked this letter, replaced by letter ${text(body, "replacement", "number")}.`, text(body, "reason")),
  "issued.suspected": (body) => told(text(body, "suspicion", "key") === "segel" ? "marked the seal of this letter: its key is thought to have leaked." : "marked the signature of this letter: its key is thought to have leaked.", text(body, "suspicion", "reason")),
  "issued.filed": (body) => told(`filed the letter in “${text(body, "dossier")}”.`),
  "parcel.queued": (body) => told(`prepared the dispatch to ${text(body, "destination", "label")}.`),
  "parcel.sent": plain("handed the envelope to the receiver."),
  "parcel.receipted": plain("got a signed receipt from the receiver."),
  "parcel.viewed": plain("recorded that the receiver outside opened the letter."),
  "parcel.failed": (body) => told("could not yet send the envelope.", text(body, "reason")),
  // village
  "request.entered": (body) => told(`entered a request for ${text(body, "service")}.`, text(body, "purpose")),
  "request.verified": (body) => told("found the requirements complete and made the letter.", text(body, "note")),
  "request.returned": (body) => told("returned the request as incomplete.", text(body, "note")),
  "request.cancelled": (body) => told("cancelled the request.", text(body, "reason")),
  "request.ready": (body) => told(`prepared letter number ${text(body, "number")} for the resident.`),
  "request.erased": (body) => told("erased the applicant's personal data.", text(body, "reason")),
  "request.collected": plain("handed the letter to the resident."),
  // records
  "dossier.opened": (body) => told(`opened the dossier “${text(body, "title")}”.`),
  "dossier.filed": (body) => told(`put a letter into the dossier “${text(body, "title")}”.`),
  "dossier.closed": (body) => told("closed the dossier.", text(body, "note")),
  "draft.handed_over": (body) => told(`handed the draft over from ${text(body, "from")} to ${text(body, "to", "person")}.`),
  "handover.prepared": (body) => told(`prepared the hand-over of the post ${text(body, "title")}.`, text(body, "reason")),
  "handover.carried_out": (body) => told(`carried out the hand-over: ${text(body, "counts", "desk")} tasks and ${text(body, "counts", "drafts")} drafts moved.`),
  "handover.cancelled": (body) => told("cancelled the hand-over.", text(body, "reason")),
  "class_right.granted": (body) => told(`gave the right to read classification ${text(body, "prefix")}.`, text(body, "basis")),
  "class_right.ended": (body) => told("ended a right to read a classification.", text(body, "reason")),
  // oversight
  "inspection.given": (body) => told(`gave a mandate of inspection to ${text(body, "state", "positionTitle")}.`, [text(body, "state", "purpose"), text(body, "state", "basis")].filter((part) => part !== "").join("; ")),
  "inspection.revoked": (body) => told("revoked the mandate of inspection.", text(body, "reason")),
  "inspection.searched": (body) => told(text(body, "q") === "" ? `looked at the list of ${text(body, "found")} letters within the inspection.` : `searched for “${text(body, "q")}” within the inspection, ${text(body, "found")} letters shown.`),
  "inspection.traced": (body) => told(`searched the acts: ${text(body, "words")}; ${text(body, "found")} shown.`),
  "inspection.reported": (body) => told(`made a report of the inspection: ${text(body, "words")}; ${text(body, "found")} rows.`),
  "inspection.exported": (body) => told(`downloaded ${text(body, "words")}; ${text(body, "found")} rows.`),
  "saved_query.saved": (body) => told(`saved the search “${text(body, "state", "name")}”.`),
  "saved_query.changed": (body) => told(`changed the saved search “${text(body, "name")}”.`),
  "saved_query.removed": (body) => told(`removed the saved search “${text(body, "name")}”.`),
  "sample.locked": (body) => told(`locked the list of ${text(body, "state", "population", "members")} letters for the spot check “${text(body, "state", "title")}”.`, text(body, "state", "source")),
  "sample.drawn": (body) => told(`drew ${list(body, "letters").length} letters by lot.`, text(body, "fact")),
  "sample.judged": (body) => told(`judged the sampled letter ${text(body, "letter", "number")}: ${text(body, "verdict") === "cocok" ? "it fits" : "with a note"}.`, text(body, "note")),
  "sample.abandoned": (body) => told("abandoned the spot check.", text(body, "reason")),
  "inspection_look.read": (body) => told(`read ${parts[text(body, "part", "what")] ?? "this letter"} within an inspection.`, text(body, "basis")),
  "export.made": (body) => told(exported(text(body, "export", "what"), text(body, "export", "rows"), text(body, "export", "filter"))),
  "secret_reading.read": (body) => told(`read the inside of this secret ${text(body, "letter", "kind") === "naskah" ? "draft" : "letter"}.`),
  "emergency.opened": (body) => told(`opened this letter by emergency access; ${list(body, "alarmed").length} posts were told.`, text(body, "reason")),
  "emergency.read": (body) => told(`read ${parts[text(body, "part", "what")] ?? "this letter"} by emergency access.`),
  "emergency.acknowledged": (body) => told("declared to know of the emergency access to this letter.", text(body, "note")),
  "emergency.closed": plain("closed the emergency access before its time."),
  // red flags
  "finding.raised": (body) => told(`found something that does not fit, rule ${text(body, "found", "code")}.`),
  "finding.lapsed": (body) => told(`let the finding lapse, since the measure of rule ${text(body, "code")} was changed.`),
  "finding.looked_at": (body) => told(`opened the finding of rule ${text(body, "code")}.`, text(body, "basis")),
  "finding.asked": (body) => told(`asked ${text(body, "question", "post")} for an explanation.`, text(body, "question", "text")),
  "finding.answered": (body) => told("gave an explanation.", text(body, "answer", "text")),
  "finding.closed": (body) => told("declared the finding clear.", text(body, "closed", "reason")),
  "flag_rule.set": (body) => told(at(body, ["change", "isOn"]) === false ? `switched rule ${text(body, "code")} off.` : `changed the measure of rule ${text(body, "code")}.`, text(body, "change", "reason")),
  // organisation, access, signing keys
  "unit.defined": (body) => told(`defined the unit ${text(body, "state", "name")}.`),
  "position.defined": (body) => told(`defined the post ${text(body, "state", "title")}.`),
  "person.defined": (body) => told(`recorded the official ${text(body, "state", "name")}.`),
  "unit.dissolved": (body) => told("dissolved the unit.", text(body, "basis", "number")),
  "unit.plan_withdrawn": plain("withdrew the planned change of the unit."),
  "position.closed": (body) => told("closed the post.", text(body, "basis", "number")),
  "position.plan_withdrawn": plain("withdrew the planned change of the post."),
  "holding.defined": (body) => told("defined the holder of a post.", text(body, "state", "basis")),
  "holding.begun": (body) => told(`${begun[text(body, "state", "kind")] ?? "defined the holder of a post"}.`, text(body, "state", "basis")),
  "holding.ended": (body) => told("ended the holding of a post.", text(body, "reason")),
  "holding.revoked": (body) => told("revoked the mandate.", text(body, "reason")),
  "delegation.given": (body) => told(text(body, "state", "kind") === "ub" ? "delegated authority (u.b.) to the post below." : "delegated authority (a.n.) to the post below.", text(body, "state", "basis")),
  "delegation.revoked": (body) => told("revoked the delegation of authority.", text(body, "reason")),
  "policy.set": plain("changed the government's rules of authority."),
  "account.created": (body) => told(`made the account ${text(body, "username")}.`),
  "account.invited": (body) => told(`made the account ${text(body, "username")} and its activation link.`),
  "account.link_renewed": (body) => told("made a new link to choose a password.", text(body, "reason")),
  "account.activated": plain("chose a password by the activation link."),
  "account.factor_asked": plain("was asked for a second factor from now on."),
  "account.blocked": (body) => told("blocked the account.", text(body, "reason")),
  "account.unblocked": (body) => told("unblocked the account.", text(body, "reason")),
  "account.factors_reset": (body) => told("took all second factors off the account.", text(body, "reason")),
  "account.expelled": (body) => told("signed the account out of all devices.", text(body, "reason")),
  "account.signed_in": (body) => told(`signed in from ${text(body, "device")}.`),
  "account.recovery_code_used": (body) => told(`used a recovery code, ${text(body, "left")} left.`),
  "account.sign_in_refused": (body) => told(`refused an attempt to sign in from ${text(body, "device")}.`),
  "account.signed_out": plain("signed out."),
  "account.post_switched": plain("switched to another post."),
  "account.session_ended": plain("signed one device out."),
  "account.sessions_ended": plain("signed all other devices out."),
  "account.session_elsewhere": (body) => told(`ended a session from ${text(body, "opened")} that was used from another device.`),
  "account.password_changed": plain("changed the password."),
  "account.second_factor_set": plain("set up an authenticator code."),
  "account.second_factor_removed": plain("removed the authenticator code."),
  "account.recovery_codes_made": plain("made recovery codes."),
  "account.passkey_added": (body) => told(`added the passkey “${text(body, "passkey", "name")}”.`),
  "account.passkey_renamed": (body) => told(`named a passkey “${text(body, "name")}”.`),
  "account.passkey_removed": (body) => told(`removed the passkey “${text(body, "name")}”.`),
  "account.proved_fresh": plain("proved who signs, just before signing."),
  "account.disowned": (body) => told("reported acts in the own name that were somebody else's.", text(body, "note")),
  "credential.issued": plain("issued an electronic certificate."),
  "credential.found": (body) => told(text(body, "found") === "ready" ? "found the electronic certificate usable again." : "found the electronic certificate not usable.", standings[text(body, "found")] ?? ""),
  "credential.warned": (body) => told(`warned that the electronic certificate ends in ${text(body, "days")} days.`),
  "credential.revoked": (body) => told("revoked the electronic certificate.", text(body, "reason")),
  "seal_key.made": plain("made a new seal key."),
  "seal_key.retired": plain("retired the old seal key."),
  "seal_key.revoked": (body) => told("revoked the seal key.", text(body, "reason")),
};
