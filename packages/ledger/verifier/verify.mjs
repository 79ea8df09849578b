#!/usr/bin/env node
// Judges a Lontar office from outside: its published log, the policy, and an export of its records and files. Plain Node, one file,
// nothing imported from the server or from the package beside it: whoever reads these lines knows what is checked. Needs no network.
//
//   node verify.mjs --log DIR --policy FILE --export DIR [--seen CHECKPOINT]…
//
// --log     the published folder of one government: checkpoint, tile/…          (c2sp.org/tlog-tiles)
// --policy  whose log, which witnesses, how many are enough                     (c2sp.org/tlog-policy)
// --export  what `lontar export` wrote: events, rows, numbers, files
// --seen    a checkpoint that somebody kept earlier: the log must still contain it
import { createHash, createHmac, createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leafHash = (record) => sha(Buffer.from([0]), record);
const nodeHash = (left, right) => sha(Buffer.from([1]), left, right);

/** RFC 6962 §2.1, by halves; folded once for each power of two, so that older roots cost little. */
const rootOf = (hashes) => {
  if (hashes.length === 0) return sha("");
  if (hashes.length === 1) return hashes[0];
  const split = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
};

/** RFC 8785, for what JSON holds. */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  return JSON.stringify(value);
};
const same = (one, other) => canonical(one ?? null) === canonical(other ?? null);

const ed25519 = (key, message, signature) => {
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key]);
  return signature.length === 64 && verify(null, message, createPublicKey({ key: spki, format: "der", type: "spki" }), signature);
};

/** `name+id+base64(type, key)`; the id follows from the rest (c2sp.org/signed-note). */
const readKey = (text) => {
  const [name, id, ...rest] = text.split("+");
  const blob = Buffer.from(rest.join("+"), "base64");
  const expected = sha(name, "\n", blob).subarray(0, 4).toString("hex");
  if (id !== expected || blob.length !== 33) throw new Error(`key ${name} is not what its id says`);
  return { name, id, type: blob[0], key: blob.subarray(1) };
};

const readPolicy = (text) => {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined };
  for (const line of text.split("\n")) {
    const [word, ...items] = line.trim().split(/\s+/);
    if (word === "log") policy.logs.push(readKey(items[0]));
    else if (word === "witness") policy.witnesses.set(items[0], readKey(items[1]));
    else if (word === "group") policy.groups.set(items[0], { rule: items[1], members: items.slice(2) });
    else if (word === "quorum") policy.quorum = items[0];
    else if (word !== "" && !word.startsWith("#")) throw new Error(`policy: ${line}`);
  }
  if (policy.quorum === undefined) throw new Error("policy: no quorum");
  return policy;
};

const isEnough = (policy, name, seen) => {
  if (name === "none") return true;
  const group = policy.groups.get(name);
  if (group === undefined) return seen.has(name);
  const wanted = group.rule === "any" ? 1 : group.rule === "all" ? group.members.length : Number(group.rule);
  return group.members.filter((member) => isEnough(policy, member, seen)).length >= wanted;
};

/** A signed note with a tree in it: who signed, which witnesses by the policy's names. Throws when it is none. */
const readCheckpoint = (note, policy) => {
  const border = note.lastIndexOf("\n\n");
  const text = note.slice(0, border + 1);
  const [origin, size, root] = text.split("\n");
  if (border < 0 || !/^(0|[1-9]\d*)$/.test(size ?? "")) throw new Error("no checkpoint");
  const lines = note.slice(border + 2).split("\n").filter((line) => line !== "").map((line) => /^— (\S+) (\S+)$/.exec(line));
  const by = ({ name, id, type, key }) =>
    lines.some((line) => {
      const blob = Buffer.from(line?.[2] ?? "", "base64");
      if (line?.[1] !== name || blob.subarray(0, 4).toString("hex") !== id) return false;
      if (type === 1) return ed25519(key, Buffer.from(text), blob.subarray(4));
      if (type !== 4) return false;
      return ed25519(key, Buffer.from(`cosignature/v1\ntime ${blob.readBigUInt64BE(4)}\n${text}`), blob.subarray(12));
    });
  const witnesses = new Set([...policy.witnesses].filter(([, key]) => by(key)).map(([name]) => name));
  return { origin, size: Number(size), root: Buffer.from(root, "base64"), isSigned: policy.logs.some((key) => key.name === origin && by(key)), witnesses };
};

const pathOf = (level, index, width) => {
  const groups = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0").match(/.{3}/g);
  return `tile/${level}/${groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/")}${width === 256 ? "" : `.p/${width}`}`;
};

/** Every record of the log, and what is wrong with its files: bundles against their records' hashes, tiles against those. */
const readLog = (folder, size, find) => {
  const records = [];
  let hashes = [];
  for (let index = 0; index * 256 < size; index += 1) {
    const width = Math.min(256, size - index * 256);
    const path = join(folder, pathOf("entries", index, width));
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    let at = 0;
    for (let n = 0; n < width && at + 2 <= bytes.length; n += 1) {
      const end = at + 2 + bytes.readUInt16BE(at);
      records.push(bytes.subarray(at + 2, end));
      at = end;
    }
    if (records.length !== index * 256 + width || at !== bytes.length) {
      find("entri", path, "entry bundle is missing or not whole");
      return { records, hashes: records.map(leafHash) };
    }
  }
  const leaves = records.map(leafHash);
  hashes = leaves;
  for (let level = 0; hashes.length > 0; level += 1) {
    const above = [];
    for (let index = 0; index * 256 < hashes.length; index += 1) {
      const part = hashes.slice(index * 256, index * 256 + 256);
      const path = join(folder, pathOf(level, index, part.length));
      if (!existsSync(path) || !readFileSync(path).equals(Buffer.concat(part))) find("ubin", path, "tile is missing or not that of its records");
      if (part.length === 256) above.push(rootOf(part));
    }
    hashes = above;
  }
  return { records, hashes: leaves };
};

const lines = (folder, name) => readFileSync(join(folder, `${name}.jsonl`), "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
const hashText = /^[0-9a-f]{64}$/;
const commitmentOf = (event) =>
  createHmac("sha256", Buffer.from(event.salt, "hex")).update(canonical({
    body: event.body, person: event.who.person, position: event.who.position, holding: event.who.holding, basis: event.who.basis,
    kind: event.kind, thing: event.thing_id, revision: event.revision, person_id: event.person_id, holding_id: event.holding_id, request: event.request_id,
  })).digest("hex");

/** Events against their leaves and against each other. */
const checkEvents = (records, events, pending, find) => {
  const leaves = new Map();
  for (const [index, record] of records.entries()) {
    const leaf = JSON.parse(record.toString("utf8"));
    if (canonical(leaf) !== record.toString("utf8")) find("daun", index, "leaf is not in its one spelling");
    if (leaves.has(leaf.event_id)) find("daun", index, "one event stands twice in the log");
    leaves.set(leaf.event_id, leaf);
  }
  const things = new Map();
  for (const event of events) {
    const key = `${event.kind}/${event.thing_id}`;
    things.set(key, [...(things.get(key) ?? []), event]);
  }
  const erased = new Set(events.flatMap((event) => (event.type.endsWith(".erased") && event.body !== null ? event.body.events : [])));
  for (const story of things.values()) {
    story.sort((one, other) => one.revision - other.revision);
    for (const [at, event] of story.entries()) {
      if (event.revision !== at + 1) find("peristiwa", event.event_id, `the story of ${event.kind} jumps to ${event.revision}: an event is missing or put in`);
      const isErased = event.body === null;
      if (isErased && !erased.has(event.event_id)) find("peristiwa", event.event_id, "its words are gone, and no act says that they were erased");
      if (!isErased && erased.has(event.event_id)) find("peristiwa", event.event_id, "an act says that its words were erased, and they are still here");
      if (!isErased && (event.salt === null || commitmentOf(event) !== event.commitment)) find("peristiwa", event.event_id, "its words are not those it was committed to");
      const leaf = leaves.get(event.event_id);
      if (leaf === undefined) {
        if (!pending.has(event.event_id)) find("peristiwa", event.event_id, "it has no place in the log and waits for none");
        continue;
      }
      leaves.delete(event.event_id);
      const prior = story[at - 1]?.commitment ?? null;
      const document = isErased ? leaf.obj_sha256 : typeof event.body.sha256 === "string" && hashText.test(event.body.sha256) ? event.body.sha256 : null;
      const expected = { v: 1, type: event.type, tenant: event.tenant_id, event_id: event.event_id, at: event.at, actor: event.position_id, obj: event.subject_id, obj_sha256: document, prev: prior, c: event.commitment };
      for (const name of Object.keys(expected)) if (!same(leaf[name], expected[name])) find("peristiwa", event.event_id, `the log says another ${name}`);
    }
  }
  for (const id of leaves.keys()) find("peristiwa", id, "the log has it, the records do not: an event was taken away");
  return things;
};

// Kinds whose rows repeat what people wrote; in the others words are made by the program as well.
const plainKinds = new Set(["person", "unit", "position", "holding", "delegation", "issued", "received"]);
const strings = (value) => (typeof value === "string" ? [value] : value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : []);

/** Rows against the events that made them. */
const checkRows = (rows, things, find) => {
  const seen = new Set();
  for (const row of rows) {
    const key = `${row.kind}/${row.id}`;
    const story = things.get(key) ?? [];
    seen.add(key);
    const last = story.at(-1);
    if (last === undefined) find("baris", key, "a row that no event made");
    else if (last.event_id !== row.last_event || last.revision !== row.revision) find("baris", key, "it does not stand where its events ended");
    if (last === undefined || !plainKinds.has(row.kind) || story.some((event) => event.body === null)) continue;
    const said = new Set(story.flatMap((event) => [...strings(event.body), ...strings(event.who), event.thing_id, event.position_id, event.person_id, event.at]));
    for (const word of strings(row.state)) if (/[ .]|^[0-9a-f]{64}$|^\d{10,}$/.test(word) && !said.has(word)) find("baris", key, `it says “${word.slice(0, 60)}”, which none of its events says`);
    const letter = row.kind === "issued" ? story[0].body.letter : undefined;
    for (const name of Object.keys(letter ?? {})) if (!same(row.state[name], letter[name])) find("baris", key, `its ${name} is not that of the letter that was issued`);
  }
  for (const [key, story] of things) if (!seen.has(key) && rows.some((row) => row.kind === story[0].kind)) find("baris", key, "its events are here, the row is gone");
};

/** Registers: from 1 to the last without gap; every number belongs to something, and its fate is that of the thing. */
const checkNumbers = (numbers, rows, find) => {
  const states = new Map(rows.map((row) => [`${row.kind}/${row.id}`, row.state]));
  for (const { series, last, entries } of numbers) {
    entries.sort((one, other) => one.n - other.n);
    if (entries.length !== last || entries.some((entry, at) => entry.n !== at + 1)) find("nomor", series, `the register says ${last}, and holds ${entries.map((entry) => entry.n).join(", ").slice(0, 60)}`);
    for (const { n, thing_id, fate } of entries) {
      const draft = states.get(`draft/${thing_id}`);
      const received = states.get(`received/${thing_id}`);
      if (draft === undefined && received === undefined) find("nomor", `${series}/${n}`, "no letter has this number");
      if (draft !== undefined && (fate === "disahkan") !== states.has(`issued/${thing_id}`)) find("nomor", `${series}/${n}`, `it is noted as ${fate}, and the letter is ${draft.status}`);
      if (received !== undefined && received.agenda !== undefined && received.agenda !== null && received.agenda !== n) find("nomor", `${series}/${n}`, "the letter says another number");
    }
  }
};

/** Files by the hash of their bytes, and every issued letter's file among them. */
const checkFiles = (folder, files, rows, find) => {
  const known = new Set(files.map((file) => file.sha256));
  for (const { sha256 } of files) {
    const path = join(folder, "files", sha256);
    if (!existsSync(path)) find("berkas", sha256, "the file is gone");
    else if (sha(readFileSync(path)).toString("hex") !== sha256) find("berkas", sha256, "the file was altered");
  }
  for (const row of rows) if (row.kind === "issued" && !known.has(row.state.sha256)) find("berkas", row.id, "the file of this letter is not among those kept");
};

/** Everything at once. Answers what does not agree, each with a kind, an id and a sentence. */
export const judge = ({ log, policy: policyText, exported, seen = [] }) => {
  const findings = [];
  const find = (kind, id, sentence) => findings.push({ kind, id: String(id), sentence });
  const policy = readPolicy(policyText);
  let head;
  try {
    head = readCheckpoint(readFileSync(join(log, "checkpoint"), "utf8"), policy);
  } catch (error) {
    return [{ kind: "checkpoint", id: "checkpoint", sentence: `it cannot be read: ${error.message}` }];
  }
  if (!head.isSigned) find("checkpoint", "checkpoint", "it is not signed by the log of the policy");
  if (!isEnough(policy, policy.quorum, head.witnesses)) find("checkpoint", "checkpoint", `too few witnesses: ${[...head.witnesses].join(", ") || "none"}`);
  const { records, hashes } = readLog(log, head.size, find);
  if (!rootOf(hashes).equals(head.root)) find("checkpoint", "checkpoint", "the published records do not give the root that was signed");
  for (const note of seen) {
    const earlier = readCheckpoint(note, policy);
    if (!earlier.isSigned) find("terlihat", earlier.size, "this earlier checkpoint is not of this log");
    else if (earlier.size > hashes.length) find("terlihat", earlier.size, "the log is shorter than it has been seen");
    else if (!rootOf(hashes.slice(0, earlier.size)).equals(earlier.root)) find("terlihat", earlier.size, "the log no longer contains what has been seen of it: history was rewritten");
  }
  const [events, rows, numbers, files, waiting] = ["events", "rows", "numbers", "files", "pending"].map((name) => lines(exported, name));
  const things = checkEvents(records, events, new Set(waiting.map((one) => one.event_id)), find);
  checkRows(rows, things, find);
  checkNumbers(numbers, rows, find);
  checkFiles(exported, files, rows, find);
  return findings;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = { "--seen": [] };
  for (let at = 2; at < process.argv.length; at += 2) given[process.argv[at]] = process.argv[at] === "--seen" ? [...given["--seen"], process.argv[at + 1]] : process.argv[at + 1];
  const findings = judge({ log: given["--log"], policy: readFileSync(given["--policy"], "utf8"), exported: given["--export"], seen: given["--seen"].map((path) => readFileSync(path, "utf8")) });
  for (const { kind, id, sentence } of findings) console.log(`✖ [${kind}] ${id}: ${sentence}`);
  console.log(findings.length === 0 ? "everything agrees" : `${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
