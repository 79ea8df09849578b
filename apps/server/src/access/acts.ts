import type { z } from "zod";
import type { contract, Words } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, type Database, type Tx } from "../kernel/db.ts";
import type { Who } from "../kernel/events.ts";
import type { Id, Source } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import { mayRead } from "../kernel/state.ts";
import { searchPosts } from "../organisation/index.ts";
import type { Access } from "./door.ts";
import { mailNotice, tell, type Facts, type NoticeKind } from "./notices.ts";
import { actsBetween, actCounts } from "./queries.ts";
import { actOnAccount, closeSessions, tenantOf } from "./store.ts";
import { digestTime, weekOf } from "./week.ts";

type Acts = z.output<(typeof contract)["session.acts"]["result"]>;

/** Says an event in a sentence; the modules that know letters give it. */
export type Sentence = (type: string, body: Readonly<Record<string, unknown>> | null) => Words;

/** Where a thing of this kind is looked at. */
const pageOf = (kind: string, subject: Id): string | null => {
  switch (kind) {
    case "received":
    case "disposition":
      return `/surat/${subject}`;
    case "draft":
    case "issued":
    case "parcel":
      return `/naskah/${subject}`;
    case "dossier":
      return `/arsip/${subject}`;
    case "request":
      return `/layanan/${subject}`;
    default:
      return null; // units, posts, people: no page of their own
  }
};

const titled = ({ position, holding, basis }: Who): string => `${holding === "definitif" ? "" : `${holding.charAt(0).toUpperCase()}${holding.slice(1)}. `}${position}${basis === null || holding === "definitif" ? "" : ` (${basis})`}`;

/** What was done in this person's name in the week of the date, by post and mandate. Words of what he may no longer read are left out; the act is not. */
export const actsInMyName = async (tx: Tx, sentence: Sentence, date: string, by: Actor): Promise<Acts> => {
  const week = weekOf(date, by.zone);
  const { rows, isCut } = await actsBetween(tx, week, by);
  const readable = new Map<Id, boolean>();
  for (const { subject_id: subject } of rows) if (!readable.has(subject)) readable.set(subject, await mayRead(tx, subject, by));
  const groups = Map.groupBy(rows, (row) => (row.who === null ? "" : titled(row.who)));
  return {
    monday: week.monday, from: week.from, to: week.to, isCut,
    groups: [...groups].map(([post, acts]) => ({
      post,
      acts: acts.map((act) => {
        const isOpen = readable.get(act.subject_id) === true;
        return { id: act.event_id, at: act.at.toISOString(), sentence: sentence(act.type, isOpen ? act.body : { type: act.type }), href: isOpen ? pageOf(act.kind, act.subject_id) : null };
      }),
    })),
  };
};

/** "Bukan saya": the report is evidence, every session ends, admin and inspector are told. */
export const disown = (access: Access, by: Actor, given: { readonly monday: string; readonly note: string }): Promise<void> =>
  inTenant(access.db, by.tenantId, async (tx) => {
    await actOnAccount(tx, by.personId, { type: "disown", week: given.monday, note: given.note }, by);
    await closeSessions(tx, by.tenantId, by.personId, by.at);
    await tellOverseers(tx, access.source, "bukan_saya", { person: by.personName, week: given.monday }, by);
  });

const mostPosts = 10_000;

/** Tells everyone who looks after accounts and acts, but whoever it is about. */
export const tellOverseers = async (tx: Tx, source: Source, kind: NoticeKind, facts: Facts, by: Actor): Promise<void> => {
  for (const personId of await overseers(tx, by)) if (personId !== by.personId) await tell(tx, source, { tenantId: by.tenantId, personId }, kind, facts, by.at);
};

/** Who looks after accounts and acts in this government today: whoever answers for a post with these functions. */
const overseers = async (tx: Tx, by: Actor): Promise<readonly Id[]> =>
  [...new Set((await searchPosts(tx, by.tenantId, "", by.at, mostPosts)).filter((post) => post.functions.includes("admin") || post.functions.includes("inspector")).flatMap((post) => post.holder?.personId ?? []))];

type Digesting = { readonly db: Database; readonly source: Pick<Source, "now"> };

const digestKey = (tenantId: Id): string => `access.digest/${tenantId}`;

/** Puts the digest of the present week into the queue, for the Monday after it. */
const scheduleDigest = async (tx: Tx, tenantId: Id, at: string): Promise<void> => {
  const { zone } = await tenantOf(tx, tenantId);
  const { monday, runAt } = digestTime(at, zone);
  await enqueue(tx, tenantId, [{ task: "access.digest", payload: { monday }, key: digestKey(tenantId), runAt }]);
};

/** Begins the weekly digests of governments that have none waiting: one that is overdue is left to run, and says the week it is for. */
export const beginDigests = async ({ db, source }: Digesting, tenants: readonly Id[], isWaiting: (key: string) => Promise<boolean>): Promise<void> => {
  for (const tenantId of tenants) if (!(await isWaiting(digestKey(tenantId)))) await inTenant(db, tenantId, (tx) => scheduleDigest(tx, tenantId, source.now()));
};

/** The job of the week: an e-mail to everyone in whose name something was done, by post and mandate; and the next job. */
export const digestJobs = ({ db, source }: Digesting): Jobs => ({
  "access.digest": async ({ tenantId, monday }) => {
    if (typeof monday !== "string") throw new Error("access.digest without its week");
    await inTenant(db, tenantId, async (tx) => {
      const { zone } = await tenantOf(tx, tenantId);
      const at = source.now();
      const counts = await actCounts(tx, tenantId, weekOf(monday, zone));
      for (const [personId, posts] of Map.groupBy(counts, (row) => row.person_id)) {
        const count = posts.reduce((sum, row) => sum + Number(row.n), 0);
        await mailNotice(tx, { tenantId, personId }, "ringkasan", { count, posts: posts.map((row) => `${titled(row.who)}: ${row.n}`).join("; ") }, at);
      }
      await scheduleDigest(tx, tenantId, at);
    });
  },
});
