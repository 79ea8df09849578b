import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { contract } from "@lontar/contract";
import type { HoldingKind, PostFunction } from "../../kernel/actor.ts";
import { idFrom, type Id, type Instant } from "../../kernel/ids.ts";
import type { Decree } from "../dated.ts";
import type { HoldingState } from "../holding.ts";
import { isMandate, overlap } from "../mandate.ts";
import type { PersonState } from "../person.ts";
import type { PositionFacts } from "../position.ts";
import type { Letterhead, UnitFacts } from "../unit.ts";
import { momentText, readMoment } from "./moments.ts";
import { codeOfPerson, codeOfPost, type Clock, type OfficeSnapshot } from "./office.ts";
import { columns, problem, sheetNames, type Problem, type ProblemCode, type Row, type SheetName, type Sheets } from "./sheets.ts";
import type { Cell } from "./table.ts";
import { holdingWords } from "./workbook.ts";

/** Where a change stands in the file, and how it is told: what it is about and which facts differ. */
type Told = { readonly sheet: SheetName; readonly row: number; readonly what: "new" | "changed" | "ended"; readonly title: string; readonly fields: readonly string[] };

/** One change that the file asks for, in the order in which it can be made. */
export type Change = Told & (
  | { readonly type: "unit"; readonly id: Id; readonly facts: UnitFacts }
  | { readonly type: "post"; readonly id: Id; readonly facts: PositionFacts }
  | { readonly type: "person"; readonly id: Id; readonly state: PersonState; readonly before: PersonState | undefined; readonly nik: string | undefined }
  | { readonly type: "end"; readonly id: Id; readonly positionId: Id; readonly until: Instant; readonly reason: string }
  | { readonly type: "begin"; readonly id: Id; readonly holding: HoldingState }
);

/** How many rows of a sheet are what; `absent` counts what the office has and the file does not name: it stays as it is. */
export type Count = { readonly sheet: SheetName; readonly rows: number; readonly fresh: number; readonly changed: number; readonly unchanged: number; readonly absent: number };

/** What an import would do: everything that is wrong with it, or the changes it makes. */
export type Plan = { readonly problems: readonly Problem[]; readonly changes: readonly Change[]; readonly counts: readonly Count[] };

/** What the rules cannot compute for themselves: ids of new things come from the import's own id, NIK compare by their keyed hash. */
export type Keys = { readonly importId: Id; readonly keyedNik: (nik: string) => string };

const functionNames: readonly PostFunction[] = ["registrar", "archivist", "leader", "signer", "operator", "inspector", "admin"];
const levels: readonly Letterhead["level"][] = ["opd", "bupati", "desa"];

/** The same import gives the same ids each time it is planned, so that what was shown is what is made. */
const newId = ({ importId }: Keys, sheet: SheetName, key: string): Id => idFrom(Number.parseInt(importId.replaceAll("-", "").slice(0, 12), 16), createHash("sha256").update(`${importId}/${sheet}/${key}`).digest().subarray(0, 10));

/** Plans an import: compares each row with the office by its stable code, lists every problem of every row, and orders the changes so that each stands on what is there before it. */
export const planImport = (office: OfficeSnapshot, sheets: Sheets, clock: Clock, keys: Keys): Plan => {
  const problems: Problem[] = [...sheets.problems];
  const units = planUnits(office, sheets, problems, keys, clock);
  const posts = planPosts(office, sheets, problems, keys, units.ids, clock);
  const people = planPeople(office, sheets, problems, keys);
  const holdings = planHoldings(office, sheets, problems, keys, clock, posts, people.find);
  const all = [units, posts, people, holdings];
  return {
    problems: problems.toSorted((a, b) => order(a) - order(b) || a.row - b.row),
    changes: [...units.changes, ...posts.changes, ...people.changes, ...holdings.changes],
    counts: sheetNames.flatMap((sheet, index): readonly Count[] => {
      const part = all[index];
      if (part === undefined || !sheets.sent.has(sheet)) return [];
      const fresh = part.changes.filter((change) => change.what === "new").length;
      const changed = part.changes.length - fresh;
      return [{ sheet, rows: sheets[sheet].length, fresh, changed, unchanged: part.unchanged, absent: part.absent }];
    }),
  };
};

const order = ({ sheet }: Problem): number => (sheetNames.findIndex((name) => name === sheet) + sheetNames.length + 1) % (sheetNames.length + 1);

type Fail = (row: number, column: string, code: ProblemCode, value?: string, other?: string | null) => void;

const failOf = (sheet: SheetName, problems: Problem[]): Fail => {
  const titles: Readonly<Record<string, string>> = columns[sheet];
  return (row, column, code, value = "", other = null) => void problems.push(problem(sheet, row, titles[column] ?? column, code, value, other));
};

/** Two rows that speak of one thing: the second says where the first is. Empty keys are nobody's. */
const firsts = () => {
  const seen = new Map<string, number>();
  return (key: string, row: number): number | undefined => {
    if (key === "") return undefined;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, row);
    return before;
  };
};

const differing = <Facts extends object>(before: Facts | undefined, after: Facts): readonly string[] => {
  const [a, b] = [new Map<string, unknown>(before === undefined ? [] : Object.entries(before)), new Map<string, unknown>(Object.entries(after))];
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => !isDeepStrictEqual(a.get(key) ?? null, b.get(key) ?? null));
};

// Units

type UnitTarget = { readonly id: Id; readonly row: number; readonly facts: UnitFacts; readonly before: OfficeSnapshot["units"][number] | undefined };

const planUnits = (office: OfficeSnapshot, sheets: Sheets, problems: Problem[], keys: Keys, clock: Clock) => {
  const fail = failOf("Unit", problems);
  const byCode = new Map(office.units.map((unit) => [unit.facts.code, unit]));
  const ids = new Map(office.units.map((unit) => [unit.facts.code, unit.id]));
  const taken = firsts();
  const rows = sheets.Unit.map((row) => {
    const code = textOf(row, "code");
    const before = taken(code, row.row);
    if (code === "") fail(row.row, "code", "required");
    else if (before !== undefined) fail(row.row, "code", "duplicate", code, String(before));
    else ids.set(code, byCode.get(code)?.id ?? newId(keys, "Unit", code));
    return { row, code, isNamed: code !== "" && before === undefined };
  });
  const shape = contract["organisation.defineUnit"].body.shape.facts;
  const path: Readonly<Record<string, string>> = { parentId: "parent", letterhead: "lines" };
  const targets = rows.flatMap(({ row, code, isNamed }): readonly UnitTarget[] => {
    const before = byCode.get(code);
    const parentCode = textOf(row, "parent");
    const parentId = parentCode === "" ? null : (ids.get(parentCode) ?? undefined);
    if (parentId === undefined) fail(row.row, "parent", "parent_unknown", parentCode);
    const letterhead = sheets.has("Unit", "level") ? letterheadOf(row, fail) : (before?.facts.letterhead ?? null);
    const facts = { code, name: textOf(row, "name"), shortName: textOf(row, "shortName"), parentId: parentId ?? null, kind: textOf(row, "kind"), letterhead: letterhead ?? null };
    if (isNamed && parentId !== undefined && letterhead !== undefined) return [{ id: ids.get(code) ?? "", row: row.row, before, facts }];
    passes(shape.omit({ code: true }).safeParse(facts), path, row.row, fail); // whoever mends the row learns at once what else is wrong with it
    return [];
  });
  const parents = new Map<Id, Id | null>([...office.units.map((unit) => [unit.id, unit.facts.parentId] as const), ...targets.map((target) => [target.id, target.facts.parentId] as const)]);
  const changes = targets.flatMap((target): readonly Change[] => {
    const fields = differing(target.before?.facts, target.facts);
    if (fields.length === 0) return [];
    const isInLoop = isLoop(target.id, parents);
    if (isInLoop) fail(target.row, "parent", "loop", textOfId(office.units, target.facts.parentId));
    if (!passes(shape.safeParse(target.facts), path, target.row, fail) || isInLoop) return [];
    return [{ type: "unit", id: target.id, facts: target.facts, sheet: "Unit", row: target.row, what: target.before === undefined ? "new" : "changed", title: target.facts.name, fields }];
  });
  waitsForPlans(changes, office.units, clock, fail);
  return { ids, changes: topDown(changes, parents), unchanged: targets.length - changes.length, absent: absent(office.units, targets) };
};

const letterheadOf = (row: Row<"Unit">, fail: Fail): Letterhead | null | undefined => {
  const level = textOf(row, "level").toLowerCase();
  const [linesText, place] = [textOf(row, "lines"), textOf(row, "place")];
  if (level === "") {
    if (linesText !== "" || place !== "") return fail(row.row, "level", "letterhead_incomplete"), undefined;
    return null;
  }
  const known = levels.find((each) => each === level);
  if (known === undefined) return fail(row.row, "level", "level_unknown", level, levels.join(", ")), undefined;
  if (linesText === "" || place === "") return fail(row.row, linesText === "" ? "lines" : "place", "letterhead_incomplete"), undefined;
  return { level: known, lines: linesOf(linesText), address: linesOf(textOf(row, "address")), place };
};

const linesOf = (text: string): readonly string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

// Posts

const planPosts = (office: OfficeSnapshot, sheets: Sheets, problems: Problem[], keys: Keys, units: ReadonlyMap<string, Id>, clock: Clock) => {
  const fail = failOf("Jabatan", problems);
  const byCode = new Map(office.posts.map((post) => [codeOfPost(post), post]));
  const ids = new Map(office.posts.map((post) => [codeOfPost(post), post.id]));
  const taken = firsts();
  const rows = sheets.Jabatan.map((row) => {
    const code = textOf(row, "code");
    const before = taken(code, row.row);
    // Codes that begin so are made from ids: one that names no post is a slip of the pen, not a new post.
    const isSlip = /^J-[0-9a-f]{12}$/.test(code) && !byCode.has(code);
    if (code === "") fail(row.row, "code", "required");
    else if (before !== undefined) fail(row.row, "code", "duplicate", code, String(before));
    else if (isSlip) fail(row.row, "code", "post_unknown", code);
    else ids.set(code, byCode.get(code)?.id ?? newId(keys, "Jabatan", code));
    return { row, code, isNamed: code !== "" && before === undefined && !isSlip };
  });
  const shape = contract["organisation.definePost"].body.shape.facts;
  const path: Readonly<Record<string, string>> = { unitId: "unit", superiorId: "superior" };
  const targets = rows.flatMap(({ row, code, isNamed }) => {
    const before = byCode.get(code);
    const unitCode = textOf(row, "unit");
    const superiorCode = textOf(row, "superior");
    const unitId = units.get(unitCode);
    const superiorId = superiorCode === "" ? null : ids.get(superiorCode);
    const functions = sheets.has("Jabatan", "functions") ? functionsOf(row, fail, before?.facts.functions) : (before?.facts.functions ?? []);
    const orderText = textOf(row, "order");
    const place = orderText === "" ? (before?.facts.order ?? row.row) : Number(orderText);
    if (unitId === undefined) fail(row.row, "unit", "unit_unknown", unitCode);
    if (superiorId === undefined) fail(row.row, "superior", "superior_unknown", superiorCode);
    const isPlace = Number.isInteger(place) && place >= 0 && place <= 1_000_000;
    if (!isPlace) fail(row.row, "order", "order_bad", orderText);
    const words = { title: textOf(row, "title"), shortTitle: textOf(row, "shortTitle"), role: textOf(row, "role") };
    if (!isNamed || unitId === undefined || superiorId === undefined || functions === undefined || !isPlace) {
      passes(shape.pick({ title: true, shortTitle: true, role: true }).safeParse(words), path, row.row, fail);
      return [];
    }
    const facts: PositionFacts = { unitId, ...words, superiorId, functions, order: place, ...(before?.facts.code !== undefined ? { code: before.facts.code } : before === undefined && { code }) };
    return [{ id: ids.get(code) ?? "", row: row.row, before, facts }];
  });
  const superiors = new Map<Id, Id | null>([...office.posts.map((post) => [post.id, post.facts.superiorId] as const), ...targets.map((target) => [target.id, target.facts.superiorId] as const)]);
  const changes = targets.flatMap((target): readonly Change[] => {
    const fields = differing(target.before?.facts, target.facts);
    if (fields.length === 0) return [];
    const isInLoop = isLoop(target.id, superiors);
    if (isInLoop) fail(target.row, "superior", "loop");
    if (!passes(shape.safeParse(target.facts), path, target.row, fail) || isInLoop) return [];
    return [{ type: "post", id: target.id, facts: target.facts, sheet: "Jabatan", row: target.row, what: target.before === undefined ? "new" : "changed", title: target.facts.title, fields }];
  });
  waitsForPlans(changes, office.posts, clock, fail);
  const fresh = new Set(targets.flatMap((target) => (target.before === undefined ? [target.id] : [])));
  return { ids, fresh, changes: topDown(changes, superiors), unchanged: targets.length - changes.length, absent: absent(office.posts, targets) };
};

const functionsOf = (row: Row<"Jabatan">, fail: Fail, before: readonly PostFunction[] | undefined): readonly PostFunction[] | undefined => {
  const asked = textOf(row, "functions").split(/[,;]/).map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
  const known = asked.flatMap((name) => functionNames.find((each) => each === name) ?? []);
  const wrong = asked.find((name) => !functionNames.some((each) => each === name));
  if (wrong !== undefined) return fail(row.row, "functions", "function_unknown", wrong, functionNames.join(", ")), undefined;
  const once = [...new Set(known)];
  // The same functions in another order are no change.
  return before !== undefined && before.length === once.length && once.every((name) => before.includes(name)) ? before : once;
};

// People

const planPeople = (office: OfficeSnapshot, sheets: Sheets, problems: Problem[], keys: Keys) => {
  const fail = failOf("Pegawai", problems);
  const byCode = new Map(office.people.map((person) => [codeOfPerson(person.id), person]));
  const byNip = new Map(office.people.flatMap((person) => (person.state.nip === null ? [] : [[person.state.nip, person] as const])));
  const withoutNip = Map.groupBy(office.people.filter((person) => person.state.nip === null), (person) => person.state.name.toLowerCase());
  const byNik = new Map(office.people.flatMap((person) => (person.nik === null ? [] : [[person.nik.keyed, person] as const])));
  const taken = { code: firsts(), nip: firsts(), nik: firsts(), person: firsts() };
  // Everything that a row of Pemangku may call a person by, those of this file included.
  const names = new Map<string, Id>([...office.people.map((person) => [codeOfPerson(person.id), person.id] as const), ...office.people.flatMap((person) => (person.state.nip === null ? [] : [[person.state.nip, person.id] as const]))]);
  const titles = new Map<Id, string>(office.people.map((person) => [person.id, person.state.name]));
  const found = new Set<Id>();
  let unchanged = 0;
  const changes = sheets.Pegawai.flatMap((row): readonly Change[] => {
    const [code, name, nipRead, nikRead] = [textOf(row, "code"), textOf(row, "name"), digitsOf(row, "nip", fail), digitsOf(row, "nik", fail)];
    const [nip, nik] = [nipRead ?? "", nikRead ?? ""];
    // The first fault of a cell is told, and of every cell: what else is wrong with the row is not kept for the next dry run.
    const bad = new Set<string>([...(nipRead === undefined ? ["nip"] : []), ...(nikRead === undefined ? ["nik"] : [])]);
    const wrong = (column: string, problemCode: ProblemCode, value: string, other: string | null = null): void => {
      if (bad.has(column)) return;
      bad.add(column);
      fail(row.row, column, problemCode, value, other);
    };
    if (nip !== "" && !/^\d{18}$/.test(nip)) wrong("nip", "nip_length", nip);
    const isMasked = nik.includes("•") || nik.includes("*");
    if (nik !== "" && !isMasked && !/^\d{16}$/.test(nik)) wrong("nik", "nik_length", "");
    for (const [column, key, value] of [["code", taken.code, code], ["nip", taken.nip, nip], ["nik", taken.nik, isMasked ? "" : nik]] as const) {
      const before = key(value, row.row);
      if (before !== undefined) wrong(column, "duplicate", column === "nik" ? "" : value, String(before));
    }
    if (/^P-[0-9a-f]{12}$/.test(code) && !byCode.has(code)) wrong("code", "person_unknown", code);
    const namesakes = nipRead === "" && !byCode.has(code) ? (withoutNip.get(name.toLowerCase()) ?? []) : [];
    if (namesakes.length > 1) wrong("name", "person_ambiguous", name);
    const before = byCode.get(code) ?? byNip.get(nip) ?? namesakes[0];
    const nipOwner = nip === "" ? undefined : byNip.get(nip);
    if (nipOwner !== undefined && nipOwner.id !== before?.id) wrong("nip", "nip_taken", nip, nipOwner.state.name);
    if (isMasked && nik !== before?.nik?.masked) wrong("nik", "nik_masked", nik);
    const keyed = nik === "" || isMasked ? undefined : keys.keyedNik(nik);
    const nikOwner = keyed === undefined ? undefined : byNik.get(keyed);
    if (nikOwner !== undefined && nikOwner.id !== before?.id) wrong("nik", "nik_taken", "", nikOwner.state.name);
    const id = before?.id ?? newId(keys, "Pegawai", nip !== "" ? nip : code !== "" ? code : name);
    const twice = bad.size > 0 ? undefined : taken.person(id, row.row);
    if (twice !== undefined) wrong("name", "duplicate", name, String(twice));
    const optional = (column: "rank" | "grade" | "email", kept: string | null | undefined): string | null => (sheets.has("Pegawai", column) ? textOf(row, column) || null : (kept ?? null));
    const state: PersonState = { name, nip: nip === "" ? null : nip, rank: optional("rank", before?.state.rank), grade: optional("grade", before?.state.grade), email: optional("email", before?.state.email) };
    const body = contract["organisation.definePerson"].body;
    if (bad.size > 0) {
      passes(body.pick({ name: true, rank: true, grade: true, email: true }).safeParse(state), {}, row.row, (at, column, ...told) => (bad.has(column) ? undefined : fail(at, column, ...told)));
      // Who is named in this file is known in it, whatever is wrong with his row: his posts are not told as those of nobody.
      for (const each of [nip, code]) if (each !== "" && !names.has(each)) names.set(each, id);
      if (!titles.has(id)) titles.set(id, name);
      return [];
    }
    found.add(id);
    // Whoever gets another NIP is called by it in this file: the next import would not know the old one.
    if (before?.state.nip != null && before.state.nip !== nip) names.delete(before.state.nip);
    for (const each of [codeOfPerson(id), nip, code]) if (each !== "") names.set(each, id);
    titles.set(id, name);
    const nikChanged = keyed !== undefined && keyed !== before?.nik?.keyed;
    const fields = [...differing(before?.state, state), ...(nikChanged ? ["nik"] : [])];
    if (fields.length === 0) {
      unchanged += 1;
      return [];
    }
    if (!passes(body.safeParse({ ...state, ...(nikChanged && { nik }) }), {}, row.row, fail)) return [];
    return [{ type: "person", id, state, before: before?.state, nik: nikChanged ? nik : undefined, sheet: "Pegawai", row: row.row, what: before === undefined ? "new" : "changed", title: name, fields }];
  });
  return { changes, unchanged, absent: office.people.filter((person) => !found.has(person.id)).length, find: (name: string) => { const id = names.get(name); return id === undefined ? undefined : { id, name: titles.get(id) ?? "" }; } };
};

/** A number of digits is text: a spreadsheet that keeps it as a number has rounded it after fifteen of them. Undefined = already told. */
const digitsOf = (row: Row<"Pegawai">, column: "nip" | "nik", fail: Fail): string | undefined => {
  const cell = row.cells.get(column);
  if (cell === undefined) return "";
  if (cell.kind === "number" || /^\d(?:[.,]\d+)?E\+\d+$/i.test(cell.text)) return fail(row.row, column, "digits_lost", column === "nik" ? "" : cell.text), undefined;
  return cell.text.replaceAll(/[\s.'’-]/g, "");
};

// Holdings

const kinds = new Map<string, HoldingKind>([...Object.entries(holdingWords).map(([kind, word]) => [plain(word), kind] as const), ["penjabat", "pj"], ["pejabatdefinitif", "definitif"]].flatMap(([word, kind]) => (kind === "definitif" || kind === "plt" || kind === "plh" || kind === "pj" ? [[word ?? "", kind] as const] : [])));
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z]/g, "");
}

type Posts = { readonly ids: ReadonlyMap<string, Id>; readonly fresh: ReadonlySet<Id> };
type FindPerson = (name: string) => { readonly id: Id; readonly name: string } | undefined;

const planHoldings = (office: OfficeSnapshot, sheets: Sheets, problems: Problem[], keys: Keys, clock: Clock, posts: Posts, findPerson: FindPerson) => {
  const fail = failOf("Pemangku", problems);
  const { zone, now, at } = clock;
  const keyOf = (postId: Id, personId: Id, kind: HoldingKind, since: Instant): string => `${postId}/${personId}/${kind}/${momentText(since, zone, false)}`;
  const real = office.holdings.filter(({ state }) => state.until === null || state.since < state.until);
  const existing = new Map(real.map((holding) => [keyOf(holding.state.positionId, holding.state.personId, holding.state.kind, holding.state.since), holding]));
  const names = new Map(office.people.map((person) => [person.id, person.state.name]));
  const taken = firsts();
  const seen = new Set<Id>();
  // Who holds which post when, with the ends that this file brings and the beginnings of the rows before.
  const spans = new Map<Id, { readonly state: HoldingState; readonly by: string }>(real.map(({ id, state }) => [id, { state, by: names.get(state.personId) ?? "" }]));
  const ends: Change[] = [];
  const begins: { readonly change: Extract<Change, { type: "begin" }>; readonly name: string }[] = [];
  let unchanged = 0;
  for (const row of sheets.Pemangku) {
    const read = readHolding(row, fail, posts, findPerson, zone);
    if (read === undefined) continue;
    const { postId, person, kind, since, until, decree, reason } = read;
    const key = keyOf(postId, person.id, kind, since);
    const twice = taken(key, row.row);
    if (twice !== undefined) {
      fail(row.row, "post", "duplicate", textOf(row, "post"), String(twice));
      continue;
    }
    const before = existing.get(key);
    if (before !== undefined) {
      seen.add(before.id);
      const result = endOf(before, until, decree, clock);
      if (result === "same") unchanged += 1;
      else if (result === "ends" && until !== null) {
        ends.push({ type: "end", id: before.id, positionId: postId, until, reason: reason === "" ? "Menurut lembar impor" : reason, sheet: "Pemangku", row: row.row, what: "ended", title: person.name, fields: ["until"] });
        spans.set(before.id, { state: { ...before.state, until }, by: person.name });
      } else fail(row.row, result === "past" ? "until" : result === "decree" ? "number" : "until", result === "past" ? "end_in_past" : isMandate(kind) ? "mandate_elsewhere" : "holding_fixed", textOf(row, "until"));
      continue;
    }
    if (isMandate(kind)) fail(row.row, "kind", "mandate_elsewhere", textOf(row, "kind"));
    else if (posts.fresh.has(postId) && at > now && since < at) fail(row.row, "since", "post_not_yet", textOf(row, "since"), momentText(at, zone, false));
    else begins.push({ name: person.name, change: { type: "begin", id: newId(keys, "Pemangku", key), holding: { personId: person.id, positionId: postId, kind, basis: decree === null ? null : `${decree.number} tanggal ${decree.date.split("-").toReversed().join("-")}`, since, until, decree, scope: null, ended: null }, sheet: "Pemangku", row: row.row, what: "new", title: person.name, fields: [] } });
  }
  const byPost = Map.groupBy(spans.values(), ({ state }) => state.positionId);
  const named = new Set(posts.ids.values());
  const good = begins.filter(({ change, name }) => {
    const there = byPost.get(change.holding.positionId) ?? [];
    const other = there.find(({ state }) => (state.kind === "definitif") === (change.holding.kind === "definitif") && overlap(state, change.holding));
    if (other !== undefined) fail(change.row, "since", "overlap", name, `${other.by}, ${momentText(other.state.since, zone, false)}${other.state.until === null ? "" : ` s.d. ${momentText(other.state.until, zone, true)}`}`);
    else byPost.set(change.holding.positionId, [...there, { state: change.holding, by: name }]);
    return other === undefined;
  });
  return { changes: [...ends, ...good.map(({ change }) => change)], unchanged, absent: real.filter(({ id, state }) => !seen.has(id) && named.has(state.positionId)).length };
};

const readHolding = (row: Row<"Pemangku">, fail: Fail, posts: Posts, findPerson: FindPerson, zone: Clock["zone"]) => {
  const [post, who, kindText] = [textOf(row, "post"), textOf(row, "person"), textOf(row, "kind")];
  const postId = posts.ids.get(post);
  const person = findPerson(who.replaceAll(/\s/g, "")) ?? findPerson(who);
  const kind = kinds.get(plain(kindText));
  const since = momentOf(row, "since", fail, zone);
  const until = momentOf(row, "until", fail, zone);
  if (postId === undefined) fail(row.row, "post", post === "" ? "required" : "post_unknown", post);
  if (person === undefined) fail(row.row, "person", who === "" ? "required" : row.cells.get("person")?.kind === "number" ? "digits_lost" : "person_unknown", who);
  if (kind === undefined) fail(row.row, "kind", kindText === "" ? "required" : "kind_unknown", kindText, Object.values(holdingWords).join(", "));
  if (since === null) fail(row.row, "since", "required");
  const [number, dateText] = [textOf(row, "number"), textOf(row, "date")];
  const dateMoment = dateText === "" ? undefined : readMoment(dateText, zone, false);
  if (dateText !== "" && dateMoment === undefined) fail(row.row, "date", "date_bad", dateText);
  if ((number === "") !== (dateText === "")) fail(row.row, number === "" ? "number" : "date", "decree_incomplete");
  if (number.length > 80) fail(row.row, "number", "malformed", number, "paling banyak 80 huruf");
  if (postId === undefined || person === undefined || kind === undefined || since == null || until === undefined || (number === "") !== (dateText === "") || (dateText !== "" && dateMoment === undefined) || number.length > 80) return undefined;
  if (until !== null && until <= since) return fail(row.row, "until", "end_before_start", textOf(row, "until")), undefined;
  const decree: Decree | null = dateMoment === undefined ? null : { number, date: momentText(dateMoment, zone, false), letterId: null, file: null };
  return { postId, person, kind, since, until, decree, reason: textOf(row, "reason").slice(0, 300) };
};

/** Null = empty, undefined = already told. */
const momentOf = (row: Row<"Pemangku">, column: "since" | "until", fail: Fail, zone: Clock["zone"]): Instant | null | undefined => {
  const text = textOf(row, column);
  if (text === "") return null;
  const moment = readMoment(text, zone, column === "until");
  if (moment === undefined) fail(row.row, column, "date_bad", text);
  return moment;
};

/** What a row asks of a holding that is there: nothing, its end, or something that an import does not do. */
const endOf = ({ state }: OfficeSnapshot["holdings"][number], until: Instant | null, decree: Decree | null, { zone, now }: Clock): "same" | "ends" | "past" | "fixed" | "decree" => {
  if (decree !== null && (decree.number !== state.decree?.number || decree.date !== state.decree.date)) return "decree";
  if (momentText(until, zone, true) === momentText(state.until, zone, true)) return "same";
  if (isMandate(state.kind) || until === null || (state.until !== null && state.until <= now)) return "fixed";
  return until < now ? "past" : "ends";
};

// What all sheets share

const textOf = <Sheet extends SheetName>(row: Row<Sheet>, column: Parameters<Row<Sheet>["cells"]["get"]>[0]): string => (row.cells.get(column) satisfies Cell | undefined)?.text ?? "";

const textOfId = (units: OfficeSnapshot["units"], id: Id | null): string => units.find((unit) => unit.id === id)?.facts.code ?? "";

const deepest = 30;

const isLoop = (id: Id, above: ReadonlyMap<Id, Id | null>): boolean => {
  let at = above.get(id) ?? null;
  for (let step = 0; at !== null; step += 1) {
    if (at === id || step > deepest) return true;
    at = above.get(at) ?? null;
  }
  return false;
};

/** Parents before children: whatever is above a thing stands in its new place when the thing itself is put there. */
const topDown = <C extends Change>(changes: readonly C[], above: ReadonlyMap<Id, Id | null>): readonly C[] => {
  const depth = (id: Id): number => {
    let at = above.get(id) ?? null;
    let steps = 0;
    while (at !== null && steps <= deepest) {
      at = above.get(at) ?? null;
      steps += 1;
    }
    return steps;
  };
  return changes.toSorted((a, b) => depth(a.id) - depth(b.id));
};

/** A later change that is already decided stands in the way: what comes before it can no longer be said. */
const waitsForPlans = (changes: readonly Change[], standing: readonly { readonly id: Id; readonly lastSince: Instant }[], { at, zone }: Clock, fail: Fail): void => {
  const later = new Map(standing.filter((each) => each.lastSince > at).map((each) => [each.id, each.lastSince]));
  for (const change of changes) {
    const since = later.get(change.id);
    if (since !== undefined) fail(change.row, "code", "plan_in_the_way", change.title, momentText(since, zone, false));
  }
};

const absent = (standing: readonly { readonly id: Id }[], targets: readonly { readonly id: Id }[]): number => {
  const named = new Set(targets.map((target) => target.id));
  return standing.filter((each) => !named.has(each.id)).length;
};

type Checked = { readonly success: boolean; readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] } | undefined };

/** The endpoint's own words on what a value may be. */
const passes = (checked: Checked, path: Readonly<Record<string, string>>, row: number, fail: Fail): boolean => {
  for (const issue of checked.error?.issues ?? []) {
    const name = String(issue.path[0] ?? "");
    fail(row, path[name] ?? name, issue.message === "wajib diisi" ? "required" : "malformed", "", issue.message);
  }
  return checked.success;
};
