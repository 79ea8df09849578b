import { createHash } from "node:crypto";
import { accountMachine, accountStore } from "../../access/index.ts";
import type { Actor, PostFunction, Scope } from "../../kernel/actor.ts";
import { openRows, type CopyRows } from "../../kernel/copy.ts";
import { idFrom, localDate, startOfDay, type Id, type Zone } from "../../kernel/ids.ts";
import { organisationKinds, type Post } from "../../organisation/index.ts";
import { isWorkday } from "../hours.ts";
import type { Writing } from "../outgoing.ts";
import { actorIn, type Staffed } from "../people.ts";
import { beginning, dayMs } from "../plan.ts";
import { tell, type Story } from "../story.ts";

/** The things on which something was planted: whoever finds it has one of them in the evidence. */
export type Planted = readonly Id[];

/** Plants something that does not fit into the year. The `n`-th of its kind goes to another office. */
export type Plant = (on: Planting) => Planted;

/** An account as plants tell it. */
export type AccountStory = Story<Parameters<typeof accountStore.traces>[1], Parameters<typeof accountMachine.decide>[1], Parameters<typeof accountMachine.evolve>[1]> & { readonly enter: (at: string, browser: string) => void };

/** Where and when something is planted, and what a plant needs beside letters. */
export type Planting = Writing & {
  readonly office: Staffed;
  /** The middle of the morning of the plant's so many-th working day, and some minutes. */
  readonly on: (day: number, minutes?: number) => string;
  readonly act: (post: Post, at: string) => Actor;
  /** Gives a post to somebody for some days as Plh., and answers how he acts in it. */
  readonly mandate: (given: { readonly post: Post; readonly to: Post; readonly from: string; readonly until: string; readonly registered: string; readonly by: Post; readonly scope?: Scope }) => { readonly id: Id; readonly acting: (at: string) => Actor };
  /** The account of whoever holds the post. */
  readonly account: (post: Post, at: string) => AccountStory;
};

/** Rows of tables that lie beside the things: secrets and sessions of accounts. */
export type Beside = { readonly secrets: { readonly push: (row: SecretRow) => void; readonly rows: () => CopyRows }; readonly sessions: { readonly push: (row: SessionRow) => void; readonly rows: () => CopyRows } };
type SecretRow = { readonly personId: Id; readonly hash: string };
type SessionRow = { readonly id: Id; readonly personId: Id; readonly positionId: Id; readonly browser: string; readonly at: string };

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Begins those rows. Nobody can sign in with what stands in them: the hash is none, and the sessions have ended. */
export const openBeside = (tenantId: Id): Beside => {
  const tenant_id = { uuid: () => tenantId };
  return {
    secrets: openRows<SecretRow>("account_secret", { tenant_id, person_id: { uuid: (row) => row.personId }, password_hash: { text: (row) => row.hash } }),
    sessions: openRows<SessionRow>("session", {
      tenant_id, session_id: { uuid: (row) => row.id }, token_hash: { bytes: (row) => sha256(`token/${row.id}`) }, person_id: { uuid: (row) => row.personId }, position_id: { uuid: (row) => row.positionId }, device: { text: () => device },
      since: { instant: (row) => row.at }, last_seen: { instant: (row) => row.at }, ended: { instant: (row) => row.at }, browser: { bytes: (row) => sha256(`peramban/${row.browser}`) }, method: { text: () => "sandi" },
    }),
  };
};

const device = "Chrome di Windows";
const decree = { number: "800.1.11.1/0001/2026", date: "2026-01-05", letterId: null, file: null } as const;
const guard = "kantor rekaan: tidak ada kata sandi yang cocok";

/** What plants of one year share: accounts are opened once for a person, whatever is planted on him. */
export type Soil = { readonly beside: Beside; readonly accounts: Map<Id, AccountStory>; readonly close: () => void };

/** Prepares the year for planting. */
export const openSoil = (tenantId: Id): Soil => {
  const accounts = new Map<Id, AccountStory>();
  return { beside: openBeside(tenantId), accounts, close: () => { for (const account of accounts.values()) account.end(tenantId); } };
};

/** The `n`-th planting of the year: an office, and a stretch of some months for it. */
export const plantingAt = (writing: Writing, soil: Soil, place: { readonly office: Staffed; readonly share: number }): Planting => {
  const { world, batch, dice } = writing;
  const { tenantId, zone } = world;
  const start = beginning(world) + Math.floor(place.share * world.years * 365) * dayMs;
  const shift = dice.below(60) * 60_000;
  const act = (post: Post, at: string): Actor => actorIn(tenantId, zone, post, at);
  const idAt = (at: string): Id => idFrom(Date.parse(at), dice.bytes(10));
  return {
    ...writing, office: place.office, act,
    on: (day, minutes = 0) => new Date(morningOf(workday(start, day, zone), zone) + shift + minutes * 60_000).toISOString(),
    mandate: ({ post, to, from, until, registered, by, scope = null as Scope | null /* without one the mandate is whole */ }) => {
      const id = idAt(registered);
      const { holder } = post;
      if (holder === null || to.holder === null) throw new Error("a Plh. stands for somebody");
      const { holdings } = organisationKinds;
      const holding = { personId: to.holder.personId, positionId: post.id, kind: "plh" as const, basis: "Surat Perintah 800.1.11.1/0001/2026", since: from, until, decree, scope, ended: null };
      const story = tell(batch.rows, dice, holdings.machine, holdings.store, id, null);
      story.say({ type: "begin", holding, others: [{ personId: holder.personId, kind: holder.kind, since: holder.since, until: holder.until, name: holder.name }], exists: true, isCompetent: true }, act(by, registered));
      story.end(tenantId);
      const person = to.holder;
      return { id, acting: (at) => ({ ...act(post, at), personId: person.personId, personName: person.name, holding: { id, kind: "plh", basis: holding.basis, scope } }) };
    },
    account: (post, at) => {
      const { holder } = post;
      if (holder === null) throw new Error(`${post.title} is vacant`);
      const known = soil.accounts.get(holder.personId);
      if (known !== undefined) return known;
      const by = (moment: string): Actor => act(post, moment);
      const story = tell(batch.rows, dice, accountMachine, accountStore, holder.personId, null);
      story.say({ type: "create", of: holder.personId, username: `rekaan.${holder.personId.slice(-12)}`, passwordSeal: sha256(guard).toString("hex") }, { ...by(at), personId: place.office.clerk.holder?.personId ?? holder.personId, functions: ["admin"] satisfies readonly PostFunction[] });
      soil.beside.secrets.push({ personId: holder.personId, hash: guard });
      const made: AccountStory = {
        ...story,
        enter: (moment, browser) => {
          const session = idAt(moment);
          story.say({ type: "enter", of: holder.personId, session, device, method: story.state()?.secondFactor === true ? "sandi_kode" : "sandi", isNew: true, codesLeft: null, demand: null }, by(moment));
          soil.beside.sessions.push({ id: session, personId: holder.personId, positionId: post.id, browser, at: moment });
        },
      };
      soil.accounts.set(holder.personId, made);
      return made;
    },
  };
};

const morningOf = (ms: number, zone: Zone): number => Date.parse(startOfDay(localDate(new Date(ms).toISOString(), zone), zone)) + 9.5 * 3_600_000;

/** A moment of the `n`-th working day from the start on. */
const workday = (start: number, n: number, zone: Zone): number => {
  let day = start;
  for (let left = n; left > 0 || !isWorkday(day, zone); day += dayMs) if (isWorkday(day, zone)) left -= 1;
  return day;
};

/** The calendar day of a planting's moment. */
export const dayIn = ({ world }: Pick<Planting, "world">, at: string): string => localDate(at, world.zone);
