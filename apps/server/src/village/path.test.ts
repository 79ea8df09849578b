import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "./path.ts";
import type { RequestState } from "./request.ts";

const line = (at: string) => ({ at, text: "", note: null });
const request = (status: RequestState["status"], ...times: readonly string[]): RequestState => ({
  status, service: "S", serviceTitle: "Surat", officeId: "o", operatorId: "operator", form: { applicant: "Warga Rahasia", sealed: "x" }, token: "t", draftId: null, number: null, history: times.map(line), since: times.at(-1) ?? "",
});
const step = (positionId: string, kind: "paraf" | "tanda_tangan", state: "menunggu" | "disetujui") => ({ positionId, title: `Jabatan ${positionId}`, kind, state, by: state === "disetujui" ? `Bapak ${positionId}` : null, at: state === "disetujui" ? "04" : null });
const holders = (positionId: string) => ({ title: `Jabatan ${positionId}`, holder: { name: `Ibu ${positionId}` } });
const told = (state: RequestState, chain: Parameters<typeof pathOf>[1] = []): string => pathOf(state, chain, holders).map((station) => `${station.kind} ${station.state} ${station.person ?? "-"} ${station.at ?? "-"}`).join(", ");

test("a resident's path says what is done, where it stands and what comes, and at whose desk", () => {
  const operatorDone = step("operator", "paraf", "disetujui");
  const table: readonly (readonly [string, RequestState, Parameters<typeof pathOf>[1], string])[] = [
    ["just entered", request(1, "01"), [], "diterima selesai Ibu operator 01, diperiksa sekarang Ibu operator -, tanda_tangan nanti - -, siap nanti - -"],
    ["given back", request(0, "01", "02"), [], "diterima selesai Ibu operator 01, diperiksa sekarang Ibu operator -, tanda_tangan nanti - -, siap nanti - -"],
    ["at the sekdes, after it was given back once", request(2, "01", "02", "03"), [operatorDone, step("sekdes", "paraf", "menunggu"), step("kades", "tanda_tangan", "menunggu")], "diterima selesai Ibu operator 01, diperiksa selesai Ibu operator 03, paraf sekarang Ibu sekdes -, tanda_tangan nanti Ibu kades -, siap nanti - -"],
    ["at the kades", request(2, "01", "03"), [operatorDone, step("sekdes", "paraf", "disetujui"), step("kades", "tanda_tangan", "menunggu")], "diterima selesai Ibu operator 01, diperiksa selesai Ibu operator 03, paraf selesai Bapak sekdes 04, tanda_tangan sekarang Ibu kades -, siap nanti - -"],
    ["ready", request(3, "01", "03", "05"), [step("kades", "tanda_tangan", "disetujui")], "diterima selesai Ibu operator 01, diperiksa selesai Ibu operator 03, tanda_tangan selesai Bapak kades 04, siap sekarang - 05"],
    ["collected", request(4, "01", "03", "05", "06"), [step("kades", "tanda_tangan", "disetujui")], "diterima selesai Ibu operator 01, diperiksa selesai Ibu operator 03, tanda_tangan selesai Bapak kades 04, siap selesai - 05, diambil selesai - 06"],
    ["cancelled", request(5, "01", "02"), [], "diterima selesai Ibu operator 01, dibatalkan sekarang Ibu operator 02"],
  ];
  for (const [what, state, chain, expected] of table) assert.equal(told(state, chain), expected, what);
});

test("the applicant is never named on the way", () => {
  for (const status of [0, 1, 2, 3, 4, 5] as const) assert.doesNotMatch(told(request(status, "01", "02", "03", "04")), /Rahasia/);
});
