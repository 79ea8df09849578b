import { readFile } from "node:fs/promises";
import type pg from "pg";
import { createAccount, hashPassword } from "../access/index.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { inTenant, type Database } from "../kernel/db.ts";
import { localDate, type Source } from "../kernel/ids.ts";
import { perform, performAll } from "../kernel/perform.ts";
import { always, defaultPolicy, organisationKinds } from "../organisation/index.ts";
import { readCsv } from "./csv.ts";
import { classRightMachine } from "../records/index.ts";
import { regency, seedId, village, type SeedOffice } from "./office.ts";

const data = async (name: string) => readCsv(await readFile(new URL(`data/${name}`, import.meta.url), "utf8"));

/** The password that a demo account is shown with; production never loads demo accounts. */
export const demoPassword = (username: string): string => `masuk-${username}-lontar`;

/** The passphrase of a demo signer's key. */
export const demoPassphrase = (username: string): string => `tanda-tangan-${username}`;

/** Loads the classification tree (Permendagri 83/2022) once, with example retention beside it. */
export const loadClassification = async (pool: pg.Pool): Promise<void> => {
  const { rows } = await pool.query<{ n: string }>("select count(*) as n from classification");
  if (rows[0]?.n !== "0") return;
  const codes = await data("klasifikasi.csv");
  const terms = new Map((await data("retensi-contoh.csv")).map((row) => [row["kode"], row]));
  const names = new Map(codes.map((row) => [row["kode"], row["nama"]]));
  const path = (code: string): string => code.split(".").map((_, index, parts) => names.get(parts.slice(0, index + 1).join(".")) ?? "").filter((name) => name !== "").join(" › ");
  const column = (pick: (row: Readonly<Record<string, string>>) => string | boolean | null) => codes.map(pick);
  await pool.query(
    `insert into classification (code, name, parent, leaf, path, active_text, inactive_text, fate)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::text[], $7::text[], $8::text[]) on conflict do nothing`,
    [
      column((row) => row["kode"] ?? ""),
      column((row) => row["nama"] ?? ""),
      column((row) => row["induk"] || null),
      column((row) => row["daun"] === "1"),
      column((row) => path(row["kode"] ?? "")),
      column((row) => terms.get(row["kode"])?.["aktif"] || null),
      column((row) => terms.get(row["kode"])?.["inaktif"] || null),
      column((row) => terms.get(row["kode"])?.["nasib"] || null),
    ],
  );
};

/** What a seeded signer needs from the signing module: a key under his passphrase and its certificate. */
export type IssueCredential = (by: Actor, person: { readonly id: string; readonly name: string; readonly title: string; readonly organisation: string }, passphrase: string) => Promise<void>;

const loadOffice = async (db: Database, office: SeedOffice, source: Source, issue: IssueCredential | undefined): Promise<void> => {
  const at = source.now();
  const by: Actor = { ...systemActor(office.tenantId, at, localDate(at, "WITA"), "WITA", "seed"), functions: ["admin"] };
  const hashes = Promise.all(office.accounts.map((account) => hashPassword(demoPassword(account.username)))); // beside the rest: each is made to take its time
  await inTenant(db, office.tenantId, async (tx) => {
    await tx.insertInto("tenant").values({ tenant_id: office.tenantId, name: office.name, short_name: office.shortName, kind: office.kind, region: office.region, zone: "WITA", profile: JSON.stringify({ demo: true }) }).execute();
    const { units, positions, persons, holdings, delegations, policies } = organisationKinds;
    // Passwords that stand on the sign-in page protect nothing, and nobody should have to fetch a phone to look at a demo: it only advises.
    await perform(tx, policies.machine, office.tenantId, { type: "set", state: { ...defaultPolicy, strongEntry: { ...defaultPolicy.strongEntry, force: "advised" } } }, by);
    const founding = { type: "define", since: always, basis: null, above: [] } as const;
    await performAll(tx, units.machine, office.units.map(({ id, state }) => ({ id, command: { ...founding, id, facts: state }, facts: {} })), by);
    await performAll(tx, positions.machine, office.positions.map(({ id, state }) => ({ id, command: { ...founding, id, facts: state, hasUnit: true }, facts: {} })), by);
    await performAll(tx, persons.machine, office.persons.map(({ id, state }) => ({ id, command: { type: "define", state }, facts: {} })), by);
    await performAll(tx, holdings.machine, office.holdings.map(({ id, state }) => ({ id, command: { type: "begin", holding: state, others: [], exists: true, isCompetent: true }, facts: {} })), by);
    // The past is entered as it was: the rule that a mandate does not reach back is asked of the day on which it was given.
    for (const { id, state } of office.delegations) await perform(tx, delegations.machine, id, { type: "give", delegation: state, isGiver: true, isBelow: true, received: office.delegations.map((one) => ({ ...one.state, ended: null })) }, { ...by, today: localDate(state.since, by.zone) });
    for (const right of exampleRights(office)) await perform(tx, classRightMachine, right.id, { type: "grant", isKnown: true, ...right.row, since: at, until: null }, by);
  });
  const passwordHashes = await hashes;
  await Promise.all(office.accounts.map(async (account, index) => {
    await createAccount(db, by, { personId: account.personId, username: account.username, passwordHash: passwordHashes[index] ?? "", demoPassword: demoPassword(account.username) });
    if (!account.signs || issue === undefined) return;
    const person = office.persons.find((candidate) => candidate.id === account.personId);
    const held = office.holdings.find((holding) => holding.state.personId === account.personId);
    const position = office.positions.find((candidate) => candidate.id === held?.state.positionId);
    await issue(by, { id: account.personId, name: person?.state.name ?? "", title: position?.state.title ?? "", organisation: office.name }, demoPassphrase(account.username));
  }));
};

/** Two rows of a SKKAAD table, as an example: a government begins with none, and its own regulation says which. */
const exampleRights = (office: SeedOffice) => {
  const unit = office.units.find((candidate) => candidate.state.code === "SETDA");
  const post = office.positions.find((candidate) => candidate.state.title === "Inspektur Daerah");
  if (unit === undefined || post === undefined) return [];
  const row = { securities: ["B", "T"] as const, basis: "Contoh tabel SKKAAD; ganti dengan Peraturan Bupati" };
  return [
    { id: seedId("right/900"), row: { ...row, prefix: "900.1", level: "penentu_kebijakan" as const, positionId: null, positionTitle: null, unitId: unit.id, unitName: unit.state.name } },
    { id: seedId("right/700"), row: { ...row, prefix: "700", level: null, positionId: post.id, positionTitle: post.state.title, unitId: null, unitName: null } },
  ];
};

/** Loads the demo office when the database holds no government yet. Answers whether it did. */
export const seedDemo = async (db: Database, pool: pg.Pool, source: Source, issue?: IssueCredential): Promise<boolean> => {
  const { rows } = await pool.query<{ n: string }>("select count(*) as n from tenant");
  if (rows[0]?.n !== "0") return false;
  const regions = await data("wilayah.csv");
  await loadOffice(db, regency(await data("opd-contoh.csv"), regions), source, issue);
  await loadOffice(db, village(), source, issue);
  return true;
};

/** The standard instructions of a disposisi. */
export const instructions = async (): Promise<readonly { readonly order: number; readonly text: string; readonly kind: string }[]> =>
  (await data("instruksi.csv")).map((row) => ({ order: Number(row["urut"]), text: row["instruksi"] ?? "", kind: row["jenis"] ?? "" }));
