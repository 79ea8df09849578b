import { inTenant, readTenant, type Database } from "../kernel/db.ts";
import type { Source } from "../kernel/ids.ts";
import type { Jobs } from "../kernel/jobs.ts";
import { tellBrowsers } from "../kernel/live.ts";
import { tenantOf } from "../access/index.ts";
import type { EmergencyState } from "./emergency.ts";
import { addressesOf, alarmTask, emergencyStore, turnTask } from "./store.ts";

/** What telling people needs from outside. */
export type Alarming = {
  readonly db: Database;
  readonly source: Source;
  readonly sendMail: (letter: { readonly to: string; readonly subject: string; readonly text: string }) => Promise<void>;
  readonly publicUrl: string;
};

/** The alarm by mail, and the browsers that look again when oversight begins or ends. Run twice they say the same words, whose Message-ID is the same. */
export const oversightJobs = (deps: Alarming): Jobs => ({
  [alarmTask]: async ({ tenantId, id }) => {
    if (typeof id !== "string") throw new Error("an alarm without its emergency");
    const found = await readTenant(deps.db, tenantId, async (tx) => {
      const state = (await emergencyStore.find(tx, tenantId, id))?.state;
      return state == null ? undefined : { state, zone: (await tenantOf(tx, tenantId)).zone, to: await addressesOf(tx, tenantId, state.alarmed.map((one) => one.positionId), deps.source.now()) };
    });
    if (found === undefined) return;
    for (const { name, email } of found.to) await deps.sendMail({ to: email, ...alarmLetter(found.state, name, found.zone, `${deps.publicUrl}/darurat/${id}`) });
  },
  [turnTask]: async ({ tenantId, ears }) => {
    if (Array.isArray(ears)) await inTenant(deps.db, tenantId, (tx) => tellBrowsers(tx, tenantId, ears.filter((ear) => typeof ear === "string")));
  },
});

const zones = { WIB: "Asia/Jakarta", WITA: "Asia/Makassar", WIT: "Asia/Jayapura" } as const;

/** The words of the alarm. Of the letter it names the number alone: mail is no place for what stands in it. */
export const alarmLetter = (state: EmergencyState, to: string, zone: keyof typeof zones, link: string): { readonly subject: string; readonly text: string } => {
  const when = (instant: string): string => `${new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeStyle: "short", timeZone: zones[zone] }).format(new Date(instant))} ${zone}`;
  return {
    subject: `Peringatan: surat nomor ${state.number} dibuka lewat akses darurat`,
    text: `Yth. ${to}\n\n${state.opener.person}, ${state.opener.post}, membuka surat nomor ${state.number} lewat akses darurat pada ${when(state.since)}. Aksesnya berakhir sendiri pada ${when(state.until)}.\n\nAlasan: ${state.reason}\n\nPeriksa dan nyatakan bahwa Anda mengetahuinya: ${link}\n\nBila alasannya tidak benar, beri tahu Inspektorat.\n\nSurel ini dikirim otomatis oleh Lontar.\n`,
  };
};
