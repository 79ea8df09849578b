import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Post } from "../organisation/index.ts";
import { proposeChain } from "./chain.ts";

const post = (id: string, role: string, more: Partial<Post> = {}): Post => ({ id, title: id, shortTitle: id, role, functions: [], superiorId: null, unitId: "u", unitCode: "U", unitName: "U", holder: { holdingId: "h", personId: id, name: id, nip: null, rank: null, kind: "definitif", basis: null, since: "2026-01-01T00:00:00.000Z", until: null, scope: null }, aside: null, ...more });

const staf = post("staf", "staf");
const kasi = post("kasi", "kepala_seksi");
const kabid = post("kabid", "kepala_bidang");
const sekdis = post("sekdis", "sekretaris");
const kadis = post("kadis", "kepala", { functions: ["signer"] });
const sekda = post("sekda", "sekda", { functions: ["signer"] });
const bupati = post("bupati", "bupati", { functions: ["signer"] });
const line = [kasi, kabid, sekdis, kadis, sekda, bupati];
const signedBy = (by: string) => [{ kind: "paraf", by: "atasan_langsung" }, { kind: "sign", by }];
const told = (drafter: Post, superiors: readonly Post[], by: string): readonly string[] => proposeChain(drafter, superiors, signedBy(by)).map((station) => `${station.kind} ${station.title}${station.held ? "" : " (kosong)"}`);

describe("a proposed chain", () => {
  it("takes every superior up to the head of the office", () => {
    assert.deepEqual(told(staf, line, "kepala"), ["paraf kasi", "paraf kabid", "paraf sekdis", "tanda_tangan kadis"]);
  });
  it("takes a functional official who leads a team where there is no kepala seksi any more, and one under another", () => {
    const [tim, subtim] = [post("ketua tim", "ketua_tim"), post("ketua subtim", "ketua_tim")];
    assert.deepEqual(told(staf, [tim, kabid, sekdis, kadis], "kepala"), ["paraf ketua tim", "paraf kabid", "paraf sekdis", "tanda_tangan kadis"]);
    assert.deepEqual(told(staf, [subtim, tim, kadis], "kepala"), ["paraf ketua subtim", "paraf ketua tim", "tanda_tangan kadis"]);
    assert.deepEqual(told(tim, [kabid, kadis], "kepala"), ["paraf kabid", "tanda_tangan kadis"], "and who writes himself");
  });
  it("goes on to the post that the type names", () => {
    assert.deepEqual(told(staf, line, "bupati").at(-1), "tanda_tangan bupati");
    assert.deepEqual(told(staf, line, "sekda").slice(-2), ["paraf kadis", "tanda_tangan sekda"]);
  });
  it("skips the drafter's own paraf", () => {
    assert.deepEqual(told(kabid, [sekdis, kadis, sekda, bupati], "kepala"), ["paraf sekdis", "tanda_tangan kadis"]);
  });
  it("lets a head sign what he wrote himself, without paraf", () => {
    assert.deepEqual(told(kadis, [sekda, bupati], "kepala"), ["tanda_tangan kadis"]);
  });
  it("falls back to the nearest signer when the type's post is not above the drafter", () => {
    assert.deepEqual(told(staf, line, "kades"), ["paraf kasi", "paraf kabid", "paraf sekdis", "tanda_tangan kadis"]);
  });
  it("is empty when nobody above may sign", () => {
    assert.deepEqual(told(staf, [kasi, kabid], "kepala"), []);
  });
  it("says which post has no holder", () => {
    assert.deepEqual(told(staf, [{ ...kasi, holder: null }, kadis], "kepala"), ["paraf kasi (kosong)", "tanda_tangan kadis"]);
  });
});
