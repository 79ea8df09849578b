import { inTenant, readTenant, type Database } from "../kernel/db.ts";
import type { Id, Source } from "../kernel/ids.ts";
import type { Jobs } from "../kernel/jobs.ts";
import { tellBrowsers } from "../kernel/live.ts";
import { turnOf, type Turn } from "./queries.ts";
import { turnTask } from "./store.ts";

/** What telling people about their authority needs from outside. */
export type Telling = {
  readonly db: Database;
  readonly source: Source;
  readonly sendMail: (letter: { readonly to: string; readonly subject: string; readonly text: string }) => Promise<void>;
  readonly publicUrl: string;
};

/**
 * At the minute at which authority begins or ends: the open browsers of everyone concerned look again, and those with an address get a
 * letter. The authority itself needs no job: it is in force by its dates. Run twice it says the same words, whose Message-ID is the same.
 */
export const organisationJobs = (deps: Telling): Jobs => ({
  [turnTask]: async (payload) => {
    const { tenantId } = payload;
    const [of, id, turn] = [String(payload["of"]), String(payload["id"]), payload["turn"] === "begin" ? "begin" as const : "end" as const];
    const now = deps.source.now();
    const about = await readTenant(deps.db, tenantId, (tx) => turnOf(tx, tenantId, of, id, now));
    if (about === undefined) return;
    const moment = turn === "begin" ? about.since : about.until;
    if (moment === null || (turn === "begin" && about.until !== null && about.until <= about.since)) return; // revoked before it began
    // The database's clock is ahead of this node's: whoever looked again now would still see how things stood.
    if (now < moment) throw new Error(`the turn of ${of} ${id} is not there yet by this clock`);
    await inTenant(deps.db, tenantId, (tx) => tellBrowsers(tx, tenantId, concerned(about)));
    if (about.kind === "definitif") return; // an appointment is told by its decree
    for (const person of about.people) if (person.email !== null) await deps.sendMail({ to: person.email, ...letterOf(about, turn, person.name, deps.publicUrl) });
  },
});

const concerned = (about: Turn): readonly Id[] => [...about.posts, ...about.people.map((person) => person.id)];

const names = { definitif: "", plt: "Plt.", plh: "Plh.", pj: "Pj.", an: "a.n.", ub: "u.b." } as const;

/** The words of the notice: what began or ended, on what basis, and where to look. */
export const letterOf = (about: Turn, turn: "begin" | "end", to: string, publicUrl: string): { readonly subject: string; readonly text: string } => {
  const what = `${names[about.kind]} ${about.title}`;
  const began = turn === "begin";
  const subject = began ? `${what}: mulai berlaku` : `${what}: berakhir`;
  const basis = about.basis === null ? "" : ` berdasarkan ${about.basis}`;
  const sentence = began
    ? `${about.name} mulai sekarang bertindak selaku ${what}${basis}. Pekerjaan jabatan ini menunggu di mejanya.`
    : `${about.name} tidak lagi bertindak selaku ${what}${basis}. Pekerjaan yang masih menunggu kembali kepada pemegang jabatan.`;
  return { subject, text: `Yth. ${to}\n\n${sentence}\n\nLihat di: ${publicUrl}/mandat\n\nSurel ini dikirim otomatis oleh Lontar.\n` };
};
